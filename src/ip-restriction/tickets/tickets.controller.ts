import { Body, Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Config } from '../../config.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, type FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { EmergencyTickets } from './emergency-tickets.js';
import { printedCode } from '../../auth/printed-codes.js';

const IP_TICKETS_RENEWED = notice.success(
  say(
    '緊急用チケットを新しく発行しました。前に発行したものは、もう使えません。印刷するか書き写してください。',
  ),
);
const IP_NOT_RESTRICTED = notice.info(
  say('IPアドレス制限を始めてから、緊急用チケットを発行してください。'),
);

const PATH = '/ip-restriction/tickets';

const RENEWED_MEANWHILE = say(
  'ページを開いたあとに、緊急用チケットが新しく発行されたか使われました。最新の内容をご確認のうえ、もう一度操作してください。',
);

/** 緊急用チケット: the codes right after their issue, the number of usable ones, and their renewal. */
@Controller('ip-restriction/tickets')
@AdministratorsOnly()
export class TicketsController {
  constructor(
    private readonly config: Config,
    private readonly tickets: EmergencyTickets,
  ) {}

  @Get()
  show(@Me() person: SignedIn): Promise<Answer> {
    return this.#page(person, new FormReading());
  }

  /** `act=renew` issues ten tickets and voids the old ones; `act=hide` ends the display of the codes. */
  @Post()
  @FreshPassword()
  async act(@Body() { act, sheet = '' }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    if (act !== 'renew') {
      this.tickets.hide(person.visit);
      return seeOther(PATH);
    }
    const renewed = await this.tickets.renew(person, sheet);
    if (renewed.ok) return seeOther(PATH, IP_TICKETS_RENEWED);
    if (renewed.reason === 'not-restricted') return seeOther(PATH, IP_NOT_RESTRICTED);
    const form = new FormReading({}, { name: '', sentence: RENEWED_MEANWHILE });
    return this.#page(person, form, 409);
  }

  async #page(person: SignedIn, form: FormReading, status = 200): Promise<Answer> {
    const { corporationId, corporationName } = person;
    const { id: sheet, left, issuedAt, shownUntil } = await this.tickets.sheet(corporationId);
    const codes = await this.tickets.shown(person);
    const model = {
      form,
      corporationName,
      loginUrl: `${this.config.publicUrl}/login`,
      codes: codes.map(printedCode),
      sheet,
      left,
      issuedAt,
      shownUntil,
      restricts: await this.tickets.isPossible(corporationId),
    };
    return page('ip-restriction/tickets', say('緊急用チケット'), model, { status });
  }
}
