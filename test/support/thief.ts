import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import { listExists } from './ip-lists.js';
import type { Corporation, Member } from './people.js';
import { signsIn } from './registration.js';
import { hasFactor } from './second-factor.js';
import { SoftwareKey } from './software-key.js';
import { leftBehind, takesOver, type LeftBehind } from './succession.js';

/** How many administrators the companies have in which everything is tried. */
export const SIZES = [1, 2, 5];

/** A company that a thief with its invoice wants, and its honest people. */
export interface Coveted extends LeftBehind {
  /** Another administrator; absent where 佐藤 is the only one. */
  kato: Member | undefined;
  /** More administrators, where a company has many. */
  others: Member[];
  hayashi: Member;
  yamada: Member;
  /** An administrator who was deleted last week. */
  former: Member;
  /** Somebody of the staff whom 佐藤 suspended. */
  suspended: Member;
}

/**
 * Everybody who is there before the thief comes; 佐藤 and 山田 are signed in.
 * @param withFactors 佐藤 and 林 have second factors
 */
export async function covetedCompany(
  running: RunningApp,
  administrators = 2,
  { withFactors = false } = {},
): Promise<Coveted> {
  const left = await leftBehind(running);
  const { corporation, sato } = left;
  const { people, pool } = running;
  const named = (login: string, name: string) => ({
    corporation,
    loginId: `${login}-${sato.loginId}`,
    name,
  });
  const kato =
    administrators > 1 ? await people.administratorExists(named('kato', '加藤 次郎')) : undefined;
  const others: Member[] = [];
  for (let place = 3; place <= administrators; place += 1)
    others.push(await people.administratorExists(named(`more-${place}`, `高橋 ${place}郎`)));
  const hayashi = await people.staffExists(named('hayashi', '林 三郎'));
  const yamada = await people.staffExists(named('yamada', '山田 太郎'));
  const former = await people.administratorExists(named('former', '前田 四郎'));
  const suspended = await people.staffExists(named('stopped', '石井 五郎'));
  await pool.query(
    `update accounts set state = 'deleted', deleted_from = 'active', deleted_by = $2,
            deleted_at = genkan_now() - interval '7 days' where id = $1`,
    [former.id, sato.id],
  );
  await pool.query(
    `update accounts set state = 'suspended', suspended_by = $2, suspended_at = genkan_now()
     where id = $1`,
    [suspended.id, sato.id],
  );
  if (withFactors)
    for (const member of [sato, hayashi]) {
      await hasFactor(running, member);
      await new SoftwareKey().isOf(running, member);
    }
  for (const member of [sato, yamada]) await signsIn(running.visitor(), member);
  await listExists(running, corporation, ['10.0.0.0/16'], { author: sato });
  return { ...left, kato, others, hayashi, yamada, former, suspended };
}

/** The thief proves a mailbox and signs in as soon as that is possible. */
export async function thiefSignsIn(running: RunningApp, coveted: Coveted): Promise<Visitor> {
  const thief = await takesOver(running, coveted);
  const hold = running.config.enrollmentHold;
  if (hold > 0) await running.clock.advance(`${hold / 1000} seconds`);
  await signsIn(thief, coveted.suzuki);
  return thief;
}

/**
 * What a company has, row by row: its people but the newcomers, their sessions and second factors,
 * invitations, changes of mail addresses, and its lists of addresses.
 */
export async function possessionsOf(
  { pool }: RunningApp,
  { id }: Corporation,
  newcomers: string[],
): Promise<Record<string, unknown[]>> {
  const honest = `(select a.id from accounts a where a.corporation_id = $1
                     and not (a.login_id_key = any($2)))`;
  const statements = {
    accounts: `select to_jsonb(a) as row from accounts a where a.id in ${honest} order by a.id`,
    // Written down once a minute, by a clock that no story stops.
    sessions: `select to_jsonb(s) - 'last_seen_at' as row from sessions s
               where s.account_id in ${honest} order by s.id`,
    apps: `select to_jsonb(t) as row from totp_secrets t where t.account_id in ${honest} order by t.id`,
    codes: `select to_jsonb(r) as row from recovery_codes r where r.account_id in ${honest} order by r.code_hash`,
    passkeys: `select to_jsonb(p) as row from passkeys p where p.account_id in ${honest} order by p.id`,
    invitations: `select to_jsonb(i) as row from invitations i where i.corporation_id = $1 and $2 is not null`,
    emailChanges: `select to_jsonb(c) as row from email_changes c where c.account_id in ${honest} order by c.id`,
    versions: `select to_jsonb(v) as row from ip_versions v
               where v.corporation_id = $1 and $2 is not null order by v.id`,
    entries: `select to_jsonb(e) as row from ip_entries e join ip_versions v on v.id = e.version_id
              where v.corporation_id = $1 and $2 is not null order by e.network`,
    corporation: `select to_jsonb(c) as row from corporations c where c.id = $1 and $2 is not null`,
  };
  const possessions: Record<string, unknown[]> = {};
  for (const [name, statement] of Object.entries(statements)) {
    const text = statement.replaceAll('$2 is not null', '$2::text[] is not null');
    const { rows } = await pool.query<{ row: unknown }>(text, [id, newcomers]);
    possessions[name] = rows.map(({ row }) => row);
  }
  return possessions;
}

/** Every act that finds something wrong in a company, as requests of a newcomer. */
export function closedActs({
  sato,
  hayashi,
  former,
  suspended,
}: Record<'sato' | 'hayashi' | 'former' | 'suspended', { id: string }>): [
  string,
  string,
  Record<string, string>?,
][] {
  const person = { name: '共犯 者', nameKana: 'キョウハン', department: '', phone: '' };
  const mailbox = 'thief@evil.example';
  return [
    ['see the details of somebody', `/accounts/${sato.id}`],
    ['take the mailbox of an administrator', `/accounts/${sato.id}/email`, { email: mailbox }],
    ['take the mailbox of staff', `/accounts/${hayashi.id}/email`, { email: mailbox }],
    ['demote', `/accounts/${sato.id}`, { ...person, role: 'staff', version: '1' }],
    ['promote', `/accounts/${hayashi.id}`, { ...person, role: 'administrator', version: '1' }],
    ['end sign-ins', `/accounts/${sato.id}`, { act: 'end-sessions' }],
    ['invite staff', '/accounts/new', { ...person, email: mailbox, role: 'staff' }],
    [
      'invite an administrator',
      '/accounts/new',
      { ...person, email: mailbox, role: 'administrator' },
    ],
    ['see invitations', '/accounts/invitations'],
    ['restore', `/accounts/${former.id}/restoration`, {}],
    ['release', `/accounts/${suspended.id}/suspension`, { act: 'release' }],
    ['see the export', '/accounts/export'],
    ['export', '/accounts/export', { encoding: 'utf-8' }],
    ['see the IP list', '/ip-restriction'],
    ['draft an IP list', '/ip-restriction/draft', { act: 'own', edition: '0' }],
    ['apply an IP list', '/ip-restriction/trial', { act: 'apply', list: 'draft', edition: '0' }],
    ['end a list', '/ip-restriction/ending', {}],
    ['take emergency tickets', '/ip-restriction/tickets/renewal', {}],
    ['see requests for addresses', '/ip-restriction/requests'],
    ['see cases', '/admin-enrollment/cases'],
    ['take a second factor off', `/accounts/${hayashi.id}/second-factor`, {}],
    ['change the policy', '/security/policy', { policy: 'nobody', before: 'administrators' }],
    ['read the log', '/log'],
    ['export the log', '/log/export', { format: 'ndjson' }],
  ];
}
