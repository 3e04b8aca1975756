/** The account list of a small and of a large company. */
import { signInOf } from './application.ts';
import { addCompany, type Company } from './company.ts';
import type { Ask } from './connection.ts';
import type { Samples } from './samples.ts';
import { answerTime, inDatabase, type Round, type Stage } from './stage.ts';

const SMALL = 1_000;
/** A given name that one of 25 has. */
const COMMON_NAME = '花子';

/** What is looked at, by the name of its figures. */
type Views = Record<'listFirst' | 'listLast' | 'listCommon' | 'listRare', Ask>;

/** @param people of the large company */
export async function accountList(stage: Stage, samples: Samples, people: number): Promise<Round> {
  const started = performance.now();
  const small = await viewsOf(stage, SMALL);
  const large = await viewsOf(stage, people);
  const [size] = await inDatabase<{ mib: number }>(stage.databaseUrl, [
    'select pg_database_size(current_database()) / 1048576.0::float8 as mib',
  ]);
  const listFilled = (performance.now() - started) / 1000;
  samples.add({ listPeople: people, listFilled, listMib: size!.mib });
  const seconds = stage.seconds / 2;
  return async (round) => {
    round.add({ listSelect: await answerTime(stage.select, { path: '/' }, seconds) });
    for (const view of Object.keys(small) as (keyof Views)[]) {
      const atSmall = await answerTime(stage.application, small[view], seconds);
      const atLarge = await answerTime(stage.application, large[view], seconds);
      round.add({
        [`${view}Small`]: atSmall,
        [`${view}Large`]: atLarge,
        [`${view}Ratio`]: atLarge / atSmall,
      });
    }
  };
}

async function viewsOf({ application, databaseUrl }: Stage, people: number): Promise<Views> {
  const company = await addCompany(databaseUrl, people);
  const headers = { Cookie: await application.signIn(signInOf(company.loginId)) };
  const view = (query: Record<string, string> = {}) => {
    const path = `/accounts?${new URLSearchParams(query).toString()}`;
    return { path, headers };
  };
  return {
    listFirst: view(),
    listLast: view({ page: await lastPageOf(databaseUrl, company) }),
    listCommon: view({ q: COMMON_NAME }),
    listRare: view({ q: company.oneLoginId }),
  };
}

/** As the link to it: behind the 21st from the end. */
async function lastPageOf(databaseUrl: string, { id }: Company): Promise<string> {
  const [row] = await inDatabase<{ key: string; id: string }>(databaseUrl, [
    `select name_kana as key, id from accounts where corporation_id = $1 and state <> 'deleted'
     order by name_kana collate "C" desc, id desc offset 20 limit 1`,
    [id],
  ]);
  return Buffer.from(JSON.stringify(['after', 2, row!.key, row!.id])).toString('base64url');
}
