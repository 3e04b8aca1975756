import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Config } from '../../config.js';
import { MINUTE_MS } from '../../durations.js';
import { AdministratorsOnly, FreshPassword, IpPages } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { cleanCode } from '../../web/forms/fields.js';
import type { FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import { IpPreviews, LIST_REFUSALS, previewView, type NextList } from '../draft/previews.js';
import { stepperOf } from '../lists/steps.js';
import { IpTrials } from './ip-trials.js';
import { formWith, RunningTrial } from './running-trial.js';

const IP_LIST_APPLIED = notice.success(say('IPアドレス制限の設定を反映しました。'));

const RUNS_ALREADY = notice.info(say('この設定の試行は、すでに始まっています。'));

const WRONG_MINUTES = say('試行する時間は、3分から60分までで選んでください。');

const MINUTES = [3, 5, 10, 15, 30, 60];

/** Trials: a list is in force at once, and ends at its deadline unless an administrator confirms it. */
@Controller('ip-restriction/trial')
@AdministratorsOnly()
@IpPages()
export class TrialController {
  constructor(
    private readonly config: Config,
    private readonly previews: IpPreviews,
    private readonly running: RunningTrial,
    private readonly trials: IpTrials,
  ) {}

  @Get()
  show(@Query('list') list: unknown, @Me() person: SignedIn): Promise<Answer> {
    return this.#page(person, listOf(list));
  }

  /** `act=apply` puts the list in force without a trial. */
  @Post()
  @FreshPassword()
  async begin(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const list = listOf(body.list);
    const typed = cleanCode(body.minutes ?? '');
    const minutes = body.act === 'apply' ? undefined : minutesIn(typed);
    if (Number.isNaN(minutes)) return this.#page(person, list, typed, WRONG_MINUTES, 422);
    const proposal = { list, edition: Number(body.edition), minutes };
    const changed = await this.trials.change(person, proposal);
    if (!changed.ok) {
      const { reason } = changed;
      if (reason === 'trial-running' && (await this.previews.of(list, person)).isInForce)
        return seeOther('/ip-restriction/trial', RUNS_ALREADY);
      const status = reason === 'trial-running' || reason === 'edited-meanwhile' ? 409 : 422;
      return this.#page(person, list, typed, LIST_REFUSALS[reason], status);
    }
    if (minutes !== undefined) return seeOther('/ip-restriction/trial');
    return seeOther('/ip-restriction/confirmation', IP_LIST_APPLIED);
  }

  /** Browsers without HTMX see the whole page. */
  @Get('progress')
  async progress(@Me() person: SignedIn): Promise<Answer> {
    return person.visit.partial ? this.running.progress(person) : seeOther('/ip-restriction/trial');
  }

  async #page(
    person: SignedIn,
    list: NextList,
    typed?: string,
    refusal?: Sentence,
    status = 200,
  ): Promise<Answer> {
    const running = await this.running.page('trial-running', person, refusal, status);
    if (running) return running;
    const preview = await this.previews.of(list, person);
    const standard = this.config.ipTrial / MINUTE_MS;
    const minutes = typed || String(standard);
    const choices = [...new Set([...MINUTES, standard])].sort((a, b) => a - b);
    const model = {
      ...stepperOf('trial', preview.restricts),
      form: formWith({ minutes }, refusal),
      list,
      ...previewView(preview, person),
      refusedPeople: preview.replay?.refusedPeople ?? 0,
      mayApply: preview.admitsVisitor && !person.isEmergency,
      minutes: choices.map(String),
    };
    const title = preview.restricts ? say('新しい設定の試行') : say('IPアドレス制限の解除');
    return page('ip-restriction/trial', title, model, { status });
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
