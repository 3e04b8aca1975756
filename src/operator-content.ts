import { createHash } from 'node:crypto';
import { isActingPath } from './acting-paths.js';
import { isObject, jsonIn } from './json-files.js';

type Role = 'staff' | 'administrator';

/** A tile of the TOP page that leads to a system of the operator. */
export interface ApplicationTile {
  name: string;
  nameEn?: string;
  text?: string;
  textEn?: string;
  url: string;
  icon?: (typeof ICONS)[number];
  /** Everybody sees it when absent. */
  roles?: Role[];
}

/** Days are in Japanese time, as `2026-12-31`; both are shown. */
export interface OperatorNotice {
  title: string;
  titleEn?: string;
  text: string;
  textEn?: string;
  from?: string;
  until?: string;
  roles?: Role[];
}

/** By the part of the TOP page. */
export interface ContentEntries {
  applications: ApplicationTile;
  notices: OperatorNotice;
}

export type ContentKind = keyof ContentEntries;

export const ICONS = ['document', 'invoice', 'building', 'chart', 'link'] as const;
/** What an entry is known by, wherever it stands in the list and whoever stores it. */
export function entryMark(entry: ContentEntries[ContentKind]): string {
  const fields = Object.entries(entry).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url');
}

const ROLES = ['staff', 'administrator'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const NOWHERE = 'https://genkan.invalid';

type Check = [says: string, isRight: (value: unknown) => boolean];

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';
const text: Check = ['must be a text', isText];
const optional = ([says, isRight]: Check): Check => [
  says,
  (value) => value === undefined || isRight(value),
];
const day: Check = [
  'must be a day such as 2026-12-31',
  (value) => typeof value === 'string' && DAY.test(value) && isOnCalendar(value),
];
/** 31 February would be 3 March. */
export function isOnCalendar(value: string): boolean {
  const moment = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(+moment) && moment.toISOString().startsWith(value);
}

/** A path of ours, or an address that nobody on the way can change. */
export function isSafeUrl(value: string): boolean {
  // Browsers read a backslash as a slash, and people read what is behind it as the host.
  if (/[\s\\]/.test(value)) return false;
  if (/^\/(?!\/|%2f|%5c)/i.test(value)) return true;
  // Without its slashes the address would count from the page's own.
  if (!/^https:\/\//i.test(value)) return false;
  const url = URL.parse(value);
  return url !== null && url.username === '' && url.password === '';
}

const address: Check = [
  'must be a path or an https address, without a password',
  (value) => typeof value === 'string' && isSafeUrl(value),
];
const roles: Check = [
  `must be a list of ${ROLES.join(', ')}`,
  (value) => Array.isArray(value) && value.every((role) => ROLES.includes(role as string)),
];
const icon: Check = [
  `must be one of ${ICONS.join(', ')}`,
  (value) => ICONS.includes(value as (typeof ICONS)[number]),
];

const APPLICATION: Record<keyof ApplicationTile, Check> = {
  name: text,
  nameEn: optional(text),
  text: optional(text),
  textEn: optional(text),
  url: address,
  icon: optional(icon),
  roles: optional(roles),
};

const NOTICE: Record<keyof OperatorNotice, Check> = {
  title: text,
  titleEn: optional(text),
  text,
  textEn: optional(text),
  from: optional(day),
  until: optional(day),
  roles: optional(roles),
};

/**
 * @param ownUrl where Genkan itself is; absent where only paths can be known as its own
 * @throws Error that names the entry and the field
 */
export function applicationsIn(file: string, ownUrl = NOWHERE): ApplicationTile[] {
  const tiles = entriesOf<ApplicationTile>(file, APPLICATION);
  for (const [place, { url }] of tiles.entries())
    if (isActingPath(url, ownUrl))
      throw new Error(
        `entry ${place + 1}: "url" leads to an address of Genkan where something is done, such as a log-out, and to no page that customers can open at any time`,
      );
  return tiles;
}

/** @throws Error that names the entry and the field */
export function noticesIn(file: string): OperatorNotice[] {
  const notices = entriesOf<OperatorNotice>(file, NOTICE);
  for (const [place, { from, until }] of notices.entries())
    if (from !== undefined && until !== undefined && until < from)
      throw new Error(`entry ${place + 1}: "until" is before "from"`);
  return notices;
}

function entriesOf<T>(file: string, checks: Record<string, Check>): T[] {
  const entries = jsonIn(file);
  if (!Array.isArray(entries)) throw new Error('must hold a JSON array');
  for (const [place, entry] of entries.entries()) refuseWrong(entry, place + 1, checks);
  return entries as T[];
}

function refuseWrong(entry: unknown, place: number, checks: Record<string, Check>): void {
  if (!isObject(entry)) throw new Error(`entry ${place} is no object`);
  for (const name of Object.keys(entry))
    if (!Object.hasOwn(checks, name))
      throw new Error(`entry ${place} has the unknown field "${name}"`);
  for (const [name, [says, isRight]] of Object.entries(checks))
    if (!isRight(entry[name])) throw new Error(`entry ${place}: "${name}" ${says}`);
}
