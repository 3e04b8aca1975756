import { Controller, Get, Param, Post } from '@nestjs/common';
import { accountActivated } from '../../auth/activated.js';
import { ByLink, isShown, ParkedLink, type LinkPost } from '../../auth/mailed-links/parked-link.js';
import { NewPasswords } from '../../auth/passwords/new-passwords.js';
import { NEW_FACTOR_WRONG } from '../../auth/second-factor/new-factor.form.js';
import { UnfinishedSignIns } from '../../auth/sign-in/unfinished-sign-ins.js';
import type { Account } from '../../identity/account.entity.js';
import { loginIdsExhausted } from '../../identity/person.form.js';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, type FormBody, type Problem } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { newcomerTerms } from '../application-terms.js';
import { heldPage, waitingPage } from '../obstacle-page.js';
import { Activation, type Activated } from './activation.js';
import { ActivationLinks, type ActivationLook } from './activation-links.js';
import { ActivationMails } from './activation-mails.js';
import { endedPage, linkRefusedPage } from './activation-refusals.js';
import { noticeOfMail, STOPPED_BY_OBJECTION } from './activation-notices.js';
import type { LoginIdRefusal } from './chosen-login-id.js';
import { NewcomerEntries } from './newcomer-entries.js';
import { NewcomerFactor, type NewcomerFactorRefusal } from './newcomer-factor.js';
import { Outlooks } from './outlook.js';
import { ReturnedActivations } from './returned-activations.js';

const UNFINISHED = say('登録がまだ完了していません');
const TITLE = say('登録の確認');

const PROBLEMS: Record<LoginIdRefusal | NewcomerFactorRefusal, Problem> = {
  'login-id-needed': { name: 'loginId', sentence: say('ログインIDを入力してください。') },
  'login-id-taken': {
    name: 'loginId',
    sentence: say('このログインIDは使えません。別のログインIDを入力してください。'),
  },
  'login-id-is-password': {
    name: 'loginId',
    sentence: say('パスワードと同じ文字列は、ログインIDに使えません。'),
  },
  'changed-meanwhile': {
    name: 'loginId',
    sentence: say(
      'ページを開いたあとに変わっています。最新の内容をご確認のうえ、もう一度操作してください。',
    ),
  },
  'second-factor-needed': {
    name: 'newFactorCode',
    sentence: say('確認コードを入力してください。'),
  },
  'second-factor-wrong': NEW_FACTOR_WRONG,
};

type Shown = Extract<ActivationLook, { ok: true }>;

/** The mailed link. Mail scanners open links, so only the button on the page does anything. */
@Controller('activation')
@Public()
export class ActivationController {
  readonly #parked = new ParkedLink('activation', '/activation');

