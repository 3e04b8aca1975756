import { page, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import { LINK_TITLES } from '../mailed-links/refused-links.js';
import type { FactorObjector } from './factor-objector.entity.js';
import type { FactorRemoval, RemovalOutcome } from '../second-factor/factor-removal.entity.js';

const OVER = say('この手続きは終わっています');
const STOPPED = say('この手続きは停止しています');

const TITLES = {
  ...LINK_TITLES,
  'link-replaced': say('このURLは、もうご利用いただけません'),
  'state-changed': say('この手続きはご利用いただけません'),
  'mailbox-changed': say('変更されたばかりのメールアドレスからは始められません'),
  'removal-running': say('お手続きはすでに始まっています'),
  'removal-over': OVER,
  'desk-decides': say('担当窓口が確認したお手続きです'),
  'case-at-desk': say('担当窓口が確認しています'),
};

/**
 * A link about a lost factor that leads nowhere any more, with the cause and the way on (410).
 * @param outcome of a removal that is over, as far as it has one
 * @param running the removal that the used link began
 * @param objector whose link it is, if it is one to object with
 */
export function lostFactorRefused(
  reason: keyof typeof TITLES,
  outcome: RemovalOutcome | null = null,
  running?: FactorRemoval,
  objector?: FactorObjector,
): Answer {
  const title = outcome === 'objected' ? STOPPED : TITLES[reason];
  const model = {
    reason,
    outcome,
    endsAt: running?.endsAt ?? null,
    about: objector ? objectionView(objector) : null,
    mayLogIn: objector?.account !== null,
  };
  return page('auth/lost-factor/refused', title, model, { status: 410 });
}

/** Whom an objection is about, and whether the objector has anything to log in to. */
export function objectionView({ account, removal }: FactorObjector) {
  return {
    person: removal.account.name,
    corporationName: removal.corporation.name,
    hasAccount: account !== null,
  };
}
