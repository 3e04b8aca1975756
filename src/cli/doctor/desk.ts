import type { EntityManager } from '@mikro-orm/postgresql';
import type { Config } from '../../config.js';
import { Operator } from '../../identity/operator.entity.js';
import { finder, type Finding } from './finding.js';

const { ok, warn } = finder('desk');

/** From where the desk's pages are reached, and whether somebody can look after its people. */
export async function deskFinding(
  em: EntityManager,
  { embedded, deskNetworks }: Config,
): Promise<Finding> {
  if (deskNetworks.length === 0)
    return ok('DESK_NETWORKS がないため、担当窓口のページ（/desk）は使えません。');
  const networks = deskNetworks.join(', ');
  if (!embedded && deskNetworks.some((network) => /\/0+$/.test(network)))
    return warn(
      'DESK_NETWORKS が {networks} のため、担当窓口のログインはどこからでも開けます。担当窓口のネットワークを指定してください。',
      { networks },
    );
  const operators = await em.find(Operator, { endedAt: null });
  if (!operators.some(({ role, isReady }) => role === 'lead' && isReady))
    return warn(
      'ログインできる責任者がいません。「genkan create-operator --role lead」で登録してください。または、「genkan operator reset」で設定のメールを送ってください。',
    );
  return ok('担当窓口のページは {networks} から開けます。オペレーターは{count}名です。', {
    networks,
    count: operators.length,
  });
}
