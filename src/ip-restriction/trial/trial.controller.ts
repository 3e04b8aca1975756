import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { addressRefused } from '../../auth/sign-in/refused-sign-ins.js';
import { Config } from '../../config.js';
import { MINUTE_MS } from '../../durations.js';
import {
  AdministratorsOnly,
  FreshPassword,
  IpPages,
  ReachableFromAnywhere,
} from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { cleanCode } from '../../web/forms/fields.js';
import { FormReading, type FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import { IpPreviews, LIST_REFUSALS, previewView, type NextList } from '../draft/previews.js';
import { IpLists } from '../lists/ip-lists.js';
import { EmergencyTickets } from '../tickets/emergency-tickets.js';
import { IpTrials } from './ip-trials.js';
import { IP_TRIAL_STOPPED } from './trial-notices.js';

const IP_LIST_APPLIED = notice.success(say('IPアドレス制限の設定を反映しました。'));
const IP_TRIAL_CONFIRMED = notice.success(say('試行していた設定を確定しました。'));

const WRONG_MINUTES = say('試行する時間は、3分から60分までで選んでください。');
const NOT_CONFIRMED = say(
  '今お使いのIPアドレスは試行中の設定に含まれないため、確定できません。含まれるネットワークから、確定の操作をしてください。',
);
const ANOTHER_TRIAL = say(
  '画面を開いたあとに、別の設定の試行が始まりました。最新の内容をご確認のうえ、もう一度操作してください。',
);

const MINUTES = [3, 5, 10, 15, 30, 60];
const TITLES = {
  'trial-running': say('IPアドレス制限の試行中'),
  ending: say('試行の終了'),
};
const GONE = { status: 410 };
const TRIAL_OVER = page('ip-restriction/trial-over', say('試行は終了しています'), {}, GONE);

/** Trials: a list is in force at once, and ends at its deadline unless an administrator confirms it. */
@Controller('ip-restriction')
@AdministratorsOnly()
@IpPages()
export class TrialController {
  constructor(
    private readonly config: Config,
    private readonly lists: IpLists,
    private readonly previews: IpPreviews,
    private readonly trials: IpTrials,
    private readonly tickets: EmergencyTickets,
  ) {}

  @Get('trial')
  show(@Query('list') list: unknown, @Me() person: SignedIn): Promise<Answer> {
    return this.#trialPage(person, listOf(list));
  }

  /** `act=apply` puts the list in force without a trial. */
  @Post('trial')
  @FreshPassword()
  async begin(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const list = listOf(body.list);
    const typed = cleanCode(body.minutes ?? '');
    const minutes = body.act === 'apply' ? undefined : minutesIn(typed);
    if (Number.isNaN(minutes)) return this.#trialPage(person, list, typed, WRONG_MINUTES, 422);
    const proposal = { list, edition: Number(body.edition), minutes };
    const changed = await this.trials.change(person, proposal);
    if (!changed.ok) {
      const { reason } = changed;
      const status = reason === 'trial-running' || reason === 'edited-meanwhile' ? 409 : 422;
      return this.#trialPage(person, list, typed, LIST_REFUSALS[reason], status);
    }
    if (minutes !== undefined) return seeOther('/ip-restriction/trial');
    return seeOther(await this.tickets.afterChange(person), IP_LIST_APPLIED);
  }

  @Get('confirmation')
  async showConfirmation(@Me() person: SignedIn): Promise<Answer> {
    return (await this.#running('trial-running', person)) ?? seeOther('/ip-restriction');
  }

  @Post('confirmation')
  @FreshPassword()
  async confirm(@Body() { version }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const confirmed = await this.trials.confirm(person, version);
    if (confirmed.ok) return seeOther(await this.tickets.afterChange(person), IP_TRIAL_CONFIRMED);
    const refused =
      confirmed.reason === 'address-refused'
        ? await this.#running('trial-running', person, NOT_CONFIRMED, 403)
        : await this.#running('trial-running', person, ANOTHER_TRIAL, 409);
    return refused ?? TRIAL_OVER;
  }

  @Get('ending')
  @ReachableFromAnywhere()
  async showEnding(@Me() person: SignedIn): Promise<Answer> {
    return (await this.#running('ending', person)) ?? seeOther('/ip-restriction');
  }

  @Post('ending')
  @FreshPassword()
  @ReachableFromAnywhere()
  async stop(@Body() { version }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const stopped = await this.trials.stop(person, version);
    if (stopped.ok) return seeOther('/ip-restriction', IP_TRIAL_STOPPED);
    if (stopped.reason === 'address-refused') {
      const trial = await this.lists.onTrial(person.corporationId);
      return addressRefused(person.role, person.visit, trial);
    }
    return (await this.#running('ending', person, ANOTHER_TRIAL, 409)) ?? TRIAL_OVER;
  }

  async #trialPage(
    person: SignedIn,
    list: NextList,
    typed?: string,
    refusal?: Sentence,
    status = 200,
  ): Promise<Answer> {
    const running = await this.#running('trial-running', person, refusal, status);
    if (running) return running;
    const preview = await this.previews.of(list, person);
    const standard = this.config.ipTrial / MINUTE_MS;
    const minutes = typed || String(standard);
    const choices = [...new Set([...MINUTES, standard])].sort((a, b) => a - b);
    const model = {
      form: formWith({ minutes }, refusal),
      list,
      ...previewView(preview, person),
      refusedPeople: preview.replay?.refusedPeople ?? 0,
      mayApply: preview.admitsVisitor && !person.isEmergency,
      minutes: choices.map((value) => ({ value, chosen: String(value) === minutes })),
    };
    const title = preview.restricts ? say('設定の反映') : say('IPアドレス制限の解除');
    return page('ip-restriction/trial', title, model, { status });
  }

  /** The trial that runs, to confirm it or to end it; undefined when there is none. */
  async #running(
    template: keyof typeof TITLES,
    { corporationId, visit: { address } }: SignedIn,
    refusal?: Sentence,
    status = 200,
  ): Promise<Answer | undefined> {
    const list = await this.lists.onTrial(corporationId);
    if (!list) return undefined;
    const { id: version, authorName, restricts, createdAt, trialEndsAt } = list;
    const model = {
      form: formWith({}, refusal),
      version,
      authorName,
      started: createdAt,
      deadline: trialEndsAt,
      restricts,
      address,
      mayConfirm: await this.lists.admits(list, address),
    };
    return page(`ip-restriction/${template}`, TITLES[template], model, { status });
  }
}

function listOf(typed: unknown): NextList {
  return typed === 'off' ? 'off' : 'draft';
}

/** NaN unless it is a number from 3 to 60. */
function minutesIn(typed: string): number {
  const minutes = /^\d+$/.test(typed) ? Number(typed) : NaN;
  return minutes >= 3 && minutes <= 60 ? minutes : NaN;
}

function formWith(values: Record<string, string>, refusal: Sentence | undefined) {
  return refusal
    ? new FormReading(values, { name: '', sentence: refusal })
    : new FormReading(values);
}
