import { Body, Controller, ForbiddenException, Get, Post, Query } from '@nestjs/common';
import { signedInOf } from '../auth/sessions/me.js';
import { tooManyFailures } from '../auth/sign-in/refused-sign-ins.js';
import { Config } from '../config.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { Day } from '../web/day.js';
import { FormReading, readForm, readingOf, type FormBody } from '../web/forms/forms.js';
import { notice } from '../web/notices.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { minutesOf } from '../web/wait.js';
import { ACCESS_PATH, accessPath, addressRefused } from './lists/address-refused.js';
import { IpLists } from './lists/ip-lists.js';
import { isUnlistable } from './networks/read-network.js';
import { RefusedPeople, type RefusedPerson } from './refused-people.js';
import { IpRequests } from './requests/ip-requests.js';
import { RequestForm } from './requests/request.form.js';
import { EmergencyLane } from './tickets/emergency-lane.js';
import { TicketForm } from './tickets/ticket.form.js';
import { EndingForm, EndingFromOutside } from './trial/ending-from-outside.js';
import { IP_TRIAL_STOPPED } from './trial/trial-notices.js';

const EMERGENCY_TICKET_USED = notice.warning(
  say('緊急用チケットを使いました。変更は、時間を区切った試行から始まります。'),
);

const LATER = say('しばらく待ってから、もう一度お試しください');
const PASSWORD_WRONG = say('パスワードを確認できませんでした。もう一度入力してください。');
const NOT_ENDED = {
  'password-wrong': PASSWORD_WRONG,
  'address-refused': say(
    '今お使いのIPアドレスは元の設定にも含まれないため、ここからは試行を終了できません。',
  ),
};
const WRONG = {
  'password-wrong': { name: 'password', sentence: PASSWORD_WRONG },
  'ip-ticket-wrong': {
    name: 'ticket',
    sentence: say(
      'この番号では開けません。入力の間違いか、使用済みの番号、または新しい番号に替わる前のものです。お手元の控えをご確認ください。',
    ),
  },
} as const;

/** 「アクセス制限エラー」 with its two ways out. Strangers are sent to the sign-in. */
@Controller('ip-restriction/access')
@Public()
export class AccessController {
  constructor(
    private readonly config: Config,
    private readonly people: RefusedPeople,
    private readonly requests: IpRequests,
    private readonly lane: EmergencyLane,
    private readonly lists: IpLists,
    private readonly ending: EndingFromOutside,
  ) {}

  @Get()
  async show(@Query('flow') flow: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const person = await this.people.find(flow, visit);
    if (!person?.signIn && signedInOf(visit)?.isEmergency) return seeOther('/ip-restriction');
    return person ? this.#refused(person, visit) : elsewhere(visit);
  }

  /** What was asked for, and what happens next. */
  @Get('request')
  async showRequest(@Query('flow') flow: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const person = await this.people.find(flow, visit);
    if (!person) return elsewhere(visit);
    const { account, signIn } = person;
    const request = await this.requests.lastOf(account);
    if (!request) return seeOther(accessPath(ACCESS_PATH, signIn));
    const { address, purpose, wantedUntil } = request;
    return page('ip-restriction/request-sent', say('許可を依頼しました'), {
      request: { address, purpose, until: Day.lastBefore(wantedUntil) },
      isSignedIn: signIn === undefined,
    });
  }

  /** `act=request` asks the administrators, `act=ticket` opens the emergency lane, `act=end` ends the trial. */
  @Post()
  async act(
    @Body() body: FormBody,
    @Query('flow') flow: unknown,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const person = await this.people.find(flow, visit);
    if (!person) return elsewhere(visit);
    if (body.act === 'request')
      return this.#isUnlistable(visit)
        ? this.#refused(person, visit)
        : this.#ask(person, body, visit);
    if (!['ticket', 'end'].includes(body.act ?? '') || person.account.role !== 'administrator')
      throw new ForbiddenException('Tickets and ends of trials are for administrators');
    return body.act === 'end' ? this.#end(person, body, visit) : this.#enter(person, body, visit);
  }

  async #ask(person: RefusedPerson, body: FormBody, visit: Visit): Promise<Answer> {
    const read = readForm(RequestForm, body);
    const reading = readingOf(read);
    const end = await this.requests.readEnd(reading.values.until ?? '');
    if (!end.ok)
      return this.#refused(
        person,
        visit,
        reading.alsoWith({ name: 'until', sentence: end.sentence }),
      );
    if (!read.ok) return this.#refused(person, visit, reading);
    const asked = await this.requests.ask(person.account, read.form.purpose, end.endsAt, visit);
    if (asked.ok) return seeOther(accessPath(`${ACCESS_PATH}/request`, person.signIn));
    return page('ip-restriction/requests-exhausted', LATER, {}, { ...asked, status: 429 });
  }

  async #enter(person: RefusedPerson, body: FormBody, visit: Visit): Promise<Answer> {
    const read = readForm(TicketForm, body);
    if (!read.ok) return this.#refused(person, visit, read.reading);
    const entered = await this.lane.enter(person.account, read.form, visit);
    if (entered.ok) return seeOther('/ip-restriction', EMERGENCY_TICKET_USED);
    if (entered.reason === 'address-exhausted') return tooManyFailures(entered.retryAfter);
    if (entered.reason === 'tickets-exhausted') return ticketsExhausted(entered.retryAfter);
    return this.#refused(person, visit, new FormReading(read.form, WRONG[entered.reason]));
  }

  /** Of a session, another page asks what everything that matters asks, the second factor included. */
  async #end(person: RefusedPerson, body: FormBody, visit: Visit): Promise<Answer> {
    if (!person.signIn && signedInOf(visit)?.hasFactor) return seeOther('/ip-restriction/ending');
    const read = readForm(EndingForm, body);
    if (!read.ok) return this.#refused(person, visit, read.reading);
    const ended = await this.ending.end(person.account, read.form, visit);
    if (ended.ok)
      return seeOther(ended.isSignedIn ? '/ip-restriction' : '/login', IP_TRIAL_STOPPED);
    if (ended.reason === 'address-exhausted') return tooManyFailures(ended.retryAfter);
    if (ended.reason === 'trial-over') return seeOther(accessPath(ACCESS_PATH, person.signIn));
    const problem = { name: 'currentPassword', sentence: NOT_ENDED[ended.reason] };
    return this.#refused(person, visit, new FormReading({}, problem));
  }

  async #refused(
    { account, signIn }: RefusedPerson,
    visit: Visit,
    form?: FormReading,
  ): Promise<Answer> {
    const trial = await this.lists.onTrial(account.corporation.id);
    const shown = { signIn, isUnlistable: this.#isUnlistable(visit), ...(form && { form }) };
    return addressRefused(account.role, visit, trial, shown);
  }

  #isUnlistable({ address }: Visit): boolean {
    return isUnlistable(address, this.config.ipAllowPrivate);
  }
}

/** The next page of strangers, and of people whom the list admits by now. */
function elsewhere(visit: Visit): Answer {
  return seeOther(visit.person ? '/' : '/login');
}

function ticketsExhausted(retryAfter: number): Answer {
  const model = { minutes: minutesOf(retryAfter) };
  return page('ip-restriction/tickets-exhausted', LATER, model, { status: 429, retryAfter });
}
