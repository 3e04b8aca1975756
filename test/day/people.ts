import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hashOf, newCookieSecret } from '../../src/auth/secrets.js';
import { readConfig } from '../../src/read-config.js';
import { root } from '../../src/root.js';
import type { Stage } from '../faults/stage.js';
import { Visitor } from '../support/browser.js';
import { CookieJar } from '../support/cookie-jar.js';

const COMPANIES = 20_000;
const PEOPLE_OF_ONE = 3;
export const PEOPLE = COMPANIES * PEOPLE_OF_ONE;
/** Companies beyond those with people: they register in the course of the day. */
const NEW_COMPANIES = 200;
const PASSWORD = 'genkan-demo-2026';

/** The first of each company is its administrator. */
const ACCOUNTS = `
  insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
    department, phone, email, email_key, password_hash, activated_at, last_sign_in_at)
  select c.id, case when m = 0 then 'administrator' else 'staff' end, 'active', p, p,
         '佐藤 花子', 'サトウ ハナコ', '総務部', '03-1234-5678', p || '@example.jp', p || '@example.jp',
         demo.password_hash, genkan_now() - interval '90 days', genkan_now() - interval '1 day'
  from generate_series(0, $1::int - 1) n,
       lateral (select n / $2::int as company, n % $2::int as m, 'p' || n as p) as person,
       corporations c, (select password_hash from accounts where login_id = 'sato-demo') as demo
  where c.corporate_number = (5000000 + company)::text`;

const ENVIRONMENTS = `
  insert into known_environments
  select a.id, format('100.%s.%s.0/24', 64 + n / $1::int / 256, n / $1::int % 256)::cidr, '', genkan_now() - interval '1 day'
  from accounts a, lateral (select substr(a.login_id, 2)::int as n) person
  where a.login_id ~ '^p\\d+$'`;

const DEVICES = `
  insert into devices (id, secret_hash, account_id, ends_at)
  select d.id, d.hash, a.id, genkan_now() + interval '29 days'
  from unnest($1::uuid[], $2::bytea[], $3::text[]) as d (id, hash, login_id)
  join accounts a using (login_id)`;

export interface Invoiced {
  corporateNumber: string;
  transferAccounts: string[];
}

/** The customers of an operator, and their browsers. */
export class People {
  readonly #devices: string[] = [];

  constructor(private readonly origin: string) {}

  /** Companies come by an import, people and their known browsers as rows. */
  async moveIn(stage: Stage): Promise<void> {
    await importCompanies(stage);
    await stage.pool.query(ACCOUNTS, [PEOPLE, PEOPLE_OF_ONE]);
    await stage.pool.query(ENVIRONMENTS, [PEOPLE_OF_ONE]);
    const devices = Array.from({ length: PEOPLE }, () => newCookieSecret());
    await stage.pool.query(DEVICES, [
      devices.map(({ id }) => id),
      devices.map(({ secret }) => hashOf(secret)),
      devices.map((_, n) => `p${n}`),
    ]);
    const key = readConfig(stage.environment).keyFor('known-browsers');
    this.#devices.push(...devices.map(({ id, cookie }, n) => `${cookie}.${claimOf(key, id, n)}`));
  }

  /** At the browser that this person uses every day. */
  atOwnBrowser(n: number): Visitor {
    const jar = new CookieJar();
    jar.cookies.set('__Host-device', { value: this.#devices[n]!, attributes: '' });
    return this.#at(n, jar);
  }

  /** In the own office, at a browser that nobody used before. */
  atNewBrowser(n: number): Visitor {
    return this.#at(n, new CookieJar());
  }

  stranger(turn: number): Visitor {
    return new Visitor(this.origin, { address: `203.${turn % 250}.113.${1 + (turn % 200)}` });
  }

  #at(n: number, jar: CookieJar): Visitor {
    const company = Math.floor(n / PEOPLE_OF_ONE);
    const address = `100.${64 + (company >> 8)}.${company & 255}.${10 + (n % PEOPLE_OF_ONE)}`;
    return new Visitor(this.origin, { address }, jar);
  }
}

export function credentials(n: number): Record<string, string> {
  return { loginId: `p${n}`, password: PASSWORD, next: '/' };
}

/** As it stands on the invoice of this person's company. */
export function invoiceOf(n: number): Invoiced {
  return invoice(Math.floor(n / PEOPLE_OF_ONE));
}

export function newCompany(turn: number): Invoiced {
  return invoice(COMPANIES + turn);
}

export function isAdministrator(n: number): boolean {
  return n % PEOPLE_OF_ONE === 0;
}

function invoice(company: number): Invoiced {
  return {
    corporateNumber: `${5_000_000 + company}`,
    transferAccounts: [`${1_000_000 + company}`],
  };
}

/** With it a browser waits among known ones; see `devices.ts` of the sign-in. */
function claimOf(key: Buffer, id: string, n: number): string {
  return createHmac('sha256', key).update(`${id} p${n}`).digest('base64url').slice(0, 22);
}

async function importCompanies(stage: Stage): Promise<void> {
  const lines = Array.from({ length: COMPANIES + NEW_COMPANIES }, (_, company) => {
    const { corporateNumber, transferAccounts } = invoice(company);
    const name = `株式会社さくら${company},サクラ`;
    return `${corporateNumber},${name},${transferAccounts[0]},keiri${company}@example.jp`;
  });
  const file = join(stage.folder, 'companies.csv');
  const header = 'corporate_number,name,name_kana,transfer_account_number,billing_email';
  await writeFile(file, [header, ...lines].join('\n'));
  const words = [join(root, 'dist/src/cli.js'), 'import-corporations', file];
  const env = { PATH: process.env.PATH, ...stage.environment };
  await promisify(execFile)(process.execPath, words, { cwd: root, env });
}
