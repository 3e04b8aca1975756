import { ApplicationQueue } from '../../../src/admin-enrollment/applications/application-queue.js';
import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { BY_TAMURA, grant, NAKAI, TAMURA, uphold } from '../../support/desk-people.js';
import { activates, applicant, signsIn, type Applicant } from '../../support/registration.js';
import {
  isReviewed,
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

const takahashi = ({ suzuki }: LeftBehind, number = 0): Applicant =>
  applicant(`takahashi-${number}${suzuki.loginId.replace('suzuki', '')}`, { name: '高橋 次郎' });

/** 高橋 applies while 鈴木's application runs, and the desk lets it begin. */
async function queues(left: LeftBehind): Promise<Visitor> {
  const person = running.visitor();
  const number = await isReviewed(running, person, left.corporation, takahashi(left));
  await grant(new Operator(running), number);
  const mail = await running.mailbox.mailTo(takahashi(left).email);
  expect(mail.subject).toContain('管理者の登録のお申し込みを受け付けました');
  return person;
}

/** The mail with the link is there, and it works; what waited sealed is forgotten. */
async function begins(left: LeftBehind): Promise<void> {
  const entered = takahashi(left);
  const mail = await running.mailbox.mailTo(entered.email);
  expect(mail.subject).toContain('管理者追加登録完了のご案内');
  const person = running.visitor();
  await activates(person, new URL(running.mailbox.linkIn(mail)).pathname);
  await signsIn(person, entered);
  expect(person.page.h1).toBe('TOPページ');
  const told = running.mailbox.all().filter(({ text }) => text.includes('高橋 次郎 様'));
  expect(told.filter(({ to }) => to === left.sato.email)).not.toEqual([]);
  const { rowCount } = await running.pool.query(
    'select from enrollments where corporation_id = $1 and sealed_details is not null',
    [left.corporation.id],
  );
  expect(rowCount).toBe(0);
}

async function caseOf({ corporation, suzuki }: LeftBehind): Promise<string> {
  const { rows } = await running.pool.query<{ number: string }>(
    `select case_number as number from enrollments
     where corporation_id = $1 and applicant_email = $2`,
    [corporation.id, suzuki.email],
  );
  return rows[0]!.number;
}

async function stagesOf({ corporation }: LeftBehind): Promise<string[]> {
  const { rows } = await running.pool.query<{ stage: string }>(
    `select enrollment_stage(kind, state, started_at, release_at, probation_ends_at) as stage
     from enrollments where corporation_id = $1 order by stage`,
    [corporation.id],
  );
  return rows.map(({ stage }) => stage);
}

const queue = () => running.app.get(ApplicationQueue);

describe('a second application of a company, which the desk let begin', () => {
  it('waits behind the first, says so, and tells nothing about it', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const person = await queues(left);
    expect(person.page.text + person.page.html).not.toMatch(/鈴木|suzuki|佐藤|sato/);
    const mail = running.mailbox.all().findLast(({ to }) => to === takahashi(left).email);
    expect(mail!.text).toContain('別の方の登録のお手続きが進んでいます');
    expect(mail!.text + mail!.html).not.toMatch(/鈴木|suzuki|佐藤|sato|https?:/);
    await signsIn(person, takahashi(left));
    expect(person.page.status).toBe(422);
  });

  it('begins when the first is approved', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await running.mailbox.mailTo(left.sato.email);
    await queues(left);
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.opens('/admin-enrollment/cases');
    await sato.follows('鈴木 一郎');
    await sato.follows('承認へ進む');
    await sato.presses('承認する');
    await running.mailbox.mailTo(left.sato.email, '承認されました');
    await begins(left);
  });

  it('waits while the desk hears both sides of the first, and begins when it is dismissed', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    await queues(left);
    await inUnitOfWork(() => queue().startAll());
    expect(await stagesOf(left)).toEqual(['objected', 'queued']);
    const { rows } = await running.pool.query<{ case_number: string }>(
      `select case_number from enrollments where corporation_id = $1 order by created_at`,
      [left.corporation.id],
    );
    const [first, second] = rows.map((row) => row.case_number);
    const desk = running.app.get(DeskDecisions);
    expect(await desk.uphold(second!, BY_TAMURA)).toEqual({ ok: false, reason: 'case-queued' });
    expect(await desk.dismiss(first!, BY_TAMURA)).toMatchObject({ ok: true, isComplete: true });
    for (const subject of ['異議申し立てを受け付けました', '担当窓口の判断'])
      await running.mailbox.mailTo(left.sato.email, subject);
    await begins(left);
  });

  it.each(['uphold', 'dismiss'])('begins at once after "genkan enrollment %s"', async (act) => {
    const operator = new Operator(running);
    const left = await leftBehind(running);
    await takesOver(running, left);
    await queues(left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const number = await caseOf(left);
    const decided = await (act === 'uphold'
      ? uphold(operator, number)
      : operator.types('enrollment', act, number, ...TAMURA));
    expect(decided).toMatchObject({ exitCode: 0, err: '' });
    expect((await running.mailbox.mailTo(takahashi(left).email)).subject).toContain(
      '管理者追加登録完了のご案内',
    );
  });

  it('begins at once when the person whom the desk named took the company over', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await queues(left);
    const number = await caseOf(left);
    const operator = new Operator(running);
    const email = `ogawa-${left.sato.loginId}@example.jp`;
    const person = ['--name', '小川 恵', '--kana', 'おがわ めぐみ', '--email', email];
    const why = ['--reason', '登記簿で確認', '--operator', '田村'];
    await operator.types('enrollment', 'give', number, ...person, ...why);
    await operator.types('enrollment', 'confirm', number, '--email', email, ...NAKAI);
    const mail = await running.mailbox.mailTo(email);
    await running.mailbox.nothingFor(takahashi(left).email);
    const ogawa = running.visitor();
    await ogawa.opens(new URL(running.mailbox.linkIn(mail)).pathname);
    ogawa.fills('ログインID', `ogawa-${left.sato.loginId}`);
    ogawa.fills('パスワード', 'momiji-7342-kawa');
    ogawa.fills('パスワード確認', 'momiji-7342-kawa');
    await ogawa.presses('登録を完了する');
    expect((await running.mailbox.mailTo(takahashi(left).email)).subject).toContain(
      '管理者追加登録完了のご案内',
    );
  });

  it('begins when the first ran to its end', async () => {
    const left = await leftBehind(running);
    await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
    await takesOver(running, left);
    await running.mailbox.mailTo(left.sato.email);
    await queues(left);
    await running.clock.advance('72 hours');
    await inUnitOfWork(() => queue().startAll());
    await begins(left);
    expect(await stagesOf(left)).toEqual(['completed', 'probation']);
  });
});
