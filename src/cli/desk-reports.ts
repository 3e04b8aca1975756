import { AccountReports, type AccountReport } from '../desk/accounts/account-reports.js';
import type { Diagnosis } from '../desk/diagnosis/diagnoses.js';
import { CHECK_ANSWERS } from '../desk/diagnosis/diagnosis-view.js';
import { helpOf } from '../desk/diagnosis/help.js';
import { ROLES } from '../identity/role.js';
import type { NamedEntry } from '../log/lines/named-entries.js';
import { MAIL_SUPPRESSED } from '../mail/mail-advice.js';
import type { MailDelivery } from '../mail/mail-delivery.entity.js';
import type { Environment } from '../read-config.js';
import { say, type Sentence } from '../web/sentence.js';
import { byOperator } from './by-operator.js';
import { done, refused, speaker, type CommandResult, type Line } from './command-result.js';
import type { OperatorOption } from './decision-options.js';

const FROZEN = say(
  '担当窓口が利用を停止しています。再開できるのは「genkan account release」だけです。',
);
const FROZEN_AND_DELETED = say(
  '担当窓口が利用を停止しています。削除が取り消されても、停止したままです。',
);

type Told = (sentence: Sentence) => string;

/** `genkan account show`: state, waits, sessions, last mails and last outcomes of one person. */
export function showAccount(
  environment: Environment,
  loginId: string,
  given: OperatorOption,
): Promise<CommandResult> {
  const told = speaker(environment);
  return byOperator(environment, given, async (app, { operator }) => {
    const report = await app.get(AccountReports).of(loginId, operator);
    if (!report) return refused([`${loginId}: `, say('このログインIDのアカウントはありません。')]);
    return done(
      ...personLines(report, told),
      ...stateLines(report),
      say('なぜ入れないか：'),
      ...diagnosisLines(report.diagnosis, told),
      say('最近のメール：'),
      ...mailAdviceLines(report),
      ...report.mails.map(mailLine),
      say('最近の記録：'),
      ...report.entries.map((entry) => entryLine(entry, told)),
    );
  });
}

/** `genkan mail find`. */
export function findMails(
  environment: Environment,
  address: string,
  given: OperatorOption,
): Promise<CommandResult> {
  return byOperator(environment, given, async (app, { operator }) => {
    const mails = await app.get(AccountReports).mailsTo(address, operator);
    return mails.length === 0
      ? refused(say('{address} へのメールの記録はありません。', { address }))
      : done(...mails.map(mailLine));
  });
}

function personLines({ account }: AccountReport, told: Told): Line[] {
  const { corporation, shownLoginId: loginId, name, email } = account;
  const company = { name: corporation.name, number: corporation.corporateNumber };
  return [
    corporation.state === 'active'
      ? say('法人：{name}（法人番号 {number}）', company)
      : say('法人：{name}（法人番号 {number}、利用終了）', company),
    say('利用者：{name}（ログインID {loginId}、{email}）', { name, loginId, email }),
    say('権限：{role}', { role: told(ROLES[account.role]) }),
    say('状態：{state}', { state: told(account.shownState.text) }),
  ];
}

function stateLines(report: AccountReport): Line[] {
  const { account, facts, isNewcomer, sessions, knownBrowsers } = report;
  const { waitsUntil, factorWaitsUntil } = facts;
  const { lastSignInAt, lastSignInAddress, failuresSinceSignIn: failures } = account;
  const [time, address] = [lastSignInAt?.toISOString(), lastSignInAddress ?? '-'];
  const lines = [
    account.isStoppedByCase && say('管理者の登録の事案により停止しています。'),
    account.frozenByDesk && (account.state === 'deleted' ? FROZEN_AND_DELETED : FROZEN),
    factorOf(report),
    isNewcomer && say('管理者の登録の確認期間中です。'),
    waitsUntil && say('{time}までパスワードを確認しません。', { time: waitsUntil.toISOString() }),
    factorWaitsUntil &&
      say('{time}まで確認コードを確認しません。', { time: factorWaitsUntil.toISOString() }),
    time
      ? say('前回のログイン {time}（{address}）', { time, address })
      : say('まだログインしていません。'),
    say('ログインの失敗 {failures}回、ログイン中の端末 {sessions}台、記憶した端末 {known}台', {
      failures,
      sessions,
      known: knownBrowsers,
    }),
  ];
  return lines.filter((line) => typeof line === 'object' && line !== null);
}

/** What the person's page at the desk says. */
function diagnosisLines({ checks, advice }: Diagnosis, told: Told): string[] {
  const { label, command } = helpOf(advice.act);
  const { sentence, also, enrollmentNumber, mail: { cause } = { cause: null } } = advice;
  const number = enrollmentNumber ? ` ${enrollmentNumber}` : '';
  return [
    ...checks.map(({ title, answer, detail, stage }) =>
      row(
        told(title),
        told(CHECK_ANSWERS[answer].text),
        told(detail),
        ...(stage ? [told(stage)] : []),
      ),
    ),
    row(
      told(say('電話でお伝えする文')),
      [cause, sentence, also]
        .filter((each) => each != null)
        .map(told)
        .join(''),
    ),
    row(told(say('次の一手')), told(label), ...(command ? [`genkan ${command}${number}`] : [])),
  ];
}

function factorOf({ account, facts }: AccountReport): Sentence {
  const since = account.secondFactorSince?.toISOString();
  const due = facts.factorDueAt?.toISOString();
  if (since) return say('2段階認証：設定済み（{since}）', { since });
  if (due)
    return say('2段階認証：未設定（期限 {due}。そのあとのログインでは設定に進みます）', { due });
  return say('2段階認証：未設定（求められていません）');
}

function mailAdviceLines({ facts: { mailAdvice } }: AccountReport): Line[] {
  if (!mailAdvice) return [];
  const { sentence, isSuppressed } = mailAdvice;
  return [['  ', sentence], ...(isSuppressed ? [['  ', MAIL_SUPPRESSED]] : [])];
}

function entryLine({ at, act, reason, address, requestId, facts }: NamedEntry, told: Told): string {
  const { operator } = facts;
  const byDesk = operator ? [told(say('担当窓口（{name}）', { name: String(operator) }))] : [];
  return row(new Date(at).toISOString(), act, reason, address ?? '-', requestId ?? '-', ...byDesk);
}

function mailLine(delivery: MailDelivery): string {
  const { createdAt, kind, state, bounceClass, attempts, serverAnswer } = delivery;
  const end = bounceClass ? `${state} (${bounceClass})` : state;
  return row(createdAt.toISOString(), kind, end, String(attempts), serverAnswer ?? '-');
}

function row(...cells: string[]): string {
  return `  ${cells.join('  ')}`;
}
