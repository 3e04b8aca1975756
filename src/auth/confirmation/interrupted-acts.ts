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
  [/^\/accounts\/invitations cancel$/, say('招待の取り消し')],
  [/^\/accounts\/invitations send-again$/, say('招待のメールの再送')],
  [/^\/accounts\/new$/, say('利用者の追加')],
  [/^\/accounts\/invitations\/import\/confirmation$/, say('利用者の追加')],
  [/^\/accounts\/[^/]+\/suspension suspend$/, say('利用の停止')],
  [/^\/accounts\/[^/]+\/suspension release$/, say('利用の再開')],
  [/^\/accounts\/[^/]+\/restoration$/, say('削除の取り消し')],
  [/^\/accounts\/[^/]+$/, say('登録内容や権限の変更')],
  [/^\/admin-enrollment\/cases\/[^/]+\/approval$/, say('管理者の追加登録の承認')],
  [/^\/desk\/operators\/new\b/, say('オペレーターの追加')],
  [/^\/desk\/operators\/[^/]+ reset$/, say('オペレーターの設定のやり直し')],
  [/^\/desk\/operators\/[^/]+ end$/, say('オペレーターの利用の終了')],
  [/^\/desk\/operators\/[^/]+ lead$/, say('責任者にする変更')],
  [/^\/desk\/operators\/[^/]+ clerk$/, say('責任者でなくする変更')],
  [/^\/desk\/operators\/[^/]+$/, say('オペレーターの変更')],
  [/^\/security\/policy$/, say('2段階認証の設定の変更')],
  [/^\/desk\/me\/second-factor$/, say('2段階認証の方法の削除')],
  [/^\/desk\/me\/second-factor\/app$/, say('認証アプリの設定')],
  [/^\/desk\/me\/second-factor\/passkey$/, say('パスキーの追加')],
  [/^\/desk\/me\/recovery-codes$/, say('リカバリーコードの再発行')],
  [/^\/desk\/cases\/[^/]+\/decisions\/uphold$/, say('登録の承認')],
  [/^\/desk\/cases\/[^/]+\/decisions\/dismiss$/, say('登録の取り消し')],
  [/^\/desk\/cases\/[^/]+\/decisions\/give$/, say('管理者の指名')],
  [/^\/desk\/cases\/[^/]+\/decisions\/confirm$/, say('指名の確認')],
  [/^\/desk\/cases\/[^/]+\/decisions\/remove-factor$/, say('2段階認証の解除')],
  [/^\/desk\/cases\/[^/]+\/decisions\/[^/]+$/, say('事案の判断')],
  [/^\/desk\/applications\/new$/, say('TOPページのサービスの追加')],
  [/^\/desk\/notices\/new$/, say('TOPページのお知らせの追加')],
  [/^\/desk\/applications(?:\/[^/]+)?$/, say('TOPページのサービスの変更')],
  [/^\/desk\/notices(?:\/[^/]+)?$/, say('TOPページのお知らせの変更')],
  [/^\/desk\/imports\/[^/]+$/, say('ファイルの取り込み')],
  [/^\/ip-restriction\/tickets\/renewal$/, say('緊急用チケットの発行')],
];

/** @param deed the value of the form's field `act`, where one page has several */
export function interruptedAct(action: string, deed = ''): Sentence | null {
  const path = routedPath(action);
  return (deed && named(`${path} ${deed}`)) || named(path) || null;
}

function named(text: string): Sentence | undefined {
  return ACTS.find(([pattern]) => pattern.test(text))?.[1];
}
