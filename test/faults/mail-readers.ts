import type { Pool } from 'pg';
import type { Application } from './application.js';

/** More people of the demo, each with a mailbox. @returns their mailboxes */
export async function mailReaders(
  pool: Pool,
  count: number,
  role: 'staff' | 'administrator' = 'staff',
): Promise<string[]> {
  const { rows } = await pool.query<{ email: string }>(
    `insert into accounts
     select (jsonb_populate_record(a, jsonb_build_object(
              'id', gen_random_uuid(), 'role', $2::text,
              'login_id', $2 || '-' || n, 'login_id_key', $2 || '-' || n,
              'email', $2 || '-' || n || '@minato.example',
              'email_key', $2 || '-' || n || '@minato.example'))).*
     from accounts a, generate_series(1, $1::int) as n
     where a.login_id = 'sato-demo' order by n
     returning email`,
    [count, role],
  );
  return rows.map(({ email }) => email);
}

/** Asks for a recovery mail. @returns milliseconds until the answer */
export async function asksForRecovery(application: Application, email: string): Promise<number> {
  const number = Number(/\d+/.exec(email)?.[0] ?? 0);
  const address = `198.51.${number >> 8}.${number & 255}`;
  const asked = await application.ask({ path: '/password-reset', form: { email }, address });
  if (asked.status !== 303) throw new Error(`The request was answered with ${asked.status}`);
  return asked.seconds * 1000;
}
