import { GrantOutlooks } from '../admin-enrollment/applications/grant-outlook.js';
import { CaseReports, type CaseReport } from '../admin-enrollment/cases/case-reports.js';
import { UntoldCases } from '../admin-enrollment/cases/untold-cases.js';
import type { Enrollment } from '../admin-enrollment/enrollment.entity.js';
import type { Witness } from '../admin-enrollment/witness.entity.js';
import { isOpenLoginId } from '../identity/login-id.js';
import type { Environment } from '../read-config.js';
import { say, type Sentence } from '../web/sentence.js';
import { inIso, besideLine, grantLines } from './applications-of-company.js';
import { showReview } from './review-report.js';
import { done, type CommandResult, type Line } from './command-result.js';
import { withApp } from './with-app.js';

type OpenCase = Awaited<ReturnType<CaseReports['open']>>[number];

const UNTOLD = say(
  'どの関係者にもお知らせのメールが届いていません。担当窓口の判断を待っています。',
);

/** `genkan enrollment list`: cases that nobody decided, those that were objected to first; then companies that nobody administers. */
export function listEnrollments(environment: Environment): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const cases = await app.get(CaseReports).open();
    const unadministered = await app.get(CaseReports).unadministered();
    return done(
      ...(cases.length === 0 ? [say('未決の事案はありません。')] : cases.map(lineOf)),
      ...unadministered.map(unadministeredLine),
    );
  });
}

/** `genkan enrollment show`: the acts and words of both sides. */
export function showEnrollment(
  environment: Environment,
  caseNumber: string,
): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const found = await app.get(CaseReports).find(caseNumber);
    if (!found) return showReview(app, caseNumber);
    const { enrollment, witnesses, ownCases, removed } = found;
    const { newcomerStatement } = enrollment;
    const isUntold = await app.get(UntoldCases).isUntold(enrollment);
    return done(
      ...newcomerLines(found),
      ...witnesses.flatMap((witness) => witnessLines(witness, ownCases)),
      ...removed.map(({ name, role, state }) =>
        say('対象者    {name}  {role}  {state}', { name, role, state }),
      ),
      ...(newcomerStatement ? [say('登録者の説明'), ...indented(newcomerStatement)] : []),
      ...(enrollment.untoldSince && isUntold ? [UNTOLD] : []),
      ...firstWords(enrollment),
      ...appointmentLines(found),
      ...grantLines(found, await app.get(GrantOutlooks).of(enrollment)),
      ...found.beside.map(besideLine),
    );
  });
}

function lineOf(open: OpenCase): Line {
  const { caseNumber, kind, stage, appliedAt, corporateNumber, corporationName, applicant } = open;
  const { told, witnesses, objections, byNewcomers } = open;
  const facts = [caseNumber, kind, stage, inIso(appliedAt), corporateNumber, corporationName];
  return [
    [...facts, applicant, ''].join('  '),
    say('お知らせ {witnesses}名中{told}名、異議 {objections}名', { told, witnesses, objections }),
    byNewcomers === '0' ? '' : say('（うち{count}名は事案で登録）', { count: byNewcomers }),
  ];
}

function unadministeredLine(
  corporation: Awaited<ReturnType<CaseReports['unadministered']>>[number],
): Sentence {
  const { corporateNumber: number, name, isAtDesk, isFrozen } = corporation;
  if (isAtDesk) return say('管理者不在  {number}  {name}  事案の判断待ち', { number, name });
  return isFrozen
    ? say('管理者不在  {number}  {name}  担当窓口が管理者の利用を停止中', { number, name })
    : say('管理者不在  {number}  {name}  新規登録（/initiate）待ち', { number, name });
}

function newcomerLines(found: CaseReport): Line[] {
  const { enrollment: shown } = found;
  return [
    `${shown.caseNumber}  ${shown.kind}  ${shown.stage}  ${shown.corporation!.name}`,
    [
      say('登録者    {name}  {email}  ログインID ', {
        name: shown.applicant,
        email: shown.applicantEmail ?? '-',
      }),
      loginIdOf(found),
    ],
    ...todayLines(shown),
    say('接続元    {address}  ネットワーク {network}', {
      address: shown.address ?? '-',
      network: shown.network ?? '-',
    }),
    say(
      '日時      お申し込み {applied}  メールアドレスの確認 {proved}  保留の期限 {held}  確認期間の期限 {probation}',
      {
        applied: inIso(shown.createdAt),
        proved: inIso(shown.mailboxProvedAt ?? shown.activatedAt),
        held: inIso(shown.releaseAt),
        probation: inIso(shown.probationEndsAt),
      },
    ),
  ];
}

/** The newcomer may have been changed by somebody since. */
function todayLines({ account, isDenied }: Enrollment): Sentence[] {
  if (isDenied) return [say('否認      メールアドレスの持ち主が「申し込んでいません」とお知らせ')];
  if (!account) return [];
  const { name, role, state } = account;
  return [say('現在      {name}  {role}  {state}', { name, role, state })];
}

function firstWords({ canBeDecided, upheldBy, dismissedBy }: Enrollment): Sentence[] {
  if (!canBeDecided) return [];
  return [
    ...(upheldBy ? [say('{upheldBy} が承認済み（2人目の承認待ち）', { upheldBy })] : []),
    ...(dismissedBy
      ? [say('{dismissedBy} が取り消しを判断済み（2人目の判断待ち）', { dismissedBy })]
      : []),
  ];
}

function loginIdOf({ enrollment: { account } }: CaseReport): string | Sentence {
  if (!account || account.anonymisedAt) return say('（消去済み）');
  return isOpenLoginId(account.loginId) ? say('（これから決定）') : account.loginId;
}

function witnessLines(
  { account, email, delivery, objectedAt, statement }: Witness,
  ownCases: CaseReport['ownCases'],
): Line[] {
  const own = account && ownCases.get(account.id);
  const arrived = delivery?.state ?? '-';
  return [
    [
      account
        ? say('関係者    {name}  アカウント {state}', { name: account.name, state: account.state })
        : say('関係者    請求先 {email}', { email: email ?? '-' }),
      own
        ? say('  事案 {number} で登録（{stage}）', { number: own.caseNumber, stage: own.stage })
        : '',
      '  ',
      arrived === 'bounced'
        ? say('お知らせできず（{answer}）', { answer: delivery?.serverAnswer ?? '-' })
        : arrived === 'suppressed'
          ? say('お知らせできず（以前のメールが戻ってきたため、送信していません）')
          : say('メール {state}', { state: arrived }),
      '  ',
      objectedAt ? say('異議 {time}', { time: inIso(objectedAt) }) : say('異議なし'),
    ],
    ...(statement ? indented(statement) : []),
  ];
}

function appointmentLines({ appointment }: CaseReport): Line[] {
  if (!appointment) return [];
  const { name, email, appointedBy, confirmedBy, reason } = appointment;
  return [
    [
      say('指名      {name}  {email}  ', { name, email }),
      confirmedBy
        ? say('指名者 {appointedBy}、確認者 {confirmedBy}', { appointedBy, confirmedBy })
        : say('指名者 {appointedBy}、未確認', { appointedBy }),
    ],
    ...indented(reason),
  ];
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `    ${line}`);
}
