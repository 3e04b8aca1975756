import { Controller, Get, Post } from '@nestjs/common';
import { Config } from '../../config.js';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { signInStartedOver } from '../second-factor/started-over.js';
import { signedInOf } from '../sessions/me.js';
import { PendingSignIns } from '../sign-in/pending-sign-ins.js';
import { LossRequests } from './loss-requests.js';

/** 確認コードを入力できない方へ: behind the right password, and the same for everybody who gave one. */
@Controller('lost-factor')
@Public()
export class LostFactorController {
  constructor(
    private readonly config: Config,
    private readonly pending: PendingSignIns,
    private readonly requests: LossRequests,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    if (!(await this.#accountOf(visit))) return signInStartedOver();
    const model = { isSignedIn: visit.person !== undefined };
    return page('auth/lost-factor/request', say('確認コードを入力できない方へ'), model);
  }

  @Post()
  @TakesTurns()
  async request(@Visitor() visit: Visit): Promise<Answer> {
    const accountId = await this.#accountOf(visit);
    if (!accountId) return signInStartedOver();
    await this.requests.request(accountId, visit);
    return seeOther('/lost-factor/sent');
  }

  @Get('sent')
  sent(): Answer {
    const { mailFrom } = this.config;
    return page('auth/lost-factor/sent', say('お手続きのご案内をお送りしました'), { mailFrom });
  }

  /** A trusted browser is never asked for the factor, but its owner may have lost it all the same. */
  async #accountOf(visit: Visit): Promise<string | undefined> {
    const pending = await this.pending.find(visit);
    if (pending) return pending.accountId;
    const person = signedInOf(visit);
    const hasLost = person?.hasFactor && !person.isEmergency && !person.enrolsOnly;
    return hasLost ? person.accountId : undefined;
  }
}
