import { page, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import { LINK_TITLES } from '../mailed-links/refused-links.js';

const OVER = say('この手続きは終わっています');

const TITLES = {
  ...LINK_TITLES,
  'state-changed': say('この手続きはご利用いただけません'),
  'mailbox-changed': say('変更されたばかりのメールアドレスからは始められません'),
  'removal-running': say('お手続きはすでに始まっています'),
  'removal-over': OVER,
  'desk-decides': say('担当窓口が確認したお手続きです'),
};

/** A link about a lost factor that leads nowhere any more, with the cause and the way on (410). */
export function lostFactorRefused(reason: keyof typeof TITLES): Answer {
  return page('auth/lost-factor/refused', TITLES[reason], { reason }, { status: 410 });
}
