import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { MINUTE_MS } from '../../durations.js';
import { AdministratorsOnly, FreshPassword, IpPages } from '../../web/access.js';
import { seeOther, type Answer } from '../../web/answers.js';
import { cleanCode } from '../../web/fields.js';
import type { FormBody } from '../../web/forms.js';
import { notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { TicketRenewal } from '../access/tickets/ticket-renewal.js';
import type { NextList } from '../draft/previews.js';
import { IpChanges, type ChangeRefusal } from './ip-changes.js';
import { IpTrials } from './ip-trials.js';
import { TrialPages } from './trial-pages.js';

const IP_LIST_APPLIED = notice('ip-applied', 'success', 'IPアドレス制限の設定を反映しました。');

const [SHORTEST, LONGEST] = [3, 60];

const MINUTES = say('試行する時間は、3分から60分までで選んでください。');
const REFUSALS: Record<ChangeRefusal, Sentence> = {
  'trial-running': say(
    'すでに別の設定を試行しています。確定するか終了してから、もう一度操作してください。',
  ),
  'edited-meanwhile': say(
    '画面を開いたあとに、下書きが編集されました。最新の内容をご確認のうえ、もう一度操作してください。',
  ),
  'nothing-changed': say('今の設定と同じ内容のため、反映するものがありません。'),
  'no-administrator-admitted': say(
    'この設定では、管理者の方がどなたもログインできなくなるため、反映できません。管理者の方が使うIPアドレスを追加してください。',
  ),
  'address-refused': say(
    '今お使いのIPアドレスが新しい設定に含まれないため、試行せずに反映することはできません。試行を始めるか、今お使いのIPアドレスを追加してください。',
  ),
  'trial-only': say('緊急用チケットでログインしているあいだは、試行だけを始められます。'),
};

/** A list on trial: enforced at once, and gone at its deadline unless somebody confirms. */
@Controller('ip-restriction/trial')
@AdministratorsOnly()
@IpPages()
export class TrialController {
  constructor(
    private readonly trials: IpTrials,
    private readonly changes: IpChanges,
    private readonly pages: TrialPages,
    private readonly tickets: TicketRenewal,
  ) {}

  @Get()
  async show(
    @Query('list') list: unknown,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const running = await this.trials.running(person.corporationId);
    return running
      ? this.pages.running(running, visit)
      : this.pages.before(listOf(list), '', person, visit);
  }

  @Post()
  @FreshPassword()
  async begin(
    @Body() body: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const list = listOf(body.list);
    const typed = cleanCode(body.minutes ?? '');
    const minutes = Number(typed);
    const isTrial = body.act !== 'apply';
    if (isTrial && !(/^\d+$/.test(typed) && minutes >= SHORTEST && minutes <= LONGEST))
      return this.pages.before(list, typed, person, visit, { sentence: MINUTES, status: 422 });
    const trial = isTrial ? minutes * MINUTE_MS : undefined;
    const made = await this.changes.make(
      person,
      { list, edition: Number(body.edition), trial },
      visit,
    );
    if (made.ok)
      return isTrial
        ? seeOther('/ip-restriction/trial')
        : seeOther(await this.tickets.afterChange(person, visit), IP_LIST_APPLIED);
    const refused = { sentence: REFUSALS[made.reason], status: statusOf(made.reason) };
    const running = await this.trials.running(person.corporationId);
    return running
      ? this.pages.running(running, visit, refused)
      : this.pages.before(list, typed, person, visit, refused);
  }
}

function listOf(typed: unknown): NextList {
  return typed === 'off' ? 'off' : 'draft';
}

function statusOf(reason: ChangeRefusal): number {
  return reason === 'trial-running' || reason === 'edited-meanwhile' ? 409 : 422;
}
