import type { EntityManager } from '@mikro-orm/postgresql';
import type { Config } from '../../config.js';
import { approvedAdministrators } from '../../corporations/hold-corporation.js';
import { tables } from '../../database/tables.js';
import { say } from '../../web/sentence.js';
import { timeline, type Timeline } from '../../web/timeline.js';
import type { SignedIn } from './sessions.js';

/** A newcomer's way to all rights. */
interface ProbationView {
  /** Null where the desk ends it, and not time. */
  line: Timeline | null;
  /** Somebody of the company can approve the newcomer. */
  hasApprovers: boolean;
}

/** Null for everybody else. */
export async function probationOf(
  em: EntityManager,
  person: SignedIn,
  config: Config,
): Promise<ProbationView | null> {
  if (!person.isNewcomer) return null;
  const line = (await waitsForDesk(em, person)) ? null : lineOf(person, config);
  const hasApprovers = (await approvedAdministrators(em, person.corporationId)).length > 0;
  return { line, hasApprovers };
}

/** Nobody could be told of the newcomer. */
async function waitsForDesk(em: EntityManager, { accountId }: SignedIn): Promise<boolean> {
  const waiting = await tables(em)
    .selectFrom('enrollments')
    .where('account_id', '=', accountId)
    .where('state', '=', 'running')
    .where('untold_since', 'is not', null)
    .select('id')
    .execute();
  return waiting.length > 0;
}

function lineOf(
  { probationEndsAt: at, now }: SignedIn,
  { enrollmentProbation }: Config,
): Timeline | null {
  if (!at) return null;
  return timeline(now, [
    { label: say('確認期間の開始'), at: new Date(at.getTime() - enrollmentProbation) },
    { label: say('確認期間の終了'), at },
  ]);
}
