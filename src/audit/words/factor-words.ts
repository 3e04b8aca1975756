import { say } from '../../web/sentence.js';
import type { Act } from '../acts.js';
import type { ActWords } from './topics.js';

/** The acts about second factors: one's own, a lost one, those that a company asks. */
export const FACTOR_WORDS = {
  'second-factor-setup': {
    topic: 'second-factor',
    done: say('2段階認証を設定しました'),
    tried: say('2段階認証を設定しようとしました'),
  },
  'second-factor-removal': {
    topic: 'second-factor',
    done: say('2段階認証の設定を解除しました'),
    tried: say('2段階認証の設定を解除しようとしました'),
  },
  'second-factor-exchange': {
    topic: 'second-factor',
    done: say('認証アプリを新しいものに切り替えました'),
    tried: say('認証アプリを新しいものに切り替えようとしました'),
  },
  'passkey-addition': {
    topic: 'second-factor',
    done: say('パスキーを追加しました'),
    tried: say('パスキーを追加しようとしました'),
  },
  'passkey-removal': {
    topic: 'second-factor',
    done: say('パスキーを削除しました'),
    tried: say('パスキーを削除しようとしました'),
  },
  'passkey-renaming': {
    topic: 'second-factor',
    done: say('パスキーの名前を変更しました'),
    tried: say('パスキーの名前を変更しようとしました'),
  },
  'passkey-copy': {
    topic: 'second-factor',
    done: say('複製が疑われるパスキーで確認しようとし、受け付けられませんでした'),
    tried: say('複製が疑われるパスキーで確認しようとしました'),
  },
  'second-factor-test': {
    topic: 'second-factor',
    done: say('2段階認証を試しました'),
    tried: say('2段階認証を試そうとしました'),
  },
  'second-factor-report': {
    topic: 'second-factor',
    done: say('お心当たりのない2段階認証として届け出て、2段階認証を解除しました'),
    tried: say('お心当たりのない2段階認証として届け出ようとしました'),
  },
  'recovery-codes': {
    topic: 'second-factor',
    done: say('リカバリーコードを新しく発行しました'),
    tried: say('リカバリーコードを新しく発行しようとしました'),
  },
  'trust-end': {
    topic: 'second-factor',
    done: say('確認コードを省略する端末の登録を取り消しました'),
    tried: say('確認コードを省略する端末の登録を取り消そうとしました'),
  },
  'lost-factor-request': {
    topic: 'second-factor',
    done: say('2段階認証を使えなくなったときのメールを求めました'),
    tried: say('2段階認証を使えなくなったときのメールを求めようとしました'),
  },
  'lost-factor': {
    topic: 'second-factor',
    done: say('使えなくなった2段階認証の解除のお手続きを始めました'),
    tried: say('使えなくなった2段階認証の解除のお手続きを始めようとしました'),
  },
  'factor-word-end': {
    topic: 'second-factor',
    done: say('{subject}の2段階認証の解除について、担当窓口の1人目の判断の効力がなくなりました'),
    tried: say('{subject}の2段階認証の解除について、担当窓口の1人目の判断を取り消そうとしました'),
  },
  'lost-factor-objection': {
    topic: 'second-factor',
    done: say('{subject}の2段階認証の解除に異議を申し立てました'),
    tried: say('{subject}の2段階認証の解除に異議を申し立てようとしました'),
  },
  'lost-factor-cancellation': {
    topic: 'second-factor',
    done: say('2段階認証の解除のお手続きを取り消しました'),
    tried: say('2段階認証の解除のお手続きを取り消そうとしました'),
  },
  'lost-factor-end': {
    topic: 'second-factor',
    done: say('{subject}の2段階認証の解除のお手続きが終わりました'),
    tried: say('{subject}の2段階認証の解除のお手続きを終えようとしました'),
  },
  'lost-factor-enrolment': {
    topic: 'second-factor',
    done: say('使えなくなった2段階認証の代わりを設定するページを開きました'),
    tried: say('使えなくなった2段階認証の代わりを設定するページを開こうとしました'),
  },
  'second-factor-policy': {
    topic: 'second-factor',
    done: say('2段階認証を求める方の設定を変更しました'),
    tried: say('2段階認証を求める方の設定を変更しようとしました'),
  },
} satisfies Record<string, ActWords>;

/** Rows of former versions tell of a passkey in their facts alone. */
const FORMER_PASSKEY_ACTS: Partial<Record<Act, keyof typeof FACTOR_WORDS>> = {
  'second-factor-setup': 'passkey-addition',
  'second-factor-removal': 'passkey-removal',
};

export function actTold({ act, facts }: { act: Act; facts: Record<string, unknown> }): Act {
  return facts.factor === 'passkey' ? (FORMER_PASSKEY_ACTS[act] ?? act) : act;
}
