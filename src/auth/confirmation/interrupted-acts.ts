import { routedPath } from '../../web/own-path.js';
import { say, type Sentence } from '../../web/sentence.js';

/** What the question before an act goes on with, by its path; other pages do several things. */
const ACTS: [RegExp, Sentence][] = [
  [/^\/me\/second-factor\/exchange$/, say('新しいスマートフォンへの切り替え')],
  [/^\/me\/second-factor\/removal$/, say('2段階認証の解除')],
  [/^\/me\/second-factor\/totp$/, say('認証アプリの設定')],
  [/^\/me\/second-factor\/passkeys$/, say('パスキーの追加と名前の変更')],
  [/^\/me\/second-factor\/passkeys\/[^/]+\/removal$/, say('パスキーの削除')],
  [/^\/me\/second-factor\/recovery-codes\/renewal$/, say('リカバリーコードの再発行')],
  [/^\/me\/email$/, say('メールアドレスの変更')],
  [/^\/accounts\/[^/]+\/second-factor$/, say('ほかの方の2段階認証の解除')],
  [/^\/accounts\/[^/]+\/email$/, say('メールアドレスの変更の依頼')],
  [/^\/accounts\/deletion$/, say('利用者の削除')],
  [/^\/accounts\/invitations$/, say('招待の再送・取り消し')],
  [/^\/accounts\/new$/, say('利用者の追加')],
  [/^\/accounts\/invitations\/import\/confirmation$/, say('利用者の追加')],
  [/^\/accounts\/[^/]+\/(?:suspension|restoration)$/, say('利用の停止・再開')],
  [/^\/accounts\/[^/]+$/, say('登録内容や権限の変更')],
  [/^\/admin-enrollment\/cases\/[^/]+\/approval$/, say('管理者の追加登録の承認')],
  [/^\/desk\/operators\/[^/]+$/, say('オペレーターの追加・変更')],
  [/^\/security\/policy$/, say('2段階認証の設定の変更')],
  [/^\/desk\/me\/second-factor$/, say('2段階認証の方法の削除')],
  [/^\/desk\/me\/second-factor\/app$/, say('認証アプリの設定')],
  [/^\/desk\/me\/second-factor\/passkey$/, say('パスキーの追加')],
  [/^\/desk\/me\/recovery-codes$/, say('リカバリーコードの再発行')],
  [/^\/desk\/cases\/[^/]+\/decisions\/[^/]+$/, say('事案の判断')],
  [/^\/desk\/imports\/[^/]+$/, say('ファイルの取り込み')],
  [/^\/ip-restriction\/tickets\/renewal$/, say('緊急用チケットの発行')],
];

export function interruptedAct(action: string): Sentence | null {
  const path = routedPath(action);
  return ACTS.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
