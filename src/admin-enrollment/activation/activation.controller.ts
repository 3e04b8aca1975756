import { Controller, Get, Param, Post } from '@nestjs/common';
import { accountActivated } from '../../auth/activated.js';
import { ByLink, isShown, ParkedLink, type LinkPost } from '../../auth/mailed-links/parked-link.js';
import { refusedLink } from '../../auth/mailed-links/refused-links.js';
import { NewPasswords } from '../../auth/passwords/new-passwords.js';
import { knownSource } from '../../limits/source.js';
import { SignIn } from '../../auth/sign-in/sign-in.js';
import { LoginIdForm } from '../../identity/person.form.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody, type Read } from '../../web/forms/forms.js';
import { say, type Sentence } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { deniedPage, newcomerTerms } from '../application-terms.js';
import { heldPage, obstaclePage, queuedPage } from '../obstacle-page.js';
import { Activation, type ActivationLook, type ChosenCredentials } from './activation.js';
import { ActivationMails } from './activation-mails.js';
import { noticeOfMail, STOPPED_BY_OBJECTION } from './activation-notices.js';
import type { LoginIdRefusal } from './chosen-login-id.js';
import { Outlooks } from './outlook.js';

const TITLE = say('登録の完了');
const ENDED = say('お申し込みは終わっています');
const SENTENCES: Record<LoginIdRefusal, Sentence> = {
  'login-id-needed': say('ログインIDを入力してください。'),
  'login-id-taken': say('このログインIDは使えません。別のログインIDを入力してください。'),
  'login-id-is-password': say('パスワードと同じ文字列は、ログインIDに使えません。'),
};

type Shown = Extract<ActivationLook, { ok: true }>;
type RefusedLook = Omit<Extract<ActivationLook, { ok: false }>, 'ok'>;

/** The mailed link. Mail scanners open links, so only the button on the page does anything. */
@Controller('activation')
@Public()
export class ActivationController {
  readonly #parked = new ParkedLink('activation', '/activation');

  constructor(
    private readonly activation: Activation,
    private readonly newPasswords: NewPasswords,
    private readonly mails: ActivationMails,
    private readonly signIn: SignIn,
    private readonly outlooks: Outlooks,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.activation.look(this.#parked.tokenOf(visit));
    if (looked.ok) return this.#page(new FormReading(), looked);
    return (await this.#unfinishedPage(visit)) ?? linkRefusedPage(looked);
  }

  /** `act=send-again`: a new mail, for whoever has an expired link or gave the right password. */
  @Post(['', ':token'])
  async act(@ByLink() post: LinkPost): Promise<Answer> {
    const { mailed, body, visit } = post;
    if (!mailed && body.act === 'send-again') return this.#sendAgain(body, visit);
    const token = this.#parked.keyOf(post);
    const looked = await this.activation.look(token);
    if (!looked.ok) return linkRefusedPage(looked);
    if (this.#parked.isOfAnother(post, looked.link)) return this.#page(new FormReading(), looked);
    return this.#activate(token!, looked, body, visit);
  }

  @Get(':token')
  keep(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#parked.park(token, visit);
  }

  async #activate(token: string, shown: Shown, body: FormBody, visit: Visit): Promise<Answer> {
    const read = await this.#read(shown, body, visit);
    if (!read.ok) return this.#page(read.reading, shown, 422);
    const activated = await this.activation.activate(token, read.form, visit);
    if (!activated.ok && activated.reason === 'queued') return queuedPage(activated.caseNumber);
    if (!activated.ok) return this.#refused(activated.reason, token, shown, read.form.loginId);
    if (activated.isStopped) return seeOther('/login', STOPPED_BY_OBJECTION);
    if (activated.heldUntil) return heldPage(activated.heldUntil);
    // The link stays parked: Back shows that it was used. A successor's next step is the list with the predecessor's account.
    const next = activated.isFirst ? '/login' : '/login?next=%2Faccounts';
    return seeOther(next, accountActivated(shown.account.name));
  }

  /** The page asks for nothing at all, a login ID, or a password too. */
  async #read(
    { account, needs }: Shown,
    body: FormBody,
    visit: Visit,
  ): Promise<Read<ChosenCredentials>> {
    if (!needs.loginId || (body.loginId === undefined && !needs.password))
      return { ok: true, form: {} };
    const read = readForm(LoginIdForm, body);
    if (!needs.password) return read;
    const { loginId = '' } = read.ok ? read.form : read.reading.values;
    const { corporation, name, nameKana, email } = account;
    const owner = { loginId, email, others: [corporation.name, name, nameKana] };
    const source = knownSource(`activation ${account.id}`, visit);
    const problems = read.ok ? [] : [...read.reading.problems];
    problems.push(...(await this.newPasswords.problems(body, owner, source)));
    if (problems.length > 0)
      return { ok: false, reading: new FormReading({ loginId }, ...problems) };
    const passwordHash = await this.newPasswords.hash(body, source);
    return { ok: true, form: { loginId, passwordHash } };
  }

  async #refused(
    reason: RefusedLook['reason'] | LoginIdRefusal | 'case-at-desk',
    token: string,
    shown: Shown,
    loginId = '',
  ): Promise<Answer> {
    if (reason === 'administrators-exist') return lostPage();
    if (reason === 'case-at-desk') return obstaclePage(reason);
    if (isLoginIdRefusal(reason)) {
      const form = new FormReading({ loginId }, { name: 'loginId', sentence: SENTENCES[reason] });
      return this.#page(form, shown, 422);
    }
    const looked = await this.activation.look(token);
    return linkRefusedPage(looked.ok ? { reason, link: looked.link } : looked);
  }

