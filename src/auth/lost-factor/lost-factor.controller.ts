import { Controller, Get, Post } from '@nestjs/common';
import { Config } from '../../config.js';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { signInStartedOver } from '../second-factor/started-over.js';
import { signedInOf } from '../sessions/me.js';
import { Sessions } from '../sessions/sessions.js';
import { Devices } from '../sign-in/devices.js';
import { PendingSignIns } from '../sign-in/pending-sign-ins.js';
import { LossRequests } from './loss-requests.js';

const PASSWORD_FIRST = notice.info(
  say(
    'ログアウトしました。ログインIDとパスワードを入力し、次のページの「確認コードを入力できない方」へお進みください。',
  ),
);

const NO_FACTOR = notice.info(
  say(
    '2段階認証を設定していないため、ログインに確認コードは要りません。お手続きの必要はありません。',
  ),
);

const FROM_THE_LOGIN = notice.info(
  say(
    'お手続きには、まずログインIDとパスワードを入力し、次のページの「確認コードを入力できない方」へお進みください。',
  ),
);

/** 確認コードを入力できない方へ: behind the right password, and the same for everybody who gave one. */
@Controller('lost-factor')
@Public()
export class LostFactorController {
  constructor(
    private readonly config: Config,
    private readonly pending: PendingSignIns,
    private readonly requests: LossRequests,
    private readonly devices: Devices,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const isPending = (await this.pending.find(visit)) !== undefined;
    if (!isPending && !hasFactor(visit)) return this.#notHere(visit);
    const model = { isSignedIn: !isPending };
    return page('auth/lost-factor/request', say('確認コードを入力できない方へ'), model);
  }

  @Post()
  @TakesTurns()
  async request(@Visitor() visit: Visit): Promise<Answer> {
    const pending = await this.pending.find(visit);
    if (!pending) return hasFactor(visit) ? this.#leadThroughSignIn(visit) : this.#notHere(visit);
    await this.requests.request(pending.accountId, visit);
    return seeOther('/lost-factor/sent');
  }

  @Get('sent')
  sent(): Answer {
    const { mailFrom } = this.config;
    return page('auth/lost-factor/sent', say('お手続きのご案内をお送りしました'), { mailFrom });
  }

  #notHere(visit: Visit): Answer {
    if (signedInOf(visit)) return seeOther('/', NO_FACTOR);
    const hadGivenPassword = this.pending.cookieOf(visit) !== '';
    return hadGivenPassword ? signInStartedOver() : seeOther('/login', FROM_THE_LOGIN);
  }

  /** A trusted browser is never asked for the factor; a session alone has not given the password. */
  async #leadThroughSignIn(visit: Visit): Promise<Answer> {
    await this.devices.endTrustIn(visit);
    await this.sessions.signOut(visit);
    return seeOther('/login', PASSWORD_FIRST);
  }
}

function hasFactor(visit: Visit): boolean {
  return signedInOf(visit)?.hasFactor === true;
}
