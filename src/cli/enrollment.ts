import type { INestApplicationContext } from '@nestjs/common';
import {
  Appointments,
  type Appointed,
  type NamedPerson,
} from '../admin-enrollment/cases/appointments.js';
import type { DeskAct } from '../admin-enrollment/desk-act.js';
import { DeskDecisions, type DeskRefusal } from '../admin-enrollment/cases/desk-decisions.js';
import { SECOND_WORD_REFUSALS } from '../identity/second-word-refusals.js';
import type { Environment } from '../read-config.js';
import { say, type Sentence } from '../web/sentence.js';
import { byOperator, refusalFor } from './by-operator.js';
import { done, refused, type CommandResult } from './command-result.js';
import type { ActOptions } from './decision-options.js';

type Named = Pick<NamedPerson, 'name' | 'email'>;

export const REASONS: Record<DeskRefusal | Extract<Appointed, { ok: false }>['reason'], Sentence> =
  {
    'case-unknown': say(
      'この番号の事案はありません。「genkan enrollment list」で確認してください。',
    ),
    'case-over': say('判断の済んだ事案です。'),
    'case-closed': say('完了した事案です。担当窓口の事案のページで、先に対応を再開してください。'),
    'case-queued': say('この法人の別の事案を待っています。先にその事案を判断してください。'),
    'corporation-closed': say(
      'ご利用を停止している法人です。先に「genkan corporation open」で再開してください。',
    ),
    'mailbox-unproved': say(
      'お申し込みの方がメールをまだ確認していないため、「dismiss」か「give」だけができます。',
    ),
    'newcomer-erased': say(
      '登録された方のアカウントは消去されているため、「dismiss」か「give」だけができます。',
    ),
    'login-id-needed': say(
      '登録された方のログインIDが決まっていないため、「dismiss」か「give」だけができます。',
    ),
    ...SECOND_WORD_REFUSALS,
    'appointment-other': say(
      '指名されているのは別の方です。「enrollment show」で確認してください。',
    ),
    'appointment-missing': say(
      '確認を待つ方が指名されていません。「enrollment give」で指名します。',
    ),
  };

/** `genkan enrollment uphold` and `dismiss`: the newcomer stays, or goes. */
export function decideEnrollment(act: 'uphold' | 'dismiss') {
  return (environment: Environment, caseNumber: string, given: ActOptions) =>
    byOperator(environment, given, async (app, by) => {
      const decided = await app.get(DeskDecisions)[act](caseNumber, by);
      if (!decided.ok) return refusal(app, caseNumber, by, decided.reason);
      if (!decided.isComplete)
        return done(
          say(
            '{caseNumber}：法人を委ねる判断のため、オペレーターが2名必要です。別のオペレーターが同じ操作をするまで、何も変わりません：genkan enrollment {act} {caseNumber}',
            { caseNumber, act },
          ),
        );
      const { takenBack, administrators: count } = decided;
      return done(
        ...takenBackLine(caseNumber, takenBack),
        act === 'uphold'
          ? say('{caseNumber}：登録を承認しました。双方のメールが届く方にお知らせします。', {
              caseNumber,
            })
          : say(
              '{caseNumber}：登録された方のアカウントを削除しました。双方のメールが届く方にお知らせします。',
              { caseNumber },
            ),
        count === 0
          ? say('この法人に、ログインできる管理者はいません。新規登録（/initiate）を待ちます。')
          : say('この法人の、ログインできる管理者は{count}名です。', { count }),
      );
    });
}

/** `genkan enrollment give`: names the person whom the company is given to. */
export function giveEnrollment(
  environment: Environment,
  caseNumber: string,
  given: ActOptions & { name: string; kana: string; email: string },
): Promise<CommandResult> {
  return byOperator(environment, given, async (app, by) => {
    const { name, kana: nameKana, email } = given;
    const named = await app.get(Appointments).give(caseNumber, { name, nameKana, email }, by);
    if (!named.ok) return refusal(app, caseNumber, by, named.reason);
    const person = nameOf(named.person);
    if (!named.isComplete)
      return done(
        say(
          '{caseNumber}：{person} は2名のオペレーターが指名した方です。別の方の指名にも、オペレーターが2名必要です。別のオペレーターが同じ操作をするまで、何も変わりません。',
          { caseNumber, person },
        ),
      );
    return done(
      ...takenBackLine(caseNumber, named.former),
      say(
        '{caseNumber}：{person} を指名しました。別のオペレーターが確認します：genkan enrollment confirm {caseNumber} --email {email}',
        { caseNumber, person, email: named.person.email },
      ),
    );
  });
}

/** `genkan enrollment confirm`: the second person of the desk. */
export function confirmEnrollment(
  environment: Environment,
  caseNumber: string,
  given: ActOptions & { email: string },
): Promise<CommandResult> {
  return byOperator(environment, given, async (app, by) => {
    const confirmed = await app.get(Appointments).confirm(caseNumber, given.email, by);
    if (!confirmed.ok) return refusal(app, caseNumber, by, confirmed.reason);
    return done(
      say(
        '{caseNumber}：登録された方の利用を停止しました。{person} に登録のご案内を送ります。メールアドレスが確認されると、管理者になります。',
        { caseNumber, person: nameOf(confirmed.person) },
      ),
    );
  });
}

async function refusal(
  app: INestApplicationContext,
  caseNumber: string,
  by: DeskAct,
  reason: keyof typeof REASONS,
): Promise<CommandResult> {
  return refused([`${caseNumber}: `, await refusalFor(app, by, REASONS[reason])]);
}

function takenBackLine(caseNumber: string, named: Named | undefined): Sentence[] {
  if (!named) return [];
  const person = nameOf(named);
  return [say('{caseNumber}：{person} の指名を取り消しました。', { caseNumber, person })];
}

function nameOf({ name, email }: Named): string {
  return `${name} <${email}>`;
}
