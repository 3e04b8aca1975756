import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { page, type Answer } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import { say, type Sentence } from '../../web/sentence.js';
import { IpLists } from '../lists/ip-lists.js';
import type { IpVersion } from '../lists/ip-version.entity.js';
import { trialLine } from '../lists/list-views.js';
import { stepperOf } from '../lists/steps.js';
import { TrialVisitors } from './trial-visitors.js';

const TITLES = {
  'trial-running': say('IPアドレス制限の試行中'),
  ending: say('試行の終了'),
};
const OVER = { trial: null, visitors: [], refused: 0 };

/** The pages of a trial that runs, to confirm it or to end it. */
@Injectable()
export class RunningTrial {
  constructor(
    private readonly lists: IpLists,
    private readonly visitors: TrialVisitors,
  ) {}

  /** @returns undefined while there is none */
  async page(
    template: keyof typeof TITLES,
    { corporationId, visit: { address }, now }: SignedIn,
    refusal?: Sentence,
    status = 200,
  ): Promise<Answer | undefined> {
    const list = await this.lists.onTrial(corporationId);
    if (!list) return undefined;
    const { id: version, authorName, restricts, createdAt } = list;
    const model = {
      ...stepperOf('trial', restricts),
      ...(await this.#progressOf(list, now)),
      form: formWith({}, refusal),
      version,
      authorName,
      started: createdAt,
      restricts,
      address,
      mayConfirm: await this.lists.admits(list, address),
    };
    return page(`ip-restriction/${template}`, TITLES[template], model, { status });
  }

  /** The piece of the page that HTMX renews. */
  async progress({ corporationId, now }: SignedIn): Promise<Answer> {
    const list = await this.lists.onTrial(corporationId);
    const model = list ? await this.#progressOf(list, now) : OVER;
    return page('partials/trial-progress', TITLES['trial-running'], model, { isPiece: true });
  }

  async #progressOf(list: IpVersion, now: Date) {
    const visitors = await this.visitors.since(list);
    const refused = visitors.filter(({ cameIn }) => !cameIn).length;
    const people = visitors.map(({ addresses, ...visitor }) => ({
      ...visitor,
      more: addresses - 1,
    }));
    return { trial: trialLine(list, now), visitors: people, refused };
  }
}

export function formWith(values: Record<string, string>, refusal: Sentence | undefined) {
  return refusal ? FormReading.refused(refusal, values) : new FormReading(values);
}
