/** What strangers could compare by the time of its answer: each case is two kinds of asks that are answered alike. */
import { createHash, randomBytes } from 'node:crypto';
import { Connection, cookiesOf, requestBytes, type Ask } from './connection.ts';
import { addHonestPeople, HonestPerson } from './honest-people.ts';
import { inDatabase, type Stage } from './stage.ts';

/** The ask of a round: nobody is asked about twice where that would change the answer. */
type Kind = (round: number) => Ask;

export interface EqualCase {
  name: string;
  kinds: [Kind, Kind];
  status: number;
}

const OWN = { corporateNumber: '2000002', transferAccountNumber: '2345678' };
const OTHERS = { corporateNumber: '3000003', transferAccountNumber: '3456789' };
const WRONG = { transferAccountNumber: '7654321' };
const NOBODY = { corporateNumber: '9000009' };

/** Compared at once; answers wait for a beat. */
export const SIGN_INS: EqualCase[] = [
  ['a wrong password', (n: number) => `equal-${n}`] as const,
  ['a login ID that waits', () => 'waiting-1'] as const,
  ['a suspended account', (n: number) => `suspended-${n}`] as const,
].map(([known, loginIdOf]) => ({
  name: `sign-in: ${known}, unknown login ID`,
  kinds: [(n) => signIn(loginIdOf(n)), (n) => signIn(`unknown-${n}`)],
  status: 422,
}));

/** While pairs are compared on the page. */
export async function casesOnPages(stage: Stage): Promise<EqualCase[]> {
  return [
    {
      name: 'recovery: known, unknown address',
      kinds: [(n) => recovery(`equal-${n}@example.jp`), (n) => recovery(`unknown-${n}@example.jp`)],
      status: 303,
    },
    {
      name: 'succession: wrong pair, no such company',
      kinds: [() => succession({ ...OWN, ...WRONG }), () => succession({ ...OWN, ...NOBODY })],
      status: 422,
    },
    ...behindLink('recovery', '/password-reset/numbers', await recoveryLink(stage)),
    ...behindLink('lost factor', '/lost-factor/numbers', await lostFactorLink(stage)),
  ];
}

/** While pairs are compared behind the mailed link. */
export const CASES_BY_MAIL: EqualCase[] = (
  [
    ['right, wrong pair', { ...OWN, ...WRONG }],
    ['right pair, no such company', { ...OWN, ...NOBODY }],
  ] as const
).map(([name, pair]) => ({
  name: `succession by mail: ${name}`,
  kinds: [() => succession(OWN), () => succession(pair)],
  status: 303,
}));

export async function prepareEqual({ databaseUrl }: Stage, rounds: number): Promise<void> {
  for (const name of ['equal', 'suspended']) await addHonestPeople(databaseUrl, rounds, name);
  for (const name of ['waiting', 'proving']) await addHonestPeople(databaseUrl, 1, name);
  const key = `login-id:${createHash('sha256').update('waiting-1').digest('base64url')}`;
  await inDatabase(
    databaseUrl,
    [`update accounts set state = 'suspended' where login_id like 'suspended-%'`],
    [
      `insert into waiting_times values ($1, 10, genkan_now(), genkan_now() + interval '1 hour')`,
      [key],
    ],
    ['vacuum analyze'],
  );
}

/** No limit on wrong pairs is reached. */
export const forgetPairs = ({ databaseUrl }: Stage) =>
  inDatabase(databaseUrl, [`delete from limit_counters where key like 'proof:%'`]);

/** For the rest of the hour pairs are compared behind the mailed link. */
export const alarm = ({ databaseUrl }: Stage) =>
  inDatabase(databaseUrl, [
    `insert into limit_counters (key, used, ends_at)
     values ('proof:failures', 1000, genkan_now() + interval '1 hour')
     on conflict (key) do update set used = excluded.used`,
  ]);

/** The right pair of a company that the link is not about is a wrong one. */
function behindLink(
  what: string,
  path: string,
  { link, cookie }: { link: string; cookie: string },
): EqualCase[] {
  const ask = (pair: typeof OWN) => (): Ask => ({
    method: 'POST',
    path,
    headers: { Cookie: cookie },
    form: { ...pair, link },
  });
  const wrong = ask({ ...OTHERS, ...WRONG });
  return [
    {
      name: `${what}: another company's pair, wrong pair`,
      kinds: [ask(OTHERS), wrong],
      status: 422,
    },
    {
      name: `${what}: wrong pair, no such company`,
      kinds: [wrong, ask({ ...OTHERS, ...NOBODY })],
      status: 422,
    },
  ];
}

function recoveryLink({ application: { port } }: Stage) {
  return new HonestPerson(port, 'proving-1').standsBehindLink();
}

async function lostFactorLink({ application: { port }, databaseUrl }: Stage) {
  const token = randomBytes(32).toString('base64url');
  const [row] = await inDatabase<{ id: string }>(databaseUrl, [
    `insert into mailed_links (purpose, subject, token_hash, ends_at)
     select 'lost-factor', id::text, $1, genkan_now() + interval '1 day'
     from accounts where login_id = 'sato-demo' returning id`,
    [createHash('sha256').update(token).digest()],
  ]);
  const connection = new Connection(port);
  const { head } = await connection.ask(requestBytes({ path: `/lost-factor/${token}` }));
  connection.close();
  return { link: row!.id, cookie: cookiesOf(head) };
}

function signIn(loginId: string): Ask {
  const form = { loginId, password: 'wrong-2026-password', next: '/' };
  return { method: 'POST', path: '/login', form };
}

function recovery(email: string): Ask {
  return { method: 'POST', path: '/password-reset', form: { email } };
}

function succession(pair: typeof OWN): Ask {
  return { method: 'POST', path: '/admin-enrollment/numbers', form: { ...pair, flow: '' } };
}
