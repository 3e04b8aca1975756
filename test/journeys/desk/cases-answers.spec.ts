import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { atDesk, deskCases } from '../../support/desk-case.js';
import { signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

const MESSAGE = '担当窓口からのご連絡';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
afterAll(() => running.stop());

async function objected(): Promise<LeftBehind & { number: string }> {
  const left = await leftBehind(running, 1);
  await takesOverAndSignsIn(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  return { ...left, number: (await deskCases(running, left.corporation))[0]!.number };
}

async function askedBy(email: string): Promise<string> {
  const person = running.visitor();
  await person.opens('/contact');
  await person.submits({ name: '山本 花', email, message: '請求書をなくしました。' });
  return /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(person.page.text)![0];
}

it('goes to the proved mailbox of one side, and stands on its page of the case alone', async () => {
  const left = await objected();
  await nakai.opens(`/desk/cases/${left.number}/answer?template=both-sides`);
  expect(nakai.page.field('回答').text).toContain('引き継ぎの経緯');
  nakai.fills('回答', '引き継ぎの経緯をお知らせください。\n\nお電話でも承ります。');
  await nakai.presses('回答を送る');
  expect(nakai.page.notice).toContain('回答をメールでお送りしました');
  expect(await deskCases(running, left.corporation)).toMatchObject([{ state: 'waiting' }]);
  const mail = await running.mailbox.mailTo(left.suzuki.email, MESSAGE);
  expect(mail.subject).toContain(left.number);
  expect(mail.text).toContain('引き継ぎの経緯をお知らせください。');
  expect(nakai.page.text).toContain(left.suzuki.email);
  expect(mail.text).toContain('このご連絡をもう一度ご覧になれます。');
  expect(mail.text).toContain('担当窓口へのお返事も、そこからお送りいただけます。');
  expect(mail.text).toMatch(/\/login$/m);

  const suzuki = running.visitor();
  await signsIn(suzuki, left.suzuki);
  expect(suzuki.page.text).toContain('お電話でも承ります。');
  const sato = running.visitor();
  await signsIn(sato, left.sato);
  await sato.opens('/admin-enrollment/cases');
  await sato.follows('鈴木 一郎');
  expect(sato.page.text).not.toContain('お電話でも承ります。');

  suzuki.fills('担当窓口へのご説明', '前任者から引き継ぎました。');
  await suzuki.presses('担当窓口へ送る');
  expect(await deskCases(running, left.corporation)).toMatchObject([{ state: 'in-work' }]);
});

it('is written beside what both sides say', async () => {
  const left = await leftBehind(running);
  await takesOverAndSignsIn(running, left);
  const link = await objectionLink(running, left.sato);
  await objects(running.visitor(), link, 'この方は社員ではありません。');
  const { number } = (await deskCases(running, left.corporation))[0]!;
  await nakai.opens(`/desk/cases/${number}/answer`);
  expect(nakai.page.text).toContain('この方は社員ではありません。');
});

it('to an administrator from before stands on that person’s page, not on a colleague’s', async () => {
  const left = await objected();
  await nakai.opens(`/desk/cases/${left.number}/answer`);
  const choice = nakai.page.root
    .querySelectorAll('label')
    .find(({ text }) => text.includes('以前からの管理者：佐藤 花子 様'))!;
  const to = choice.querySelector('input')!.getAttribute('value')!;
  const { status } = await nakai.sends('POST', `/desk/cases/${left.number}/answer`, {
    fields: { to, answer: '社内の決まりをお知らせください。', after: 'stay' },
  });
  expect(status).toBe(303);
  const { text } = await running.mailbox.mailTo(left.sato.email, MESSAGE);
  expect(text).toMatch(/お返事も、そこから[\s\S]*\/admin-enrollment\/cases\/[\da-f-]{36}$/m);
  const shown = async (loginId: string, password: string) => {
    const person = running.visitor();
    await signsIn(person, { loginId, password });
    await person.opens('/admin-enrollment/cases');
    await person.follows('鈴木 一郎');
    return person.page.text.includes('社内の決まりをお知らせください。');
  };
  const { loginId, password } = left.sato;
  expect(await shown(loginId, password)).toBe(true);
  expect(await shown(loginId.replace('sato-', 'kato-').concat('-1'), password)).toBe(false);
  const wait = { fields: { act: 'wait' } };
  await nakai.sends('POST', `/desk/cases/${left.number}`, wait);
  const sato = running.visitor();
  await signsIn(sato, left.sato);
  await sato.opens('/admin-enrollment/cases');
  await sato.follows('鈴木 一郎');
  sato.fills('担当窓口へのご説明', '社内の決まりをお送りします。');
  await sato.presses('担当窓口へ送る');
  expect(await deskCases(running, left.corporation)).toMatchObject([{ state: 'in-work' }]);
  const { rows } = await running.pool.query<{ facts: object }>(
    `select facts from audit_entries where act = 'case-answer' and corporation_id = $1`,
    [left.corporation.id],
  );
  expect(rows).toMatchObject([
    { facts: { caseNumber: left.number, operator: '中井', target: left.sato.id } },
  ]);
});

describe('to somebody who asked', () => {
  it('goes to the address of the form, and closes the case when that is chosen', async () => {
    const number = await askedBy('yamamoto@else.example');
    await nakai.opens(`/desk/cases/${number}`);
    await nakai.follows('お客様に回答する');
    await nakai.presses('回答を送る');
    expect(nakai.page.errors).toEqual(['回答を入力してください。']);
    nakai.fills('回答', '<b>再発行</b>いたします。');
    nakai.fills('回答のあとの状態', '完了');
    await nakai.presses('English');
    await nakai.presses('日本語');
    await nakai.presses('回答を送る');
    const mail = await running.mailbox.mailTo('yamamoto@else.example', MESSAGE);
    expect(mail.html).not.toContain('<b>再発行');
    expect(nakai.page.text).toContain('完了した日時');
    await nakai.opens(`/desk/cases/${number}/answer`);
    nakai.fills('回答', 'もう一通');
    await nakai.presses('回答を送る');
    expect(nakai.page.errors[0]).toContain('事案が先に完了した');
    await running.mailbox.nothingFor('yamamoto@else.example');
  });

  it('is written beside the question, and a template comes behind what is typed', async () => {
    const number = await askedBy('mori@else.example');
    await nakai.opens(`/desk/cases/${number}/answer`);
    expect(nakai.page.text).toContain('請求書をなくしました。');
    nakai.fills('回答', '森様、お世話になっております。');
    await nakai.presses('文面を入れる');
    expect(nakai.page.errorsAt('文面')).toEqual(['入れる文面を選んでください。']);
    expect(nakai.page.field('回答').text).toBe('森様、お世話になっております。');
    nakai.fills('文面', '解決の確認');
    nakai.fills('回答のあとの状態', '完了');
    await nakai.presses('文面を入れる');
    const typed = nakai.page.field('回答').text;
    expect(typed).toMatch(
      /^森様、お世話になっております。\n\nお困りの点は解決しましたでしょうか。/,
    );
    nakai.fills('文面', '受け付けたことのご連絡');
    await nakai.presses('文面を入れる');
    expect(nakai.page.field('回答').text).toContain(typed);
    await running.mailbox.nothingFor('mori@else.example');
    await nakai.presses('回答を送る');
    const mail = await running.mailbox.mailTo('mori@else.example', MESSAGE);
    expect(mail.text).toContain('森様、お世話になっております。');
    expect(nakai.page.text).toContain('完了した日時');
    await nakai.opens(`/desk/cases/${number}/answer`);
    expect(nakai.page.text).toContain('これまでの回答');
    expect(nakai.page.text).toContain('森様、お世話になっております。');
  });

  it('goes nowhere else, whatever the form says', async () => {
    const number = await askedBy('yamada@else.example');
    const fields = { to: 'evil@else.example', answer: 'こんにちは', after: 'stay' };
    const { status } = await nakai.sends('POST', `/desk/cases/${number}/answer`, { fields });
    expect(status).toBe(422);
    for (const address of ['evil@else.example', 'yamada@else.example'])
      await running.mailbox.nothingFor(address);
  });
});

it('says that nothing is sent to a mailbox from which mails came back', async () => {
  const { number, suzuki } = await objected();
  const { email } = suzuki;
  await running.mailbox.isReadBy(email);
  await running.pool.query(
    `update mail_deliveries set state = 'bounced', bounce_class = 'unknown-address' where recipient = $1`,
    [email],
  );
  await nakai.opens(`/desk/cases/${number}/answer`);
  expect(nakai.page.text).toContain(`${email} 以前のメールが戻ってきたため、メールは届きません`);
  nakai.fills('回答', '引き継ぎの経緯をお知らせください。');
  await nakai.presses('回答を送る');
  expect(nakai.page.notice).toContain('メールはお送りしていません');
  await running.mailbox.everythingIsSent();
  await running.mailbox.nothingFor(email);
});
