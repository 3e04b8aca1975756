import type { LineProblem } from '../../web/csv/csv-file.js';
import { cleanCode } from '../../web/forms/fields.js';
import { say } from '../../web/sentence.js';
import { labelProblem } from './label.js';
import { readNetwork, type Offer } from './read-network.js';

/** One line that could be read; a range gives several networks with the same label. */
export interface PastedLine {
  line: number;
  networks: string[];
  label: string;
  advice: Offer | undefined;
}

/** A line that could not be read, possibly with the network that was probably meant. */
export type PastedProblem = LineProblem & { offer?: string };

export interface Pasted {
  lines: PastedLine[];
  problems: PastedProblem[];
}

interface Cells {
  line: number;
  network: string;
  label: string;
}

const HEADER = /^(?:ip)?(?:アドレス|ネットワーク|address|network|cidr)/i;

/** Splits a line behind its first value; a quoted value may contain separators. */
const FIRST = /^(?:"((?:[^"]|"")*)"\s*|([^\t,，、]*))(?:[\t,，、]([^]*))?$/;
const ADDRESS_ALONE = /^[^/\-〜～−]+$/;
const LENGTH = /^\/?\d{0,3}$/;

/**
 * Reads lines `network,label`, or `アドレス,CIDR,メモ` as cybozu exports them, with or without a
 * header. Separators are commas, tabs, 、 and a space.
 */
export function readPasted(text: string, allowPrivate = false): Pasted {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .map((content, place) => ({ line: place + 1, content }))
    .filter(({ content }) => content.trim() !== '')
    .map(({ line, content }) => ({ line, ...split(content) }));
  return readCells(lines, allowPrivate);
}

function readCells(all: Cells[], allowPrivate: boolean): Pasted {
  const [first, ...rest] = all;
  const cells = first && HEADER.test(cleanCode(first.network)) ? rest : all;
  const pasted: Pasted = { lines: [], problems: [] };
  for (const { line, network, label } of cells) {
    const reading = readNetwork(network, allowPrivate);
    const wrong = labelProblem(label);
    if (!reading.ok) pasted.problems.push({ line, ...problemOf(reading) });
    if (wrong) pasted.problems.push({ line, sentence: wrong });
    if (reading.ok && !wrong)
      pasted.lines.push({ line, networks: reading.networks, label, advice: reading.advice });
  }
  if (cells.length === 0)
    pasted.problems.push({ line: 0, sentence: say('登録するIPアドレスの行がありません。') });
  return pasted;
}

function problemOf({ sentence, offer }: Extract<ReturnType<typeof readNetwork>, { ok: false }>) {
  return offer === undefined ? { sentence } : { sentence, offer };
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
