import { Appointments } from '../../../src/admin-enrollment/cases/appointments.js';
import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { atDesk, decides, deskCases } from '../../support/desk-case.js';
import { WHY } from '../../support/desk-clerk.js';
import { BY_NAKAI, BY_TAMURA, onlyCase, upholdBy } from '../../support/desk-people.js';
import { signedIn } from '../../support/members.js';
import { reviewedByDesk } from '../../support/proof.js';
import { activates } from '../../support/registration.js';
import { reviewedBeside, WORDS } from '../../support/reviewed-beside.js';
import { leftBehind, objectionLink, objects, takesOver } from '../../support/succession.js';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterAll(() => running.stop());

const DECIDED = 'お申し込みについての担当窓口の判断';

describe('an application under review that somebody objected to', () => {
  it('says before its grant that it waits for its turn and is stopped then', async () => {
    const { left, number, link } = await reviewedBeside(running);
    await objects(running.visitor(), link, WORDS);
    const [other] = (await deskCases(running, left.corporation)).filter(
      ({ number: each }) => each !== number,
    );
    expect(other).toBeUndefined();
    await nakai.opens(`/desk/cases/${number}/decisions/grant`);
    expect(nakai.page.text).toMatch(/事案 \S+ が終わるまで、順番を待ちます。異議があるため、/);
  });

  it('is not done by an answer, which its page says, and nobody is registered', async () => {
    const { left, number, link } = await reviewedBeside(running);
    await objects(running.visitor(), link, WORDS);
    await nakai.opens(`/desk/cases/${number}/answer`);
    expect(nakai.page.text).toContain('完了になるのは、判断が済んだときです。');
    expect(nakai.page.root.querySelector('option[value=done]')).toBeNull();
    const [to, formId] = ['to', 'formId'].map(
      (name) => nakai.page.root.querySelector(`input[name=${name}]`)!.attributes.value!,
    );
    const fields = { to: to!, formId: formId!, answer: 'お調べしました。', after: 'done' };
    await nakai.sends('POST', `/desk/cases/${number}/answer`, { fields });
    await nakai.opens(`/desk/cases/${number}`);
    expect(nakai.page.notice).toContain('事案は完了にしていません。');
    await decides(nakai, number, 'お申し込みを却下する');
    const { text } = await running.mailbox.mailTo(left.sato.email, DECIDED);
    expect(text).toContain('お申し込みの方');
    expect(text).not.toContain('登録された方');
  });

  it('never signed in, as its objector reads after the proof', async () => {
    const { left, hayashi, number, link } = await reviewedBeside(running, true);
    const first = "corporation_id = $1 and state = 'running'";
    const { rows } = await running.pool.query<{ number: string }>(
      `select case_number as number from enrollments where ${first}`,
      [left.corporation.id],
    );
    await upholdBy(running.app.get(DeskDecisions), rows[0]!.number);
    await running.mailbox.everythingIsSent();
    running.mailbox.unread(hayashi.email);
    await decides(nakai, number, 'お申し込みを承認する');
    const mail = await running.mailbox.mailTo(hayashi.email, '登録');
    await activates(running.visitor(), running.mailbox.linkIn(mail));
    const sato = running.visitor();
    await sato.opens(link);
    expect(sato.page.text).toContain(
      '林 次郎 様のご利用は停止したままで、一度もログインしていません。',
    );
    expect(sato.page.text).not.toContain('ただちに');
  });
});

it('a newcomer who came in is stopped at once, as the objector reads', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  const sato = running.visitor();
  await objects(sato, await objectionLink(running, left.sato));
  expect(sato.page.text).toContain('ただちにログインできなくなりました。');
});

it('a billing contact whose notice came back is marked where the desk answers', async () => {
  const left = await leftBehind(running);
  const billing = `keiri-${left.corporation.corporateNumber}@hinoki.example`;
  await running.pool.query('update corporations set billing_email = $1 where id = $2', [
    billing,
    left.corporation.id,
  ]);
  running.mailbox.refuses(billing, 550, '5.1.1 User unknown');
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  await running.mailbox.everythingIsSent();
  const { number } = await onlyCase(running, left);
  await nakai.opens(`/desk/cases/${number}/answer`);
  expect(nakai.page.text).toContain(`${billing} 前回のメールは戻ってきました`);
  expect(nakai.page.text).not.toContain(`${left.sato.email} 前回のメール`);
});

it('a billing contact who objects is one in the company’s log, and found as that', async () => {
  const left = await leftBehind(running);
  const email = `soumu-${left.corporation.corporateNumber}@hinoki.example`;
  await running.pool.query('update corporations set billing_email = $1 where id = $2', [
    email,
    left.corporation.id,
  ]);
  await takesOver(running, left);
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(email, '管理者が追加登録'));
  await objects(running.visitor(), link, WORDS);
  const sato = await signedIn(running, left.sato);
  const linesFor = async (who: string) => {
    await sato.opens(`/log?who=${encodeURIComponent(who)}`);
    return sato.page.root.querySelectorAll('tbody tr').map(({ text }) => text.replace(/\s+/g, ' '));
  };
  const billing = await linesFor('ご請求先');
  expect(billing.length).toBeGreaterThan(0);
  for (const line of billing) expect(line).toContain('ご請求先');
  expect(billing.join()).toContain('異議');
  for (const line of await linesFor('お手続き中')) expect(line).toContain('お手続き中の方');
});

it('a company reads in its list that a named person is waited for', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const { number } = await onlyCase(running, left);
  const email = 'ogawa@hinoki.example';
  const appointments = running.app.get(Appointments);
  await appointments.give(number, { name: '小川 恵', nameKana: 'オガワ メグミ', email }, BY_TAMURA);
  await appointments.confirm(number, email, BY_NAKAI);
  const sato = await signedIn(running, left.sato);
  await sato.opens('/admin-enrollment/cases');
  expect(sato.page.text).toContain('指名された方の確認待ち');
});

it('`enrollment show` knows a review that never was a case', async () => {
  const { number, company } = await reviewedByDesk(running, 'shown-review');
  const shown = await new Operator(running).types('enrollment', 'show', number.toLowerCase());
  expect(shown).toMatchObject({ exitCode: 0, err: '' });
  expect(shown.out).toContain(`${number}  initial  review  ${company.name}`);
  expect(shown.out).toMatch(/applied 20\d\d-.*mailbox proved 20\d\d-/i);
  await decides(nakai, number, 'お申し込みを却下する', WHY);
  const after = await new Operator(running).types('enrollment', 'show', number);
  expect(after.out).toContain(`${number}  initial  refused  `);
});
