/** People with a second factor, written straight into the database of the application. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as seals from '../../src/seal.ts';
import { signInOf } from './application.ts';
import { BROWSER, type Ask } from './connection.ts';
import { inDatabase } from './stage.ts';

/** More than can sign in while one measurement lasts, because a code counts once. */
const PEOPLE = 2_048;
const SEAL = new URL('../../dist/src/seal.js', import.meta.url);

const ADD = `
  with company as (
    insert into corporations (corporate_number, name, name_kana, billing_email)
    values ('bench-factor', '株式会社ベンチ', 'ベンチ', '') returning id),
  people as (
    insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
      email, email_key, password_hash, activated_at, second_factor_since)
    select company.id, case names.id when 'factor-0' then 'administrator' else 'staff' end,
           'active', names.id, names.id, '佐藤 花子', 'サトウ ハナコ',
           names.id || '@example.jp', names.id || '@example.jp', sato.password_hash,
           genkan_now(), genkan_now()
    from company, (select format('factor-%s', n) as id
                   from generate_series(0, $2::int - 1) n) names,
         accounts sato
    where sato.login_id = 'sato-demo'
    returning id),
  secrets as (
    insert into totp_secrets (account_id, sealed_secret, last_step) select id, $1, 0 from people)
  insert into known_environments (account_id, network, browser, last_seen_at)
  select id, '203.0.113.0/24', browser, genkan_now() from people, unnest(array['', md5($3)]) browser`;

export interface FactorPeople {
  /** The posts of their passwords, from where they came before: no mail tells of a new place. */
  asks: Ask[];
  /** What all of them share with their apps. */
  secret: Buffer;
  /** Lets the code of this moment count again. */
  renew(): Promise<unknown>;
}

/** @param folder the application's `DATA_DIR`, with the key that seals secrets */
export async function addFactorPeople(databaseUrl: string, folder: string): Promise<FactorPeople> {
  const { derived, Seal } = (await import(SEAL.href)) as typeof seals;
  const key = Buffer.from((await readFile(join(folder, 'secret.key'), 'utf8')).trim());
  const secret = randomBytes(20);
  const sealed = new Seal([derived(key, 'totp')]).seal({ secret: secret.toString('base64') });
  await inDatabase(databaseUrl, [ADD, [sealed, PEOPLE, BROWSER]], ['vacuum analyze']);
  const asks = Array.from({ length: PEOPLE }, (_, n) => signInOf(`factor-${n}`));
  const renew = () => inDatabase(databaseUrl, ['update totp_secrets set last_step = 0']);
  return { asks, secret, renew };
}
