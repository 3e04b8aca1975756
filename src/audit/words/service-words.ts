import { say } from '../../web/sentence.js';
import type { ActWords } from './topics.js';

/** The acts of no company: the desk reads them. */
export const SERVICE_WORDS = {
  'proof-alarm': {
    topic: 'service',
    done: say('番号の誤りが多いため、確認をメールに切り替えました'),
    tried: say('番号の誤りが多いため、確認をメールに切り替えました'),
  },
  'master-data-import': {
    topic: 'service',
    done: say('法人の一覧を取り込みました'),
    tried: say('法人の一覧を取り込もうとしました'),
  },
  'invoice-import': {
    topic: 'service',
    done: say('ご請求書の一覧を取り込みました'),
    tried: say('ご請求書の一覧を取り込もうとしました'),
  },
  'notices-change': {
    topic: 'service',
    done: say('TOPページのお知らせを変更しました'),
    tried: say('TOPページのお知らせを変更しようとしました'),
  },
  'applications-change': {
    topic: 'service',
    done: say('TOPページのサービスを変更しました'),
    tried: say('TOPページのサービスを変更しようとしました'),
  },
  'log-retention': {
    topic: 'service',
    done: say('保存期間を過ぎた記録を消去しました'),
    tried: say('保存期間を過ぎた記録を消去しようとしました'),
  },
  'mail-search': {
    topic: 'service',
    done: say('メールの送信の記録を調べました'),
    tried: say('メールの送信の記録を調べようとしました'),
  },
  'key-rotation': {
    topic: 'service',
    done: say('暗号鍵を新しいものに替えました'),
    tried: say('暗号鍵を新しいものに替えようとしました'),
  },
} satisfies Record<string, ActWords>;
