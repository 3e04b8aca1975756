import {
  Operators,
  type CreationRefusal,
  type NewOperator,
  type OperatorRefusal,
} from '../desk/people/operators.js';
import { loginIdKey } from '../identity/login-id.js';
import type { Environment } from '../read-config.js';
import { say, type Sentence } from '../web/sentence.js';
import { byOperator } from './by-operator.js';
import { done, refused, type CommandResult } from './command-result.js';
import type { ActOptions, OperatorOption } from './decision-options.js';

export type OperatorCommand = 'reset' | 'end';

const NOT_ENTITLED = say('責任者だけが行えます。');

const CREATION_REFUSALS: Record<CreationRefusal, Sentence> = {
  'login-id-taken': say('このログインIDのオペレーターは、すでに登録されています。'),
  'name-taken': say(
    'この名前か、見分けにくい名前のオペレーターが、すでに登録されています。記録で見分けられる名前にしてください。',
  ),
  'mailbox-taken': say(
    'このメールアドレスは、ほかのオペレーターが使っています。ご本人だけが読めるアドレスにしてください。',
  ),
  'not-entitled': NOT_ENTITLED,
};

const REFUSALS: Record<OperatorRefusal, Sentence> = {
  'account-unknown': say('このログインIDのオペレーターはいません。'),
  'state-changed': say('このオペレーターは、すでに利用を終了しています。'),
  'same-operator': say('ご自分ではなく、別の責任者が行います。'),
  'not-entitled': NOT_ENTITLED,
  'last-lead': say('ログインできる責任者がいなくなります。先に別の責任者を登録してください。'),
};

const DONE: Record<OperatorCommand, Sentence> = {
  reset: say('パスワードと2段階認証を取り消し、設定のためのメールをお送りしました。'),
  end: say('利用を終了し、ログアウトさせました。'),
};

/** `genkan create-operator`: a mail leads to the choice of a password and a second factor. */
export function createOperator(
  environment: Environment,
  loginId: string,
  { operator, ...person }: OperatorOption & Omit<NewOperator, 'loginId'>,
): Promise<CommandResult> {
  return byOperator(environment, { operator }, async (app, by) => {
    const made = await app.get(Operators).create({ loginId, ...person }, by);
    if (!made.ok) return refused([`${loginId}: `, CREATION_REFUSALS[made.reason]]);
    const { name, email } = person;
    return done(
      say('オペレーター {name} を登録しました。', { name }),
      say('{email} に、パスワードと2段階認証を設定するためのメールをお送りしました。', { email }),
    );
  });
}

/** `genkan operator reset` and `end`. */
export function actOnOperator(command: OperatorCommand) {
  return (environment: Environment, loginId: string, given: ActOptions) =>
    byOperator(environment, given, async (app, by) => {
      const operators = app.get(Operators);
      const key = loginIdKey(loginId);
      const target = (await operators.all()).find((one) => one.loginIdKey === key);
      const acted = await operators[command](target?.id ?? loginId, by);
      const sentence = acted.ok ? DONE[command] : REFUSALS[acted.reason];
      return (acted.ok ? done : refused)([`${loginId}: `, sentence]);
    });
}
