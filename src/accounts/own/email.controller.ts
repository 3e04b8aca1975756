import { Body, Controller, Get, Post } from '@nestjs/common';
import { CASE_OBSTACLES, isCaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Config } from '../../config.js';
import { MAIL_LIMITS, MAIL_REFUSALS } from '../../mail/refused-mails.js';
import { FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { EmailChanges } from '../email-changes/email-changes.js';
import { MailAddressForm } from '../../identity/person.form.js';
import { OwnAccount } from './own-account.js';

const EMAIL_CHANGE_REQUESTED = notice.success(
  say('新しいメールアドレスに確認のメールをお送りしました。'),
);
const EMAIL_CHANGE_SENT_AGAIN = notice.success(
  say('確認のメールを再送しました。いちばん新しいメールをご覧ください。'),
);
const EMAIL_CHANGE_CANCELLED = notice.success(
  say('メールアドレスの変更を取り消しました。メールアドレスは変わっていません。'),
);
const EMAIL_CHANGE_OVER = notice.info(say('確認を待っているメールアドレスの変更はありません。'));

const REFUSALS = {
  ...CASE_OBSTACLES,
  'email-unchanged': say(
    '現在のメールアドレスと同じです。新しいメールアドレスを入力してください。',
  ),
  ...MAIL_LIMITS,
  'account-unknown': say('今はメールアドレスを変更できません。担当窓口までご連絡ください。'),
};

/** メールアドレス: the new one is proved by its reader before it counts. */
@Controller('me/email')
@FreshPassword()
export class EmailController {
  constructor(
    private readonly config: Config,
    private readonly account: OwnAccount,
    private readonly changes: EmailChanges,
  ) {}

  @Get()
  show(@Me() person: SignedIn): Promise<Answer> {
    return this.#page(new FormReading(), person);
  }

  /** `act=send-again` and `act=cancel` are about the change that waits for its proof. */
  @Post()
  async act(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    if (body.act === 'send-again') return this.#sendAgain(person);
    if (body.act === 'cancel') return this.#cancel(person);
    const read = readForm(MailAddressForm, body);
    if (!read.ok) return this.#page(read.reading, person);
    const requested = await this.changes.request(person, person.accountId, read.form.email);
    if (requested.ok) return seeOther('/me/email', EMAIL_CHANGE_REQUESTED);
    const sentence = REFUSALS[requested.reason];
    const form = new FormReading(read.form, { name: 'email', sentence });
    const asksDesk = requested.reason === 'account-unknown' || isCaseObstacle(requested.reason);
    return this.#page(form, person, { asksDesk });
  }

  async #sendAgain(person: SignedIn): Promise<Answer> {
    const sent = await this.changes.sendAgain(person);
    if (sent.ok) return seeOther('/me/email', EMAIL_CHANGE_SENT_AGAIN);
    if (sent.reason === 'email-change-over') return seeOther('/me/email', EMAIL_CHANGE_OVER);
    return seeOther('/me/email', MAIL_REFUSALS[sent.reason]);
  }

  async #cancel(person: SignedIn): Promise<Answer> {
    const { ok } = await this.changes.cancel(person);
    return seeOther('/me/email', ok ? EMAIL_CHANGE_CANCELLED : EMAIL_CHANGE_OVER);
  }

  async #page(form: FormReading, person: SignedIn, { asksDesk = false } = {}): Promise<Answer> {
    const { id, email } = await this.account.of(person);
    const pending = await this.changes.pending(id);
    const waiting = pending && { email: pending.email, deadline: pending.endsAt };
    const { mailFrom } = this.config;
    const model = { form, email, pending: waiting, mailFrom, asksDesk };
    return page('own/email', 'メールアドレスの変更', model);
  }
}
