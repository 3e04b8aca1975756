import { Body, Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../../auth/me.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { AdministratorsOnly, FreshPassword } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import type { FormBody } from '../../../web/forms.js';
import { momentInWords } from '../../../web/moment-in-words.js';
import { notice } from '../../../web/notices.js';
import { Visitor, type Visit } from '../../../web/visit.js';
import { EmergencyTickets } from './emergency-tickets.js';
import { printedCode } from './ticket-code.js';
import { TicketRenewal } from './ticket-renewal.js';

const IP_TICKETS_RENEWED = notice(
  'ip-tickets-renewed',
  'success',
  '緊急用チケットを新しく発行しました。前に発行したものは、もう使えません。印刷するか書き写してください。',
);
const IP_NOT_RESTRICTED = notice(
  'ip-not-restricted',
  'info',
  'IPアドレス制限を始めてから、緊急用チケットを発行してください。',
);

const PATH = '/ip-restriction/tickets';

/** 緊急用チケット: the codes right after they were issued, how many are left, and new ones. */
@Controller('ip-restriction/tickets')
@AdministratorsOnly()
export class TicketsController {
  constructor(
    private readonly tickets: EmergencyTickets,
    private readonly renewal: TicketRenewal,
  ) {}

  @Get()
  async show(@Me() person: SignedIn, @Visitor() visit: Visit): Promise<Answer> {
    const { corporationId, corporationName } = person;
    const sheet = await this.tickets.sheet(corporationId);
    const codes = await this.tickets.shown(person, visit);
    return page('ip-restriction/tickets', '緊急用チケット', {
      corporationName,
      codes: codes.map(printedCode),
      left: sheet?.left ?? 0,
      issuedAt: sheet ? momentInWords(sheet.issuedAt, visit.language) : '',
      restricts: await this.renewal.isPossible(corporationId),
    });
  }

  /** `act=renew`: ten new ones, the old ones are void. `act=hide`: the codes were written down. */
  @Post()
  @FreshPassword()
  async act(
    @Body() body: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    if (body.act === 'renew') {
      const renewed = await this.renewal.renew(person, visit);
      return seeOther(PATH, renewed ? IP_TICKETS_RENEWED : IP_NOT_RESTRICTED);
    }
    this.tickets.hide(visit);
    return seeOther(PATH);
  }
}