  constructor(
    private readonly activation: Activation,
    private readonly links: ActivationLinks,
    private readonly entries: NewcomerEntries,
    private readonly newPasswords: NewPasswords,
    private readonly mails: ActivationMails,
    private readonly unfinished: UnfinishedSignIns,
    private readonly outlooks: Outlooks,
    private readonly factor: NewcomerFactor,
    private readonly returned: ReturnedActivations,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.links.look(this.#parked.tokenOf(visit));
    if (looked.ok) return this.#page(new FormReading(), looked, visit);
    return (await this.#unfinishedPage(visit)) ?? linkRefusedPage(this.mails, looked, visit);
  }

  /** `act=send-again`: a new mail, for whoever has an expired link or gave the right password. */
  @Post(['', ':token'])
  @TakesTurns('company-of-link')
  async act(@ByLink() post: LinkPost): Promise<Answer> {
    const { mailed, body, visit } = post;
    if (!mailed && body.act === 'send-again') return this.#sendAgain(body, visit);
    const token = this.#parked.keyOf(post);
    const looked = await this.links.look(token);
    if (!looked.ok) return linkRefusedPage(this.mails, looked, visit);
    if (this.#parked.isOfAnother(post, looked.link))
      return this.#parked.unsent(await this.show(visit), body);
    return this.#activate(token!, looked, body, visit);
  }

  @Get(':token')
  keep(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#parked.park(token, visit);
  }

  async #activate(token: string, shown: Shown, body: FormBody, visit: Visit): Promise<Answer> {
    const read = await this.entries.read(shown, body, visit);
    if (!read.ok) return this.#page(read.reading, shown, visit);
    const activated = await this.activation.activate(token, read.form, visit);
    if (activated.ok) return nextPage(activated, shown.account);
    if ('caseNumber' in activated) return waitingPage(activated);
    const { loginId = '' } = read.form;
    if (activated.reason === 'login-id-exhausted') {
      const form = new FormReading({ loginId }, loginIdsExhausted(activated.retryAfter));
      return this.#page(form, shown, visit, { ...activated, status: 429 });
    }
    const { reason, needs = shown.needs } = activated;
    if (isProblem(reason)) {
      const form = new FormReading({ loginId }, PROBLEMS[reason]);
      return this.#page(form, { ...shown, needs }, visit);
    }
    if (reason === 'administrators-exist')
      return linkRefusedPage(this.mails, { reason, accountId: shown.account.id }, visit);
    const looked = await this.links.look(token);
    const refused = looked.ok ? { reason, link: looked.link } : looked;
    return linkRefusedPage(this.mails, refused, visit);
  }

  /** After the right password the page tells more than that the link does not work. */
  async #unfinishedPage(visit: Visit): Promise<Answer | undefined> {
    const accountId = await this.unfinished.accountOf(visit);
    if (!accountId) return undefined;
    const waiting = await this.mails.waiting(accountId);
    const reason = (await this.links.isClosedFor(accountId))
      ? 'corporation-closed'
      : (await this.mails.hasLost(accountId)) && 'administrators-exist';
    if (reason) return linkRefusedPage(this.mails, { reason, accountId, isOver: !waiting }, visit);
    if (waiting) {
      const returned = await this.returned.of(waiting);
      const isUnknown = returned?.isUnknown ?? false;
      const isLinkLive = await this.mails.hasLiveLink(accountId);
      const model = { accountId, returned, isUnknown, isLinkLive };
      return page('admin-enrollment/unfinished', UNFINISHED, model);
    }
    const kind = await this.mails.doorAfterEnd(accountId);
    return kind && endedPage(kind, accountId, visit);
  }

  /** Only for the account, or the link, whose page asks: another tab may speak for another one. */
  async #sendAgain(body: FormBody, visit: Visit): Promise<Answer> {
    const owner = await this.unfinished.accountOf(visit);
    const { link } = await this.links.look(this.#parked.tokenOf(visit));
    const byLink = link && isShown(link, body) ? link.subject : undefined;
    const accountId = owner !== undefined && body.account === owner ? owner : byLink;
    if (accountId === undefined) {
      const now = await this.show(visit);
      return link || owner ? this.#parked.unsent(now, body) : now;
    }
    const sent = await this.mails.sendAgain(accountId, visit);
    return seeOther('/activation', noticeOfMail(sent));
  }

  async #page(
    form: FormReading,
    shown: Shown,
    visit: Visit,
    answer: { status?: number; retryAfter?: number } = {},
  ): Promise<Answer> {
    const { link, account, enrollment, needs } = shown;
    const outlook = await this.outlooks.behindLink(enrollment);
    const offer = needs.factor ? this.factor.shown(account, visit) : null;
    const behindLink = { linkId: link.id, terms: newcomerTerms(shown), outlook };
    const model = { form, ...behindLink, needs, offer, ...this.newPasswords.rules };
    return page('admin-enrollment/activation', TITLE, model, answer);
  }
}

/** The link stays parked: Back shows that it was used. A successor's next step is the list with the predecessor's account. */
function nextPage(activated: Extract<Activated, { ok: true }>, { name }: Account): Answer {
  const { hasFactor, isStopped, heldUntil, isFirst } = activated;
  const stopped = isStopped ? STOPPED_BY_OBJECTION : undefined;
  if (hasFactor) return seeOther('/activation/recovery-codes', stopped);
  if (stopped) return seeOther('/login', stopped);
  if (heldUntil) return heldPage(heldUntil);
  return seeOther(isFirst ? '/login' : '/login?next=%2Faccounts', accountActivated(name));
}

function isProblem(reason: string): reason is keyof typeof PROBLEMS {
  return reason in PROBLEMS;
}
