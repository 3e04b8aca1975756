import { Body, Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { TakesTurns } from '../../../limits/strangers-turns.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { browserFacts, browserInWords } from '../../../web/browser-name.js';
import type { FormBody } from '../../../web/forms/forms.js';
import { about, notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';
import { translate } from '../../../web/texts.js';
import { isUuid } from '../../../web/uuid.js';
import { OwnSessions, type OwnSession, type TrustedBrowser } from './own-sessions.js';

const SESSION_ENDED = notice.success(say('{browser}（{address}）からログアウトしました。'));
const SESSION_OVER = notice.info(say('この端末からは、すでにログアウトしています。'));
const NO_OTHERS = notice.info(say('ほかの端末では、ログインしていません。'));
const OTHER_SESSIONS_ENDED = notice.success(say('ほかの端末（{count}件）からログアウトしました。'));

const TRUST_ENDED = notice.success(say('次のログインから、その端末でも確認コードをお願いします。'));
const TRUST_OVER = notice.info(say('その端末での確認コードの省略は、すでに終わっています。'));

/** ログイン中の端末, and those that are not asked for the second factor. */
@Controller('me/sessions')
export class SessionsController {
  constructor(private readonly sessions: OwnSessions) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const sessions = await this.sessions.all(person);
    return page('own/sessions', 'ログイン中の端末', {
      sessions: sessions.map(view),
      hasOthers: sessions.length > 1,
      trusted: (await this.sessions.trusted(person)).map(view),
    });
  }

  /** `act=end-others`, `act=end-trust` of `deviceId`, or `sessionId` of the one to end. */
  @Post()
  @TakesTurns('person')
  async end(
    @Body() { act, sessionId, deviceId }: FormBody,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    if (act === 'end-trust') return this.#endTrust(deviceId, person);
    if (act === 'end-others') {
      const count = await this.sessions.endOthers(person);
      const told = count > 0 ? about(OTHER_SESSIONS_ENDED, { count }) : NO_OTHERS;
      return seeOther('/me/sessions', told);
    }
    const ended = isUuid(sessionId) && (await this.sessions.end(sessionId, person));
    if (!ended) return seeOther('/me/sessions', SESSION_OVER);
    const name = browserInWords(browserFacts(ended.browser));
    const browser = translate(name, person.visit.language);
    return seeOther('/me/sessions', about(SESSION_ENDED, { browser, address: ended.address }));
  }

  async #endTrust(id: string | undefined, person: SignedIn): Promise<Answer> {
    const ended = isUuid(id) && (await this.sessions.endTrust(id, person));
    return seeOther('/me/sessions', ended ? TRUST_ENDED : TRUST_OVER);
  }
}

function view(session: OwnSession | TrustedBrowser): object {
  return { ...session, browser: browserInWords(browserFacts(session.browser)) };
}