  /** After the right password the page tells more than that the link does not work. */
  async #unfinishedPage(visit: Visit): Promise<Answer | undefined> {
    const accountId = await this.signIn.unfinishedAccount(visit);
    if (!accountId) return undefined;
    if (await this.mails.hasLost(accountId)) return lostPage();
    if (await this.mails.waiting(accountId))
      return page('admin-enrollment/unfinished', say('登録がまだ完了していません'), { accountId });
    const kind = await this.mails.endedKind(accountId);
    return kind && page('admin-enrollment/unfinished-ended', ENDED, { kind }, { status: 410 });
  }

  /** Only for the account, or the link, whose page asks: another tab may speak for another one. */
  async #sendAgain(body: FormBody, visit: Visit): Promise<Answer> {
    const owner = await this.signIn.unfinishedAccount(visit);
    const { link } = await this.activation.look(this.#parked.tokenOf(visit));
    const byLink = link && isShown(link, body) ? link.subject : undefined;
    const accountId = owner !== undefined && body.account === owner ? owner : byLink;
    if (accountId === undefined) return this.show(visit);
    const sent = await this.mails.sendAgain(accountId, visit);
    return seeOther('/activation', noticeOfMail(sent));
  }

  async #page(form: FormReading, shown: Shown, status = 200): Promise<Answer> {
    const { link, needs } = shown;
    const terms = newcomerTerms(shown);
    const outlook = await this.outlooks.of(shown.enrollment);
    const model = { form, linkId: link.id, needs, terms, outlook, ...this.newPasswords.rules };
    return page('admin-enrollment/activation', TITLE, model, { status });
  }
}

function isLoginIdRefusal(reason: string): reason is LoginIdRefusal {
  return reason in SENTENCES;
}

/** Another one of the company was activated first. */
function lostPage(): Answer {
  return obstaclePage('administrators-exist', 410);
}

function linkRefusedPage({ reason, link, isOver = false }: RefusedLook): Answer {
  if (reason === 'administrators-exist') return lostPage();
  if (reason === 'not-applied') return deniedPage(410);
  const model = { linkId: link?.id ?? '', isOver };
  if (reason !== 'case-over') return refusedLink('admin-enrollment/link-refused', reason, model);
  return page('admin-enrollment/link-refused', ENDED, { ...model, reason }, { status: 410 });
}
