import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CASE_OBSTACLES, isCaseObstacle } from '../../../admin-enrollment/case-rules.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { ROLES } from '../../../identity/role.js';
import { MAIL_LIMITS } from '../../../mail/refused-mails.js';
import { AdministratorsOnly, FactorForPeople } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { STARTED_OVER } from '../../../web/flows.js';
import { FormReading, type FormBody } from '../../../web/forms/forms.js';
import { about, notice } from '../../../web/notices.js';
import { numberedPages } from '../../../web/pagination.js';
import { say, type Sentence } from '../../../web/sentence.js';
import type { SentToAll } from '../invitations.js';
import { digestOf, type Advice } from './import-advice.js';
import { importView } from './import-page.js';
import { INVITATION_IMPORT } from './invitation-import-path.js';
import { InvitationImports, type ImportRun } from './invitation-imports.js';
import type { PersonOfLine } from './read-invitations.js';

const PEOPLE_INVITED = notice.success(
  say('{count}名に招待のメールをお送りしました。登録が済むまで、この一覧に表示します。'),
);
const ALREADY_INVITED = notice.info(
  say('この{count}名には、すでに招待のメールをお送りしています。'),
);

const BEING_INVITED = notice.info(
  say(
    'この{count}名への招待は、現在お送りしています。1分ほど待ってから、この一覧を読み込み直してください。',
  ),
);

const CHANGED = say(
  'このページを表示したあとに、ほかの招待が送られたか、登録が変わりました。まだ、どなたにもお送りしていません。印の付いた方をご確認のうえ、もう一度押してください。',
);

const LIST = '/accounts/invitations';
/** A page of the list, which a phone shows in a few screens. */
const PAGE = 20;

/** まとめて招待, second page: who will get a mail, and the button that sends all of them. */
@Controller(`${INVITATION_IMPORT}/confirmation`)
@AdministratorsOnly()
@FactorForPeople()
export class ImportConfirmationController {
  constructor(private readonly imports: InvitationImports) {}

  @Get()
  async show(
    @Query() { flow: id, page: wanted }: Record<string, unknown>,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    const run = await this.imports.find(id, person);
    return this.#page(run, person, new FormReading(), { wanted });
  }

  @Post()
  async invite(
    @Query('flow') id: unknown,
    @Body() { shown = '' }: FormBody,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    const run = await this.imports.find(id, person);
    if (!run?.entries.people) return this.#page(run, person, new FormReading());
    const sent = await this.imports.send(run, person, shown);
    const count = run.entries.people.length;
    if (sent.ok) return seeOther(LIST, about(PEOPLE_INVITED, { count }));
    if (sent.reason === 'invitation-in-hand')
      return seeOther(LIST, about(BEING_INVITED, { count }));
    if (sent.reason === 'invitation-over')
      return this.#page(await this.imports.find(id, person), person, new FormReading());
    const refused = FormReading.refused(sentenceOf(sent));
    const status = sent.reason === 'changed-meanwhile' ? 409 : 422;
    return this.#page(run, person, refused, { status });
  }

  async #page(
    run: ImportRun | undefined,
    person: SignedIn,
    form: FormReading,
    { wanted, status = 200 }: { wanted?: unknown; status?: number } = {},
  ): Promise<Answer> {
    if (run?.entries.sent !== undefined)
      return seeOther(LIST, about(ALREADY_INVITED, { count: run.entries.sent }));
    if (!run?.entries.people) return seeOther(INVITATION_IMPORT, STARTED_OVER);
    const { people, ignored = [], fileName, readAt } = run.entries;
    const advice = await this.imports.adviceFor(run, person);
    const path = `${INVITATION_IMPORT}/confirmation?flow=${run.id}`;
    const model = {
      form,
      ...importView('confirmation', await this.imports.runsLeft(person)),
      path,
      start: `${INVITATION_IMPORT}?flow=${run.id}`,
      fileName: fileName ?? '',
      readAt: readAt === undefined ? null : new Date(readAt),
      shown: digestOf(advice),
      ...rowsView(people, advice, path, Number(wanted)),
      count: people.length,
      administrators: people.filter(({ invited }) => invited.role === 'administrator').length,
      advised: advice.size,
      ignored: ignored.join('、'),
    };
    return page('accounts/invitations/import-confirmation', say('招待する方の確認'), model, {
      status,
    });
  }
}

/** A page of the people, those with advice before all others. */
function rowsView(people: PersonOfLine[], advice: Advice, path: string, wanted: number) {
  const rank = ({ line }: PersonOfLine) => (advice.has(line) ? 0 : 1);
  const last = Math.ceil(people.length / PAGE);
  const number = wanted >= 1 && wanted <= last ? Math.floor(wanted) : 1;
  const first = (number - 1) * PAGE;
  const rows = people.toSorted((a, b) => rank(a) - rank(b)).slice(first, first + PAGE);
  const pathOf = (place: number) => `${path}&page=${place}`;
  return {
    rows: rows.map((row) => rowView(row, advice)),
    pages: last > 1 ? numberedPages(number, PAGE, people.length, pathOf) : null,
  };
}

function rowView({ line, invited }: PersonOfLine, advice: Advice) {
  const isAdministrator = invited.role === 'administrator';
  const role = ROLES[invited.role];
  return { ...invited, line, isAdministrator, role, advice: advice.get(line) ?? [] };
}

function sentenceOf(sent: SentToAll & { ok: false }): Sentence {
  const { reason, email } = sent;
  if (isCaseObstacle(reason)) return CASE_OBSTACLES[reason];
  if (reason === 'changed-meanwhile') return CHANGED;
  if (reason === 'mail-limit' && email !== undefined)
    return say(
      '{email} へメールを送信できる回数（1時間に3回、1日に10回）を超えました。この方を除くか、時間をおいてから招待してください。',
      { email },
    );
  if (reason === 'invitation-over' || reason === 'invitation-in-hand')
    return MAIL_LIMITS['mail-limit'];
  return MAIL_LIMITS[reason];
}
