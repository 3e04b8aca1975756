/** The check of a draft of addresses: it tries it on the sign-ins of the last 90 days. */
import { signInOf } from './application.ts';
import { addCompany } from './company.ts';
import { answerTime, inDatabase, type Round, type Stage } from './stage.ts';

const PEOPLE = 2_000;
const SIGN_INS = 100_000;
const ENTRIES = 500;

/** Each from an address of its own in one of 1,000 places, a fifth of them by IPv6. */
const PAST_SIGN_INS = `
  insert into audit_entries (at, corporation_id, account_id, act, reason, address)
  select genkan_now() - n * interval '80 days' / $2::int, $1,
         people.ids[1 + n % array_length(people.ids, 1)], 'sign-in', 'done',
         case when n % 5 = 0 then format('2001:db8:%s::%s', to_hex(n % 1000), to_hex(n / 1000))
              else format('%s.%s.%s.1', 100 + n % 1000 / 256, n % 1000 % 256, n / 1000) end::inet
  from generate_series(1, $2::int) n,
       (select array_agg(id) as ids from accounts where corporation_id = $1 and state = 'active') people`;

/** Networks of 34 lengths in half of these places; none contains another, as in a real draft. */
const DRAFT = `
  insert into ip_draft_entries (corporation_id, network, label)
  select $1, network(set_masklen(
           case when n % 5 = 0 then format('2001:db8:%s::', to_hex(n))
                else format('%s.%s.0.1', 100 + n / 256, n % 256) end::inet,
           case when n % 5 = 0 then 48 else 16 end + n % 17)), '拠点' || n
  from generate_series(1, $2::int) n`;

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
