/** The check of a draft of addresses: it tries it on the sign-ins of the last 90 days. */
import { signInOf } from './application.ts';
import { addCompany } from './company.ts';
import { answerTime, inDatabase, type Round, type Stage } from './stage.ts';

const PEOPLE = 2_000;
const SIGN_INS = 100_000;
const ENTRIES = 500;

/** Everybody from as many addresses as they signed in, a fifth of them by IPv6. */
const PAST_SIGN_INS = `
  insert into audit_entries (at, corporation_id, account_id, act, reason, address)
  select genkan_now() - n * interval '80 days' / $2::int, $1, people.ids[1 + n % array_length(people.ids, 1)],
         'sign-in', 'done',
         case when n % 5 = 0 then '2001:db8::'::inet + n * 4294967296 else '198.18.0.0'::inet + n end
  from generate_series(1, $2::int) n,
       (select array_agg(id) as ids from accounts where corporation_id = $1 and state = 'active') people`;

/** Networks of many lengths; they admit some of those who signed in. */
const DRAFT = `
  insert into ip_draft_entries (corporation_id, network, label)
  select $1, case when n % 5 = 0 then network(set_masklen('2001:db8::'::inet + n * 858993459200, 48 + n % 17))
                  else network(set_masklen('198.18.0.0'::inet + n * 256, 24 + n % 9)) end, '拠点' || n
  from generate_series(1, $2::int) n
  on conflict do nothing`;

export async function replay({ application, databaseUrl, seconds }: Stage): Promise<Round> {
  const { id, loginId } = await addCompany(databaseUrl, PEOPLE);
  await inDatabase(
    databaseUrl,
    [PAST_SIGN_INS, [id, SIGN_INS]],
    [`insert into ip_drafts (corporation_id, edited_by_name) values ($1, '')`, [id]],
    [DRAFT, [id, ENTRIES]],
    ['vacuum analyze'],
  );
  const headers = { Cookie: await application.signIn(signInOf(loginId)) };
  const check = { path: '/ip-restriction/draft/check', headers };
  return async (round) => round.add({ replay: await answerTime(application, check, seconds) });
}
