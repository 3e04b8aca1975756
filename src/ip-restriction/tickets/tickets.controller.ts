import { Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Config } from '../../config.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import { EmergencyTickets } from './emergency-tickets.js';
import { printedCode } from '../../auth/printed-codes.js';

const PATH = '/ip-restriction/tickets';

/** 緊急用チケット: the codes right after their issue, and the number of usable ones. */
@Controller('ip-restriction/tickets')
@AdministratorsOnly()
export class TicketsController {
  constructor(
    private readonly config: Config,
    private readonly tickets: EmergencyTickets,
  ) {}

  @Get()
  show(@Me() person: SignedIn): Promise<Answer> {
    return this.#page(person);
  }

  /** Ends the display of the codes. */
  @Post()
  @FreshPassword()
  hide(@Me() { visit }: SignedIn): Answer {
    this.tickets.hide(visit);
    return seeOther(PATH);
  }

  async #page(person: SignedIn): Promise<Answer> {
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
}
