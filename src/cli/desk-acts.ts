import { AccountActs, type AccountActRefusal } from '../desk/accounts/account-acts.js';
import { CorporationClosing } from '../desk/corporations/corporation-closing.js';
import type { Environment } from '../read-config.js';
import { say, type Sentence } from '../web/sentence.js';
import { byOperator } from './by-operator.js';
import { done, refused } from './command-result.js';
import type { ActOptions, FreezeOptions } from './decision-options.js';

export type AccountCommand = 'end-waits' | 'release' | 'freeze' | 'end-sessions' | 'erase';

const REFUSALS: Record<AccountActRefusal, Sentence> = {
  'account-unknown': say('このログインIDのアカウントはありません。'),
  'state-changed': say(
    'このアカウントは、その操作のできる状態ではありません。「genkan account show」で確認してください。',
  ),
  'desk-decides': say(
    '異議申し立てのあったアカウントです。「genkan enrollment」で事案を判断してください。',
  ),
  'last-administrator': say(
    'ログインできる管理者がいなくなります。登録の事案があれば「genkan enrollment」で判断してください。なければ、先に別の管理者を登録してもらうか、法人の利用を終了してください。',
  ),
  'newcomer-alone': say(
    '確認期間中の管理者だけが残ります。先に「genkan enrollment」で事案を判断してください。',
  ),
  'removal-running': say(
    '2段階認証の解除のお手続きが進んでいます。その結果が出てから、操作してください。',
  ),
  'case-open': say('管理者の登録の事案の当事者です。事案を先に終えてください。'),
  'application-running': say(
    '登録の途中のアカウントです。「genkan enrollment」で事案を判断してください。',
  ),
  'case-at-desk': say(
    '異議申し立てのある事案があります。「genkan enrollment」で、事案を先に判断してください。',
  ),
};

const INDISPENSABLE: AccountActRefusal[] = ['last-administrator', 'newcomer-alone'];

const EMERGENCY = say(
  '盗まれたアカウントは、「--leaves-no-administrator」を付けると、ただちに停止できます。',
);
const WHAT_FOLLOWS = say(
  'この法人に管理者がいないあいだも、担当者の方はログインできます。ご本人を確認できたら「genkan account release」で再開してください。登録の事案があれば「genkan enrollment」で判断してください。それまでは、ご請求書の番号を知る方が/initiateから新規登録できます（ご請求先にお知らせします）。',
);

const ACTS = {
  'end-waits': 'endWaits',
  release: 'release',
  freeze: 'freeze',
  'end-sessions': 'endSessions',
  erase: 'erase',
} as const satisfies Record<AccountCommand, keyof AccountActs>;

const DONE: Record<AccountCommand, Sentence> = {
  'end-waits': say('パスワードと確認コードの失敗による待ち時間を終えました。'),
  release: say('利用を再開し、ログイン失敗による待ち時間を終えました。'),
  freeze: say(
    '利用を停止し、すべての端末からログアウトさせました。ご本人にメールでお知らせします。',
  ),
  'end-sessions': say('すべての端末からログアウトさせました。ご本人にメールでお知らせします。'),
  erase: say('アカウントを削除し、氏名と連絡先を消去しました。元には戻せません。'),
};

/** `genkan account end-waits`, `release`, `freeze`, `end-sessions` and `erase`. */
export function actOnAccount(command: AccountCommand) {
  return (environment: Environment, loginId: string, given: FreezeOptions) =>
    byOperator(environment, given, async (app, by) => {
      const { leavesNoAdministrator = false } = given;
      const act = ACTS[command];
      const acted = await app.get(AccountActs)[act]({ loginId }, by, leavesNoAdministrator);
      const isIndispensable = !acted.ok && INDISPENSABLE.includes(acted.reason);
      return acted.ok
        ? done([`${loginId}: `, DONE[command]], ...(leavesNoAdministrator ? [WHAT_FOLLOWS] : []))
        : refused(
            [`${loginId}: `, REFUSALS[acted.reason]],
            ...(command === 'freeze' && isIndispensable ? [EMERGENCY] : []),
          );
    });
}

/** `genkan corporation close` and `open`. */
export function changeCorporation(act: 'close' | 'open') {
  return (environment: Environment, number: string, given: ActOptions) =>
    byOperator(environment, given, async (app, by) => {
      const closing = app.get(CorporationClosing);
      const changed = await closing.change(act, { corporateNumber: number }, by);
      if (changed.ok) {
        const values = { name: changed.corporationName };
        return done(
          act === 'close'
            ? say('{name}の利用を終了し、全員をログアウトさせました。', values)
            : say('{name}の利用を再開しました。', values),
        );
      }
      return refused(
        changed.reason === 'corporation-unknown'
          ? say('法人番号 {number} の法人はありません。', { number })
          : say('法人番号 {number} の法人は、すでにその状態です。', { number }),
      );
    });
}
