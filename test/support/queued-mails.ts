import { EntityManager } from '@mikro-orm/postgresql';
import { inTransaction } from '../../src/database/transaction.js';
import { Mails } from '../../src/mail/mails.js';
import { MemberMails } from '../../src/mail/member-mails.js';
import type { RunningApp } from './app.js';
import { until } from './until.js';

export const addressee = (name: string) =>
  ({
    email: `${name}@example.jp`,
    name: '佐藤 花子',
    corporationName: '株式会社さくら',
    language: 'ja',
  }) as const;

/** An administrator ended the sign-ins of these people. */
export async function notices({ app }: RunningApp, ...names: string[]): Promise<void> {
  for (const name of names)
    await inTransaction(app.get(EntityManager), () =>
      app.get(MemberMails).sessionsEnded(addressee(name), { by: '鈴木' }),
    );
}

/** Somebody waits for these. */
export async function codes({ app }: RunningApp, ...addresses: string[]): Promise<void> {
  for (const address of addresses)
    await inTransaction(app.get(EntityManager), () => app.get(Mails).test(address));
}

export async function stateBecomes(
  { pool }: RunningApp,
  email: string,
  state: string,
): Promise<void> {
  const text = 'select from mail_deliveries where recipient = $1 and state = $2';
  await until(async () => (await pool.query(text, [email, state])).rowCount !== 0);
}

/** Of the mails that came, but for so many at the beginning. */
export function recipients({ mailbox }: RunningApp, from: number): string[] {
  return mailbox
    .all()
    .slice(from)
    .map(({ to }) => to);
}
