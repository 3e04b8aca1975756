import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Answer } from './http.js';
import { office } from './invitation.js';
import type { Corporation, Member } from './people.js';
import { signsIn } from './registration.js';
import type { Route } from './route.js';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** The routes of the running application, as `GET /accounts/:id`. */
export function routesOf(running: RunningApp): string[] {
  const express = running.app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  return express.router.stack.flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((name) => `${name.toUpperCase()} ${route.path}`) : [],
  );
}

/** A company with an administrator and somebody of its staff, both signed in, and what it owns. */
export interface Company {
  corporation: Corporation;
  administrator: Visitor;
  /** An administrator whom nobody approved yet. */
  newcomer: Visitor;
  staff: Visitor;
  own: Owned;
}

/** Ids by kind. */
type Owned = Readonly<Record<string, string>>;

type Making = (running: RunningApp, corporation: Corporation, by: Member) => Promise<string>;

/** Makes an object of each kind; `@kind` in the table of routes is its id. */
const kinds: Record<string, Making> = {
  account: async (running, corporation) => {
    people += 1;
    const given = { corporation, loginId: `someone-${people}`, name: '伊藤 美咲' };
    return (await running.people.staffExists(given)).id;
  },
  deleted: async (running, corporation) => {
    people += 1;
    const given = { corporation, loginId: `gone-${people}`, name: '伊藤 美咲' };
    const { id } = await running.people.staffExists(given);
    const deleted = `update accounts set state = 'deleted', deleted_at = genkan_now() where id = $1 returning id`;
    return insert(running, deleted, [id]);
  },
  case: (running, corporation, by) =>
    insert(
      running,
      `with made as (
         insert into enrollments (case_number, kind, state, corporation_id, account_id, corporate_number,
                                  applicant, applicant_email, address, activated_at, release_at, probation_ends_at)
         values (gen_random_uuid()::text, 'succession', 'running', $1, $2, $3, '髙橋 𠮷彦', 'takahashi@example.jp', '192.0.2.1',
               genkan_now(), genkan_now(), genkan_now() + interval '3 days') returning id)
       insert into witnesses (enrollment_id, account_id, ends_at)
       select id, $2, genkan_now() from made returning enrollment_id as id`,
      [corporation.id, by.id, corporation.corporateNumber],
    ),
  // It lets everybody in, so that nobody is kept from the other routes.
  ipVersion: (running, { id }, by) =>
    insert(
      running,
      `insert into ip_versions (corporation_id, number, restricts, author_id, author_name, trial_ends_at)
       values ($1, 1, false, $2, '佐藤 花子', genkan_now() + interval '1 hour') returning id`,
      [id, by.id],
    ),
  ipRequest: (running, { id }, by) =>
    insert(
      running,
      `insert into ip_requests (corporation_id, account_id, address, purpose, wanted_until)
       values ($1, $2, '192.0.2.1', '出張', genkan_now() + interval '1 day') returning id`,
      [id, by.id],
    ),
  invitation: (running, { id }, by) =>
    insert(
      running,
      `insert into invitations (corporation_id, invited_by, role, name, name_kana, department, phone,
                                email, email_key, ends_at)
       values ($1, $2, 'staff', '伊藤 美咲', '', '', '', 'ito@example.jp', 'ito@example.jp',
               genkan_now() + interval '1 day') returning id`,
      [id, by.id],
    ),
  removal: (running, { id }, by) =>
    insert(
      running,
      `insert into factor_removals (account_id, corporation_id, began_at, ends_at)
       values ($1, $2, genkan_now(), genkan_now() + interval '72 hours') returning id`,
      [by.id, id],
    ),
  session: (running, _, by) =>
    insert(
      running,
      `insert into sessions (id, secret_hash, account_id, address, browser, ends_at, failures_before)
       values (gen_random_uuid(), decode(md5('x'), 'hex'), $1, '192.0.2.1', '',
               genkan_now() + interval '1 hour', 0) returning id`,
      [by.id],
    ),
};

let people = 0;

async function insert(running: RunningApp, text: string, values: unknown[]): Promise<string> {
  const { rows } = await running.pool.query<{ id: string }>(text, values);
  return rows[0]!.id;
}

export async function companyOf(running: RunningApp): Promise<Company> {
  const { corporation, person: administrator, sato } = await office(running);
  people += 1;
  const given = { corporation, loginId: `staff-${people}`, name: '鈴木 一郎' };
  const suzuki = await running.people.staffExists(given);
  const staff = running.visitor();
  await signsIn(staff, suzuki);
  const newcomer = await newcomerOf(running, corporation);
  const own: Record<string, string> = {};
  for (const [kind, make] of Object.entries(kinds))
    own[kind] = await make(running, corporation, sato);
  return { corporation, administrator, newcomer, staff, own };
}

async function newcomerOf(running: RunningApp, corporation: Corporation): Promise<Visitor> {
  const given = { corporation, loginId: `newcomer-${people}`, name: '高橋 次郎' };
  const takahashi = await running.people.administratorExists(given);
  await running.pool.query(
    `update accounts set probation_ends_at = genkan_now() + interval '3 days' where id = $1`,
    [takahashi.id],
  );
  const newcomer = running.visitor();
  await signsIn(newcomer, takahashi);
  return newcomer;
}

/** As many ids as there are kinds, of nothing. */
export const absent: Owned = Object.fromEntries(
  Object.keys(kinds).map((kind) => [kind, '00000000-0000-4000-8000-00000000000a']),
);

/** True for routes that name an object of a company. */
export function namesObjects({ params, fields }: Route): boolean {
  return [...Object.values(params), ...Object.values(fields)].some((text) => text.startsWith('@'));
}

export const PARTIAL = { 'hx-request': 'true', 'hx-request-type': 'partial' };

/** The request of a route, about these objects. */
export async function asks(
  who: Visitor,
  name: string,
  { params, fields }: Route,
  objects: Owned,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const [method = '', pattern = ''] = name.split(' ');
  const meant = (text: string) => (text.startsWith('@') ? objects[text.slice(1)]! : text);
  const path = pattern.replace(/:(\w+)/g, (_, param: string) =>
    encodeURIComponent(meant(params[param]!)),
  );
  const filled = Object.fromEntries(
    Object.entries(fields).map(([field, text]) => [field, meant(text)]),
  );
  if (method === 'POST') return who.sends('POST', path, { fields: filled, headers });
  const query = new URLSearchParams(filled).toString();
  return who.sends('GET', query ? `${path}?${query}` : path, { headers });
}

/** An answer without its ids, numbers and time, which differ between any two. */
export function told({ status, headers, text }: Answer): string {
  return `${status} ${headers.location ?? ''}\n${text}`
    .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, 'ID')
    .replace(/[\da-f]{8}-[\da-f]{4}/g, 'NUMBER')
    .replace(/\d+時\d+分/g, 'TIME')
    .replace(/datetime="[^"]*"/g, 'datetime="TIME"');
}

/** Everything that is stored of a company, to see that nothing of it changed. */
export async function storedOf(running: RunningApp, { id }: Corporation): Promise<unknown> {
  const { rows } = await running.pool.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.column_name = 'corporation_id' and c.table_schema = 'public' and t.table_type = 'BASE TABLE'
       and c.table_name <> 'mail_deliveries' order by 1`,
  );
  const stored: Record<string, unknown[]> = {};
  for (const { name } of rows) {
    const found = await running.pool.query(
      `select * from ${name} where corporation_id = $1 order by 1`,
      [id],
    );
    stored[name] = found.rows;
  }
  return stored;
}
