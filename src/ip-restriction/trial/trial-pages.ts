import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Config } from '../../config.js';
import { MINUTE_MS } from '../../durations.js';
import { page, type Page } from '../../web/answers.js';
import { newForm, refusedForm, type FormReading } from '../../web/forms/forms.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { Visit } from '../../web/visit.js';
import { IpPreviews, type NextList } from '../draft/previews.js';
import { IpLists } from '../lists/ip-lists.js';
import type { IpVersion } from '../lists/ip-version.entity.js';
import { differenceView } from '../lists/list-views.js';

const CHOICES = [3, 5, 10, 15, 30, 60];

export interface Refused {
  sentence: Sentence;
  status: number;
}

interface Asked {
  list: NextList;
  typed?: string;
  refused?: Refused;
}

@Injectable()
export class TrialPages {
  constructor(
    private readonly config: Config,
    private readonly lists: IpLists,
    private readonly previews: IpPreviews,
  ) {}

  async trial(person: SignedIn, visit: Visit, { list, typed, refused }: Asked): Promise<Page> {
    const running = await this.lists.onTrial(person.corporationId);
    if (running) return this.running(running, visit, refused);
    const preview = await this.previews.of(list, person.corporationId, visit);
    const { edition, restricts, entries, admitsVisitor, obstacle, replay } = preview;
    const standard = this.config.ipTrial / MINUTE_MS;
    const minutes = typed || String(standard);
    const choices = [...new Set([...CHOICES, standard])].sort((a, b) => a - b);
    const model = {
      form: formWith({ minutes }, refused),
      list,
      edition,
      restricts,
      count: entries.length,
      difference: differenceView(preview.difference, visit.language),
      obstacle: obstacle ?? null,
      refusedPeople: replay?.refusedPeople ?? 0,
      address: visit.address,
      admitsVisitor,
      mayApply: admitsVisitor && !person.isEmergency,
      minutes: choices.map((value) => ({ value, chosen: String(value) === minutes })),
    };
    const title = restricts ? say('設定の反映') : say('IPアドレス制限の解除');
    return page('ip-restriction/trial', title, model, { status: refused?.status ?? 200 });
  }

  async running(list: IpVersion, visit: Visit, refused?: Refused): Promise<Page> {
    const { id: version, authorName, restricts, createdAt, trialEndsAt } = list;
    const { language, address } = visit;
    const model = {
      form: formWith({}, refused),
      version,
      authorName,
      started: momentInWords(createdAt, language),
      deadline: momentInWords(trialEndsAt!, language),
      restricts,
      address,
      mayConfirm: await this.lists.admits(list, address),
    };
    const title = say('IPアドレス制限の試行中');
    return page('ip-restriction/trial-running', title, model, { status: refused?.status ?? 200 });
  }
}

/** The page to end a trial, which administrators whom the trial keeps out reach too. */
export function endingPage(list: IpVersion, { language }: Visit, refused?: Refused): Page {
  const model = {
    form: formWith({}, refused),
    version: list.id,
    deadline: momentInWords(list.trialEndsAt!, language),
  };
  const status = refused?.status ?? 200;
  return page('ip-restriction/ending', say('試行の終了'), model, { status });
}

export function trialOver(): Page {
  return page('ip-restriction/trial-over', say('試行は終了しています'), {}, { status: 410 });
}

function formWith(values: Record<string, string>, refused: Refused | undefined): FormReading {
  return refused ? refusedForm(values, { name: '', sentence: refused.sentence }) : newForm(values);
}
