import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type RawBuilder } from 'kysely';
import { onceInTransaction } from './once-in-transaction.js';

/** A span of time in one unit. */
export type Span = { seconds: number } | { minutes: number } | { hours: number } | { days: number };

const MILLISECONDS = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/**
 * The database's time, the only one that deadlines are compared with. It stands still inside a
 * transaction.
 */
export function databaseNow(em: EntityManager): Promise<Date> {
  return onceInTransaction(em, askNow);
}

async function askNow(em: EntityManager): Promise<Date> {
  const [row] = await em.execute<{ now: Date }[]>('select genkan_now() as now');
  return row!.now;
}

export function after(moment: Date, span: Span): Date {
  return new Date(moment.getTime() + inMilliseconds(span));
}

/** The later of two times; the second one where there is no first. */
export function later(one: Date | null | undefined, other: Date): Date {
  return one && one > other ? one : other;
}

export function before(moment: Date, span: Span): Date {
  return new Date(moment.getTime() - inMilliseconds(span));
}

export const sqlNow: RawBuilder<Date> = sql<Date>`genkan_now()`;

export function sqlAfter(span: Span): RawBuilder<Date> {
  return sql<Date>`genkan_now() + ${inWords(span)}::interval`;
}

export function sqlBefore(span: Span): RawBuilder<Date> {
  return sql<Date>`genkan_now() - ${inWords(span)}::interval`;
}

function inMilliseconds(span: Span): number {
  const [unit, amount] = unitOf(span);
  return amount * MILLISECONDS[unit];
}

function inWords(span: Span): string {
  const [unit, amount] = unitOf(span);
  return `${amount} ${unit}`;
}

function unitOf(span: Span): [keyof typeof MILLISECONDS, number] {
  return Object.entries(span)[0] as [keyof typeof MILLISECONDS, number];
}
