import { say } from '../../web/sentence.js';

/** What acts are about: the choices of 「何を」 above a log. */
export const TOPICS = {
  'sign-in': say('ログイン・ログアウト'),
  own: say('本人の情報・パスワード'),
  'second-factor': say('2段階認証'),
  people: say('利用者'),
  administrators: say('管理者の登録・交代'),
  ip: say('IPアドレス制限'),
  files: say('ファイルのダウンロード'),
  mail: say('届かなかったメール'),
  contract: say('ご契約'),
  service: say('サービスの運用'),
};

export type LogTopic = keyof typeof TOPICS;

/** What an act on is shown as: a person of the company, or somebody who is invited. */
export interface ActWords {
  topic: LogTopic;
  done: ReturnType<typeof say>;
  /** How a try is told that did not succeed. */
  tried: ReturnType<typeof say>;
}
