import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LineProblem } from '../../web/csv/csv-rows.js';
import { cleanCode, cleanLine } from '../../web/forms/fields.js';
import { say, type Sentence } from '../../web/sentence.js';
import { MOST_ENTRIES, MOST_GIVEN } from './fold-entries.js';
import { labelProblem } from './label.js';
import { readNetwork, type Offer } from './read-network.js';

/** One line that could be read; a range gives several networks with the same label. */
interface PastedLine {
  line: number;
  networks: string[];
  label: string;
  advice: Offer | undefined;
}

/** A line that could not be read, possibly with the network that was probably meant. */
type PastedProblem = LineProblem & { offer?: string };

export interface Pasted {
  lines: PastedLine[];
  problems: PastedProblem[];
}

interface Cells {
  line: number;
  network: string;
  label: string;
}

/** Many more than a list has entries: some are covered by others. */
const MOST_LINES = 2_000;
/** An address, its length, a label and what is around them. */
const LONGEST_LINE = 2_000;
/** Others get their turn after so many networks, of which a range may give many. */
const PORTION = 20;

const MORE_COLUMNS = say(
  '貼り付けられるのは、アドレスとメモだけです。終了日などの列を除いて貼り付けてください。終了日は、追加したあとに、各行の「変更」から入力できます。',
);

const HEADER = /^(?:ip)?(?:アドレス|ネットワーク|address|network|cidr)/i;

/** Splits a line behind its first value; a quoted value may contain separators. */
const FIRST = /^(?:"((?:[^"]|"")*)"\s*|([^\t,，、]*))(?:[\t,，、]([^]*))?$/;
const ADDRESS_ALONE = /^[^/\-〜～−]+$/;
const LENGTH = /^\/?\d{0,3}$/;

/**
 * Reads lines `network,label`, or `アドレス,CIDR,メモ` as cybozu exports them, with or without a
 * header. Separators are commas, tabs, 、 and a space.
 */
export async function readPasted(text: string, allowPrivate = false): Promise<Pasted> {
  const all = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  if (all.length > MOST_LINES)
    return { lines: [], problems: [{ line: 0, sentence: tooMany(all.length) }] };
  const lines = all
    .map((content, place) => ({ line: place + 1, content: content.trim() }))
    .filter(({ content }) => content !== '')
    .map(({ line, content }) => ({ line, ...cellsOf(content) }));
  return readCells(lines, allowPrivate);
}

function tooMany(count: number): Sentence {
  return say(
    '{count}行あるため、読み取れません。一度に貼り付けられるのは{most}行までですので、分けて追加してください。',
    { most: MOST_LINES, count },
  );
}

async function readCells(all: Cells[], allowPrivate: boolean): Promise<Pasted> {
  const [first, ...rest] = all;
  const cells = first && HEADER.test(cleanCode(first.network)) ? rest : all;
  const pasted: Pasted = { lines: [], problems: [] };
  let [count, sinceTurn] = [0, 0];
  for (const { line, network, label: typed } of cells) {
    if (sinceTurn >= PORTION) sinceTurn = await nextTurn(0);
    const reading = readNetwork(network, allowPrivate);
    const found = reading.ok ? reading.networks.length : 0;
    count += found;
    sinceTurn += found + 1;
    if (count > MOST_GIVEN) return { lines: [], problems: [{ line, sentence: tooManyIn(count) }] };
    const label = cleanLine(typed);
    const wrong = label.includes('\t') ? MORE_COLUMNS : labelProblem(label);
    if (!reading.ok) pasted.problems.push({ line, ...problemOf(reading) });
    if (wrong) pasted.problems.push({ line, sentence: wrong });
    if (reading.ok && !wrong)
      pasted.lines.push({ line, networks: reading.networks, label, advice: reading.advice });
  }
  if (cells.length === 0)
    pasted.problems.push({ line: 0, sentence: say('登録するIPアドレスの行がありません。') });
  return pasted;
}

function tooManyIn(count: number): Sentence {
  return say(
    'ここまでで{count}件になります。登録できるのは{most}件までです。続いたアドレスは 198.51.100.0/24 のような範囲にまとめてください。',
    { most: MOST_ENTRIES, count },
  );
}

function problemOf({ sentence, offer }: Extract<ReturnType<typeof readNetwork>, { ok: false }>) {
  return offer === undefined ? { sentence } : { sentence, offer };
}

/** A line that is too long to be split is no address with a label. */
function cellsOf(content: string): Omit<Cells, 'line'> {
  if (content.length <= LONGEST_LINE) return split(content);
  const beginning = content.slice(0, LONGEST_LINE);
  return { network: beginning, label: beginning };
}

function split(content: string): Omit<Cells, 'line'> {
  const [network, rest] = firstOf(content);
  if (rest === undefined) return atSpace(network);
  const [second, behind = ''] = firstOf(rest);
  return assembled(network, second, behind, rest);
}

/** Splits `198.51.100.0/24 本社` at the space; `198.51.100.1 - 198.51.100.6` has no label. */
function atSpace(text: string): Omit<Cells, 'line'> {
  const [, network = text, label = ''] = /^(\S+)\s+([^\s\d\p{Pd}/~〜−ー][^]*)$/u.exec(text) ?? [];
  return { network, label: label.trim() };
}

/** The second cell holds the length of the network, or already the label. */
function assembled(
  address: string,
  second: string,
  behind: string,
  all: string,
): Omit<Cells, 'line'> {
  const bits = cleanCode(second);
  if (!LENGTH.test(bits) || (bits !== '' && !ADDRESS_ALONE.test(address)))
    return { network: address, label: unquoted(all) };
  const network = bits === '' ? address : `${address}/${bits.replace('/', '')}`;
  return { network, label: unquoted(behind) };
}

function firstOf(content: string): [first: string, rest: string | undefined] {
  const [, inQuotes, plain = '', rest] = FIRST.exec(content.trimStart()) ?? [];
  return [inQuotes === undefined ? plain.trim() : inQuotes.replaceAll('""', '"'), rest];
}

function unquoted(label: string): string {
  const trimmed = label.trim();
  const [, inside] = /^"((?:[^"]|"")*)"[\t,]*$/.exec(trimmed) ?? [];
  return (inside?.replaceAll('""', '"') ?? trimmed.replace(/(?<![\t,])[\t,]+$/, '')).trim();
}
