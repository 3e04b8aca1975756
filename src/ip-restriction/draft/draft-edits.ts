import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Config } from '../../config.js';
import { databaseNow } from '../../database/clock.js';
import { cleanLine } from '../../web/forms/fields.js';
import type { FormBody, Problem } from '../../web/forms/forms.js';
import { say, type Sentence } from '../../web/sentence.js';
import { translate, type Language } from '../../web/texts.js';
import type { Visit } from '../../web/visit.js';
import { readEndDate } from '../lists/end-date.js';
import { labelProblem } from '../networks/label.js';
import { networkToRegister } from '../networks/network.js';
import { readNetwork, type NetworkReading } from '../networks/read-network.js';
import { readPasted } from '../networks/read-pasted.js';
import { adding, readRemoval, refusedEdit, replacing, type EditReading } from './draft-changes.js';
import type { Edited } from './ip-drafts.js';
import { isFilled, isPasted, nameOf } from './typed-rows.js';

export interface DraftPost {
  act: string | undefined;
  /** The network of the line that is changed; undefined for lines that are added. */
  changed: string | undefined;
  rows: readonly FormBody[];
  pasted: string;
  networks: readonly string[];
}

interface Typed extends Edited {
  problems: Problem[];
  offers?: Record<string, string>;
}

const MOST_PROBLEMS = 50;
const OWN_LABEL = say('{name} 様の接続元');

@Injectable()
export class DraftEdits {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
  ) {}

  /** The network that would admit the visitor's address, or the reason why it cannot be listed. */
  ownNetwork({ address }: Visit): NetworkReading {
    return readNetwork(networkToRegister(address), this.config.ipAllowPrivate);
  }

  async read(post: DraftPost, editor: SignedIn): Promise<EditReading> {
    switch (post.act) {
      case 'own':
        return this.#readOwn(editor);
      case 'remove':
        return readRemoval(post.networks);
      case 'discard':
        return { ok: true, change: () => undefined };
      default:
        return this.#readTyped(post, editor.visit.language);
    }
  }

  /** Rows and pasted lines: the button asks for one of them, and whatever else is filled comes along. */
  async #readTyped(
    { act, changed, rows, pasted }: DraftPost,
    language: Language,
  ): Promise<EditReading> {
    const typed: Typed[] = [];
    if (act === 'add' || act === 'accept' || changed !== undefined || rows.some(isFilled))
      typed.push(await this.#readRows(rows, act === 'accept'));
    if (act === 'paste' || isPasted(pasted)) typed.push(await this.#readLines(pasted, language));
    const problems = typed.flatMap((part) => part.problems);
    const offers = Object.assign({}, ...typed.map((part) => part.offers ?? {}));
    if (problems.length > 0) return refusedEdit(problems, offers);
    const edited = {
      entries: typed.flatMap(({ entries }) => entries),
      told: typed.flatMap(({ told }) => told),
    };
    return changed === undefined ? adding(edited) : replacing(changed, edited);
  }

  #readOwn({ name, visit }: SignedIn): EditReading {
    const own = this.ownNetwork(visit);
    if (!own.ok) return refusedEdit([{ name: '', sentence: own.sentence }]);
    const label = translate({ ...OWN_LABEL, values: { name } }, visit.language);
    return adding({
      entries: own.networks.map((network) => ({ network, label, endsAt: null })),
      told: [],
    });
  }

  /** Names problems by the number of their line. */
  async #readLines(pasted: string, language: Language): Promise<Typed> {
    const { lines, problems } = await readPasted(pasted, this.config.ipAllowPrivate);
    return {
      entries: lines.flatMap(({ networks, label }) =>
        networks.map((network) => ({ network, label, endsAt: null })),
      ),
      told: lines.flatMap(({ advice }) => advice?.sentence ?? []),
      problems: problems.slice(0, MOST_PROBLEMS).map(({ line, sentence }) => {
        const problem = translate(sentence, language);
        return {
          name: 'pasted',
          sentence: line ? say('{line}行目：{problem}', { line, problem }) : sentence,
        };
      }),
    };
  }

  /** @param takeOffers replaces typed networks by the offered ones */
  async #readRows(rows: readonly FormBody[], takeOffers: boolean): Promise<Typed> {
    const now = await databaseNow(this.em);
    const edited: Edited = { entries: [], told: [] };
    const [problems, offers]: [Problem[], Record<string, string>] = [[], {}];
    const filled = rows.map((row, place) => ({ row, place })).filter(({ row }) => isFilled(row));
    const judged = filled.length > 0 ? filled : [{ row: {} as FormBody, place: 0 }];
    for (const { row, place } of judged) {
      const { network = '', label = '', endsAt = '', offer = '' } = row;
      const typed = takeOffers && offer ? offer : network;
      const reading = readNetwork(typed, this.config.ipAllowPrivate);
      const wrong = labelProblem(cleanLine(label));
      const end = readEndDate(endsAt, now);
      const refuse = (field: string, sentence: Sentence) =>
        problems.push({ name: nameOf(place, field), sentence });
      if (!reading.ok) refuse('network', reading.sentence);
      if (!reading.ok && reading.offer) offers[nameOf(place, 'network')] = reading.offer;
      if (wrong) refuse('label', wrong);
      if (!end.ok) refuse('endsAt', end.sentence);
      if (!reading.ok || wrong || !end.ok) continue;
      for (const one of reading.networks)
        edited.entries.push({ network: one, label: cleanLine(label), endsAt: end.endsAt });
      if (reading.advice) edited.told.push(reading.advice.sentence);
    }
    return { ...edited, problems, offers };
  }
}
