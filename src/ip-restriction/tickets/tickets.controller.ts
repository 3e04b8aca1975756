import { Body, Controller, Get, Post } from '@nestjs/common';
import { printedCode } from '../../auth/printed-codes.js';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Config } from '../../config.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, type FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { EmergencyTickets } from './emergency-tickets.js';

const PATH = '/ip-restriction/tickets';

const IP_TICKETS_RENEWED = notice.success(
  say(
    '緊急用チケットを新しく発行しました。前に発行したものは、もう使えません。印刷するか書き写してください。',
  ),
);
const IP_NOT_RESTRICTED = notice.info(
  say('IPアドレス制限を始めてから、緊急用チケットを発行してください。'),
);
const RENEWED_MEANWHILE = say(
  'ページを開いたあとに、緊急用チケットが新しく発行されたか使われました。最新の内容をご確認のうえ、もう一度操作してください。',
);

/** 緊急用チケット: the codes right after their issue, the number of usable ones, and ten new ones. */
@Controller('ip-restriction/tickets')
@AdministratorsOnly()
export class TicketsController {
  constructor(
    private readonly config: Config,
    private readonly tickets: EmergencyTickets,
  ) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const { corporationId, corporationName } = person;
    const { left, issuedAt, shownUntil } = await this.tickets.sheet(corporationId);
    const codes = await this.tickets.shown(person);
    const restricts = await this.tickets.isPossible(corporationId);
    const model = {
      corporationName,
      loginUrl: `${this.config.publicUrl}/login`,
      codes: codes.map(printedCode),
      left,
      issuedAt,
      shownUntil,
      restricts,
      mayBegin: !restricts && left === 0,
    };
    return page('ip-restriction/tickets', say('緊急用チケット'), model);
  }

  /** Ends the display of the codes. */
  @Post()
  @FreshPassword()
  hide(@Me() { visit }: SignedIn): Answer {
    this.tickets.hide(visit);
    return seeOther(PATH);
  }

  /** What happens to the old ones, before ten new ones void them. */
  @Get('renewal')
  async showRenewal(@Me() person: SignedIn): Promise<Answer> {
    const isPossible = await this.tickets.isPossible(person.corporationId);
    return isPossible
      ? this.#renewal(person, new FormReading())
      : seeOther(PATH, IP_NOT_RESTRICTED);
  }

  @Post('renewal')
  @FreshPassword()
  async renew(@Body() { sheet = '' }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const renewed = await this.tickets.renew(person, sheet);
    if (renewed.ok) return seeOther(PATH, IP_TICKETS_RENEWED);
    if (renewed.reason === 'not-restricted') return seeOther(PATH, IP_NOT_RESTRICTED);
    const form = FormReading.refused(RENEWED_MEANWHILE);
    return this.#renewal(person, form, 409);
  }

  async #renewal(person: SignedIn, form: FormReading, status = 200): Promise<Answer> {
    const { id: sheet, left, issuedAt } = await this.tickets.sheet(person.corporationId);
    const model = { form, sheet, left, issuedAt };
    return page('ip-restriction/ticket-renewal', say('緊急用チケットの発行'), model, { status });
  }
}
