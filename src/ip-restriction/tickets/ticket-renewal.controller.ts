import { Body, Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, type FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { EmergencyTickets } from './emergency-tickets.js';

const IP_TICKETS_RENEWED = notice.success(
  say(
    '緊急用チケットを新しく発行しました。前に発行したものは、もう使えません。印刷するか書き写してください。',
  ),
);
const IP_NOT_RESTRICTED = notice.info(
  say('IPアドレス制限を始めてから、緊急用チケットを発行してください。'),
);

const TICKETS = '/ip-restriction/tickets';

const RENEWED_MEANWHILE = say(
  'ページを開いたあとに、緊急用チケットが新しく発行されたか使われました。最新の内容をご確認のうえ、もう一度操作してください。',
);

/** 緊急用チケットの発行: what happens to the old ones, before ten new ones void them. */
@Controller('ip-restriction/tickets/renewal')
@AdministratorsOnly()
export class TicketRenewalController {
  constructor(private readonly tickets: EmergencyTickets) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const isPossible = await this.tickets.isPossible(person.corporationId);
    return isPossible
      ? this.#page(person, new FormReading())
      : seeOther(TICKETS, IP_NOT_RESTRICTED);
  }

  @Post()
  @FreshPassword()
  async renew(@Body() { sheet = '' }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const renewed = await this.tickets.renew(person, sheet);
    if (renewed.ok) return seeOther(TICKETS, IP_TICKETS_RENEWED);
    if (renewed.reason === 'not-restricted') return seeOther(TICKETS, IP_NOT_RESTRICTED);
    const form = new FormReading({}, { name: '', sentence: RENEWED_MEANWHILE });
    return this.#page(person, form, 409);
  }

  async #page(person: SignedIn, form: FormReading, status = 200): Promise<Answer> {
    const { id: sheet, left, issuedAt } = await this.tickets.sheet(person.corporationId);
    const model = { form, sheet, left, issuedAt };
    return page('ip-restriction/ticket-renewal', say('緊急用チケットの発行'), model, { status });
  }
}
