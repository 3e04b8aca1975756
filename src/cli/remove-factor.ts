import { RemovalBeginning, type RemovalRefusal } from '../auth/lost-factor/removal-beginning.js';
import { loginIdKey } from '../identity/login-id.js';
import { SECOND_WORD_REFUSALS } from '../identity/second-word-refusals.js';
import type { Environment } from '../read-config.js';
import { say, type Sentence } from '../web/sentence.js';
import { byOperator, refusalFor } from './by-operator.js';
import { done, refused, type CommandResult } from './command-result.js';
import type { ActOptions } from './decision-options.js';

const REFUSALS: Record<RemovalRefusal, Sentence> = {
  'account-unknown': say('このログインIDのアカウントはありません。'),
  'state-changed': say(
    'このアカウントには2段階認証が設定されていないか、その操作のできる状態ではありません。「genkan account show」で確認してください。',
  ),
  'case-closed': say('完了した事案です。先に対応を再開してください。'),
  'corporation-closed': say(
    'ご利用を停止している法人です。先に「genkan corporation open」で再開してください。',
  ),
  'removal-running': say('解除の手続きは、すでに始まっています。'),
  'second-person-needed': say(
    '実行には2名の判断が必要です。別の方が同じコマンドを行うと始まります。',
  ),
  ...SECOND_WORD_REFUSALS,
};

/** `genkan account remove-factor`: two people of the desk stand for password, mailbox and invoice. */
export function removeFactor(
  environment: Environment,
  loginId: string,
  given: ActOptions,
): Promise<CommandResult> {
  return byOperator(environment, given, async (app, by) => {
    const begun = await app.get(RemovalBeginning).byDesk(loginIdKey(loginId), by);
    if (begun.ok)
      return done(
        [
          `${loginId}: `,
          say('解除の手続きが始まりました。法人の皆さまとご請求先にお知らせします。'),
        ],
        say(
          '{time} に2段階認証が解除され、パスワードも使えなくなります。ご本人はパスワードを再登録します。',
          { time: begun.endsAt.toISOString() },
        ),
      );
    const sentence = await refusalFor(app, by, REFUSALS[begun.reason]);
    const line: [string, Sentence] = [`${loginId}: `, sentence];
    return begun.reason === 'second-person-needed' ? done(line) : refused(line);
  });
}
