import { Controller, Get, Header, Post } from '@nestjs/common';
import { DeskEntrance, IgnoresSession } from '../../web/access.js';
import { NO_TIME_LEFT, sessionTimeLeft, type TimeLeft } from '../../web/session-time.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { DeskSessions } from './desk-sessions.js';

/** How long the session lasts, as JSON for the script that warns before its end. */
@Controller('desk/session')
@DeskEntrance()
export class DeskSessionController {
  constructor(private readonly sessions: DeskSessions) {}

  /** Asking does not let it go on. */
  @Get()
  @IgnoresSession()
  @Header('Cache-Control', 'no-store')
  look(@Visitor() visit: Visit): Promise<TimeLeft> {
    return this.sessions.timeLeft(visit);
  }

  /** It goes on from now, as with every request but the one above. */
  @Post()
  goOn(@Visitor() { desk }: Visit): TimeLeft {
    return desk?.operator ? sessionTimeLeft(desk.operator.session) : NO_TIME_LEFT;
  }
}
