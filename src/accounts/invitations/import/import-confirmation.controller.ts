import { Controller, Get, Post, Query } from '@nestjs/common';
import { CASE_OBSTACLES, isCaseObstacle } from '../../../admin-enrollment/case-rules.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { ROLES } from '../../../identity/role.js';
import { MAIL_LIMITS } from '../../../mail/refused-mails.js';
import { AdministratorsOnly, FreshPassword } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { STARTED_OVER } from '../../../web/flows.js';
import { FormReading } from '../../../web/forms/forms.js';
import { about, notice } from '../../../web/notices.js';
import { say, type Sentence } from '../../../web/sentence.js';
import type { SentToAll } from '../invitations.js';
import { importSteps } from './import-steps.js';
import { INVITATION_IMPORT } from './invitation-import-path.js';
import { InvitationImports, type ImportRun } from './invitation-imports.js';

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

const LIST = '/accounts/invitations';

/** まとめて招待, second page: who will get a mail, and the button that sends all of them. */
@Controller(`${INVITATION_IMPORT}/confirmation`)
@AdministratorsOnly()
@FreshPassword()
export class ImportConfirmationController {
  constructor(private readonly imports: InvitationImports) {}

  @Get()
  async show(@Query('flow') id: unknown, @Me() person: SignedIn): Promise<Answer> {
    const run = await this.imports.find(id, person);
    return this.#page(run, person, new FormReading());
  }

  @Post()
  async invite(@Query('flow') id: unknown, @Me() person: SignedIn): Promise<Answer> {
    const run = await this.imports.find(id, person);
    if (!run?.entries.people) return this.#page(run, person, new FormReading());
    const sent = await this.imports.send(run, person);
    const count = run.entries.people.length;
    if (sent.ok) return seeOther(LIST, about(PEOPLE_INVITED, { count }));
    if (sent.reason === 'invitation-in-hand')
      return seeOther(LIST, about(BEING_INVITED, { count }));
    if (sent.reason === 'invitation-over') return seeOther(LIST, about(ALREADY_INVITED, { count }));
    const refused = new FormReading({}, { name: '', sentence: sentenceOf(sent) });
    return this.#page(run, person, refused, 422);
  }

  async #page(run: ImportRun | undefined, person: SignedIn, form: FormReading, status = 200) {
    if (run?.entries.sent !== undefined)
      return seeOther(LIST, about(ALREADY_INVITED, { count: run.entries.sent }));
    if (!run?.entries.people) return seeOther(INVITATION_IMPORT, STARTED_OVER);
    const { people, ignored = [] } = run.entries;
    const advice = await this.imports.adviceFor(run, person);
    const rows = people.map(({ line, invited }) => ({
      ...invited,
      line,
      isAdministrator: invited.role === 'administrator',
      role: ROLES[invited.role],
      advice: advice.get(line) ?? [],
    }));
    const model = {
      form,
      ...importSteps('confirmation'),
      path: `${INVITATION_IMPORT}/confirmation?flow=${run.id}`,
      rows,
      count: rows.length,
      administrators: rows.filter(({ isAdministrator }) => isAdministrator).length,
      advised: rows.filter(({ advice: told }) => told.length > 0).length,
      ignored: ignored.join('、'),
    };
    return page('accounts/invitations/import-confirmation', say('招待する方の確認'), model, {
      status,
    });
  }
}

function sentenceOf(sent: SentToAll & { ok: false }): Sentence {
  const { reason, email } = sent;
  if (isCaseObstacle(reason)) return CASE_OBSTACLES[reason];
  if (reason === 'mail-limit' && email !== undefined)
    return say(
      '{email} へメールを送信できる回数（1時間に3回、1日に10回）を超えました。この方を除くか、時間をおいてから招待してください。',
      { email },
    );
  if (reason === 'invitation-over' || reason === 'invitation-in-hand')
    return MAIL_LIMITS['mail-limit'];
  return MAIL_LIMITS[reason];
}
