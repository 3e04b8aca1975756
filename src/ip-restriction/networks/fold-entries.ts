import { say, type Sentence } from '../../web/sentence.js';
import { covers, networkFrom } from './network.js';

export interface Entry {
  /** As `readNetwork` returns it. */
  network: string;
  label: string;
  /** The moment at which the entry stops admitting people; null means never. */
  endsAt: Date | null;
}

export interface Folded<E extends Entry> {
  entries: E[];
  /** One sentence for each entry that was left out. */
  told: Sentence[];
}

export const MOST_ENTRIES = 500;

/**
 * Leaves out entries that another entry covers for at least as long; the first of equal ones stays.
 * @returns the shorter list, or a refusal when more than 500 entries remain
 */
export function foldEntries<E extends Entry>(
  given: readonly E[],
): ({ ok: true } & Folded<E>) | { ok: false; sentence: Sentence } {
  const all = given.map((entry, place) => ({ entry, place, network: networkFrom(entry.network) }));
  const entries: E[] = [];
  const told: Sentence[] = [];
  for (const one of all) {
    const wider = all.find(
      (other) =>
        covers(other.network, one.network) &&
        lasts(other.entry, one.entry) &&
        !(same(other, one) && other.place >= one.place),
    );
    if (wider) told.push(sentenceOf(one.entry, wider.entry));
    else entries.push(one.entry);
  }
  if (entries.length <= MOST_ENTRIES) return { ok: true, entries, told };
  const values = { most: MOST_ENTRIES, count: entries.length };
  return {
    ok: false,
    sentence: say(
      '登録できるのは{most}件までですが、{count}件あります。続いたアドレスは 198.51.100.0/24 のような範囲にまとめてください。',
      values,
    ),
  };
}

/** True for two entries that cover each other: only one of them may go. */
function same({ entry: a }: { entry: Entry }, { entry: b }: { entry: Entry }): boolean {
  return a.network === b.network && lasts(a, b) && lasts(b, a);
}

function lasts(longer: Entry, shorter: Entry): boolean {
  if (longer.endsAt === null) return true;
  return shorter.endsAt !== null && longer.endsAt >= shorter.endsAt;
}

function sentenceOf(left: Entry, stays: Entry): Sentence {
  const values = { network: left.network, label: left.label, other: stays.label };
  return left.network === stays.network
    ? say('{network}（{label}）は「{other}」と同じため、1つにまとめました。', values)
    : say('{network}（{label}）は {wider}（{other}）に含まれるため、まとめました。', {
        ...values,
        wider: stays.network,
      });
}
