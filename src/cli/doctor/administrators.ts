import type { EntityManager } from '@mikro-orm/postgresql';
import { tables } from '../../database/tables.js';
import { finder, type Finding } from './finding.js';

const { ok, warn } = finder('cases');

/** An objection or the desk may leave a company without an administrator, which is not to stay so. */
export async function administratorsFinding(em: EntityManager): Promise<Finding> {
  const { count } = await tables(em)
    .selectFrom('unadministered_corporations')
    .select((is) => is.cast<number>(is.fn.countAll(), 'integer').as('count'))
    .executeTakeFirstOrThrow();
  return count === 0
    ? ok('利用者のいるすべての法人に管理者がいます。')
    : warn(
        '利用者がいて管理者のいない法人が{count}件あります。「genkan enrollment list」で確認し、事案を判断してください。事案がなければ、新規登録（/initiate）をご案内ください。',
        { count },
      );
}
