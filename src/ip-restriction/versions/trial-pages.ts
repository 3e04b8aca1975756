import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../../auth/sessions.js';
import { Config } from '../../config.js';
import { MINUTE_MS } from '../../durations.js';
import { page, type Page } from '../../web/answers.js';
import { newForm, refusedForm, type FormReading } from '../../web/forms.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { Visit } from '../../web/visit.js';
import { IpPreviews, type NextList } from '../draft/previews.js';
import { differenceView } from '../entry-view.js';
import { IpVersions, type IpVersion } from './ip-versions.js';

const CHOICES = [3, 5, 10, 15, 30, 60];

interface Refused {
  sentence: Sentence;
  status: number;
}

/** The page before a trial and the page while it runs. */
@Injectable()
export class TrialPages {
  constructor(
    private readonly config: Config,
    private readonly previews: IpPreviews,
    private readonly versions: IpVersions,
  ) {}

  /** @param refused why the form was refused */
  async before(
    list: NextList,
    typed: string,
    { corporationId, isEmergency }: SignedIn,
    visit: Visit,
    refused?: Refused,
  ): Promise<Page> {
    const preview = await this.previews.of(list, corporationId, visit);
    const standard = this.config.ipTrial / MINUTE_MS;
    const minutes = typed || String(standard);
    const model = {
      form: formWith({ minutes }, refused),
      list,
      edition: preview.edition,
      restricts: preview.restricts,
      count: preview.entries.length,
      difference: differenceView(preview.difference, visit.language),
      obstacle: preview.obstacle ?? null,
      refusedPeople: preview.replay?.refusedPeople ?? 0,
      address: visit.address,
      admitsVisitor: preview.admitsVisitor,
      mayApply: preview.admitsVisitor && !isEmergency,
      minutes: [...new Set([...CHOICES, standard])]
        .sort((a, b) => a - b)
        .map((value) => ({ value, chosen: String(value) === minutes })),
    };
    const title = preview.restricts ? say('設定の反映') : say('IPアドレス制限の解除');
    return page('ip-restriction/trial', title, model, { status: refused?.status ?? 200 });
  }

  async running(version: IpVersion, visit: Visit, refused?: Refused): Promise<Page> {
    const { language, address } = visit;
    const network = await this.versions.admitting(version.id, address);
    const model = {
      form: formWith({}, refused),
      version: version.id,
      authorName: version.authorName,
      started: momentInWords(version.createdAt, language),
      deadline: momentInWords(version.trialEndsAt!, language),
      restricts: version.restricts,
      address,
      mayConfirm: !version.restricts || network !== undefined,
    };
    const title = say('IPアドレス制限の試行中');
    return page('ip-restriction/trial-running', title, model, { status: refused?.status ?? 200 });
  }
}

function formWith(values: Record<string, string>, refused: Refused | undefined): FormReading {
  return refused ? refusedForm(values, { name: '', sentence: refused.sentence }) : newForm(values);
}
