import { TOPICS, type LogTopic } from '../audit/words/topics.js';
import { DAY_MS } from '../durations.js';
import { cleanCode } from '../web/forms/fields.js';
import { normalForm } from '../web/forms/normal-form.js';
import type { Problem } from '../web/forms/forms.js';
import { parseAddress } from '../web/requests/client-address.js';
import type { Role } from '../identity/role.js';
import { say } from '../web/sentence.js';
import { dayInTokyo } from '../web/texts.js';
import type { LogCriteria } from './query/log-criteria.js';

/** The fields above a log, as somebody filled them. */
interface LogFields {
  who: string;
  what: string;
  since: string;
  until: string;
  address: string;
}

export type LogFilter = Pick<LogCriteria, 'topic' | 'since' | 'until' | 'address'> & {
  fields: LogFields;
  problems: Problem[];
};

const LONGEST = 100;
const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;

const NO_FIRST_DAY = say('始まりの日は、2026-11-23のように入力してください。');
const NO_LAST_DAY = say('終わりの日は、2026-11-23のように入力してください。');
const NO_SPAN = say('終わりの日は、始まりの日以降にしてください。');
const NO_ADDRESS = say(
  'IPアドレスは、203.0.113.5のように1つだけ入力してください。範囲では検索できません。',
);
const NO_TOPIC = say('操作の種類は、一覧から選んでください。');

/** The choices of 「何を」 of a company; the desk reads of the service too. */
export const COMPANY_TOPICS: LogTopic[] = (Object.keys(TOPICS) as LogTopic[]).filter(
  (topic) => topic !== 'service',
);

/** The choices above the own lines: nobody at a customer changes the contract. */
export const OWN_TOPICS: Record<Role, LogTopic[]> = {
  administrator: COMPANY_TOPICS.filter((topic) => topic !== 'contract'),
  staff: ['sign-in', 'own', 'second-factor', 'people', 'ip'],
};

/** From a query string or a form; every value that cannot be understood is a problem with a sentence. */
export function readFilter(
  given: Readonly<Record<string, unknown>>,
  topics = COMPANY_TOPICS,
): LogFilter {
  const fields = fieldsOf(given);
  const [since, until] = [startOf(fields.since), startOf(fields.until)];
  const topic = topics.find((known) => known === fields.what);
  const address = addressIn(fields.address);
  const problems: (Problem | false)[] = [
    fields.what !== '' && !topic && { name: 'what', sentence: NO_TOPIC },
    fields.since !== '' && !since && { name: 'since', sentence: NO_FIRST_DAY },
    fields.until !== '' && !until && { name: 'until', sentence: NO_LAST_DAY },
    since !== undefined &&
      until !== undefined &&
      until < since && { name: 'until', sentence: NO_SPAN },
    fields.address !== '' && !address && { name: 'address', sentence: NO_ADDRESS },
  ];
  const end = until && new Date(until.getTime() + DAY_MS);
  return {
    fields,
    topic,
    since,
    until: end,
    address,
    problems: problems.filter((each) => each !== false),
  };
}

export function isNarrowed({ fields }: { fields: object }): boolean {
  return Object.values<string>({ ...fields }).some((value) => value !== '');
}

/** By days or an address. */
export function isNarrowedFurther({ fields: { since, until, address } }: LogFilter): boolean {
  return `${since}${until}${address}` !== '';
}

/** @param more what is not typed: the page */
export function logPath(
  path: string,
  { fields }: { fields: object },
  more: Record<string, string> = {},
) {
  const given = Object.entries<string>({ ...fields, ...more }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(given).toString();
  return query ? `${path}?${query}` : path;
}

function fieldsOf(given: Readonly<Record<string, unknown>>): LogFields {
  const field = (name: string) => {
    const value = given[name];
    if (typeof value !== 'string') return '';
    return value.replaceAll('\0', '').slice(0, LONGEST).toWellFormed().trim();
  };
  const [since, until] = [field('since'), field('until')].map(isoDay);
  const address = addressIn(field('address')) ?? field('address');
  return { who: field('who'), what: field('what'), since: since!, until: until!, address };
}

/** As fields for days have it; what is no day stays as it was typed. */
function isoDay(typed: string): string {
  const [, year, month, day] = DAY.exec(normalForm(typed)) ?? [];
  return year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : typed;
}

/** The first moment of a day in Japan. */
function startOf(day: string): Date | undefined {
  const start = new Date(`${day}T00:00:00+09:00`);
  const isDay = !Number.isNaN(start.getTime()) && dayInTokyo(start) === day;
  return isDay && /^(?:19|20|21)/.test(day) ? start : undefined;
}

function addressIn(typed: string): string | undefined {
  return parseAddress(cleanCode(typed))?.toString();
}
