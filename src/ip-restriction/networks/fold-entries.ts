import { say, type Sentence } from '../../web/sentence.js';
import { covers, networkFrom, type Network } from './network.js';

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
/** Before those are left out that others cover. */
export const MOST_GIVEN = 3_000;

/**
 * Leaves out entries that another entry covers for at least as long; the first of equal ones stays.
 * @returns the shorter list, or a refusal when more than 500 entries remain
 */
export function foldEntries<E extends Entry>(
  given: readonly E[],
): ({ ok: true } & Folded<E>) | { ok: false; sentence: Sentence } {
  if (given.length > MOST_GIVEN) return tooMany(given.length);
  const wider = widerOnes(given);
  const entries = given.filter((_, place) => wider[place] === undefined);
  const told = given.flatMap((entry, place) => {
    const other = wider[place];
    return other ? [sentenceOf(entry, other)] : [];
  });
  return entries.length <= MOST_ENTRIES ? { ok: true, entries, told } : tooMany(entries.length);
}

function tooMany(count: number): { ok: false; sentence: Sentence } {
  const values = { most: MOST_ENTRIES, count };
  return {
    ok: false,
    sentence: say(
      '登録できるのは{most}件までですが、{count}件あります。続いたアドレスは 198.51.100.0/24 のような範囲にまとめてください。',
      values,
    ),
  };
}

/**
 * By the place of each entry, the first other one that covers it. Networks lie within each other or
 * apart, so in the order of their addresses those around one are the last that are still open.
 */
function widerOnes<E extends Entry>(given: readonly E[]): (E | undefined)[] {
  const placed = given.map((entry, place) => ({
    entry,
    place,
    network: networkFrom(entry.network),
  }));
  const groups = [...Map.groupBy(placed, ({ entry }) => entry.network).values()];
  const wider: (E | undefined)[] = [];
  const open: (typeof placed)[] = [];
  for (const group of groups.toSorted(([a], [b]) => compare(a!.network, b!.network))) {
    while (open.length > 0 && !covers(open.at(-1)![0]!.network, group[0]!.network)) open.pop();
    open.push(group);
    const around = open.flat().toSorted((a, b) => a.place - b.place);
    for (const { entry, place } of group)
      wider[place] = around.find(
        (other) => lasts(other.entry, entry) && !(same(other.entry, entry) && other.place >= place),
      )?.entry;
  }
  return wider;
}

/** By family and first address, wide ones first. */
function compare(a: Network, b: Network): number {
  if (a.family !== b.family || a.first === b.first)
    return a.family - b.family || a.length - b.length;
  return a.first < b.first ? -1 : 1;
}

/** True for two entries that cover each other: only one of them may go. */
function same(a: Entry, b: Entry): boolean {
  return a.network === b.network && lasts(a, b) && lasts(b, a);
}

/** The other one admits nobody whom this one does not, at any time. */
export function admitsAll(wider: Entry, other: Entry): boolean {
  const isAround = covers(networkFrom(wider.network), networkFrom(other.network));
  return isAround && lasts(wider, other);
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
