import { Controller, Get, Header, Post } from '@nestjs/common';
import { IgnoresSession, Public } from '../../web/access.js';
import { NO_TIME_LEFT, sessionTimeLeft, type TimeLeft } from '../../web/session-time.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { Sessions } from './sessions.js';

/** How long the browser's session lasts, as JSON for the script that warns before its end. */
@Controller('session')
@Public()
export class SessionController {
  constructor(private readonly sessions: Sessions) {}

  /** Asking does not let it go on. */
  @Get()
  @IgnoresSession()
  @Header('Cache-Control', 'no-store')
  look(@Visitor() visit: Visit): Promise<TimeLeft> {
    return this.sessions.timeLeft(visit);
  }

  /** It goes on from now, as with every request but the one above. */
  @Post()
  @Header('Cache-Control', 'no-store')
  goOn(@Visitor() { person }: Visit): TimeLeft {
    return person ? sessionTimeLeft(person.session) : NO_TIME_LEFT;
  }
}
