import { startApp, type RunningApp } from '../../support/app.js';
import { signsIn } from '../../support/registration.js';
import { leftBehind, objectionLink, objects, takesOver } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('says that an explanation was not received when it was sent too late', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const suzuki = running.visitor();
  await signsIn(suzuki, left.suzuki);
  suzuki.fills('担当窓口へのご説明', '前任から引き継ぎました。');
  await running.clock.advance('2 hours');
  await suzuki.presses('担当窓口へ送る');
  expect(suzuki.page.path).toBe('/login');
  expect(suzuki.page.notice).toContain('送信された内容を受け付けていません。');
  await signsIn(suzuki, left.suzuki);
  expect(suzuki.page.h1).toBe('追加登録のお手続きの状況');
});

it('says so too where the link of a mail is no longer in the browser', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  const link = await objectionLink(running, left.sato);
  const sato = running.visitor();
  const fields = { statement: 'この方は知りません。', act: 'object' };
  const late = await sato.sends('POST', '/admin-enrollment/objection', { fields });
  expect(late.status).toBe(410);
  expect(late.text).toContain('メールのURLをもう一度開いてください。');
  await objects(sato, link, fields.statement);
  expect(sato.page.h1).toBe('異議申し立てを受け付けました');
});

/** A newcomer who waits, and whose page offers to withdraw. */
async function held() {
  const left = await leftBehind(running);
  await takesOver(running, left);
  const suzuki = running.visitor();
  await signsIn(suzuki, left.suzuki);
  return { left, suzuki };
}

describe('a withdrawal', () => {
  beforeAll(() => (running.config.enrollmentHold = 86_400_000));
  afterAll(() => (running.config.enrollmentHold = 0));

  it('that is sent too late has not happened, and says so', async () => {
    const { left, suzuki } = await held();
    await running.clock.advance('2 hours');
    await suzuki.presses('お申し込みを取り消す');
    expect(suzuki.page.path).toBe('/login');
    expect(suzuki.page.notice).toContain('お申し込みは取り消していません。');
    await signsIn(suzuki, left.suzuki);
    await suzuki.presses('お申し込みを取り消す');
    expect(suzuki.page.notice).toBe('追加登録のお申し込みを取り消しました。');
  });

  it('that another tab was first with is not said to be still to do', async () => {
    const { suzuki } = await held();
    const tab = suzuki.tab();
    await tab.opens('/admin-enrollment/case');
    await suzuki.presses('お申し込みを取り消す');
    await tab.presses('お申し込みを取り消す');
    expect(tab.page.notice).toContain('お手続きの状況が変わったため');
  });
});

it('keeps an explanation that was sent from the page of another case', async () => {
  const objected = async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    return left;
  };
  const [one, two] = [await objected(), await objected()];
  const person = running.visitor();
  await signsIn(person, one.suzuki);
  const tab = person.tab();
  await signsIn(tab, two.suzuki);
  person.fills('担当窓口へのご説明', '前任から引き継ぎました。');
  await person.presses('担当窓口へ送る');
  expect(person.page.status).toBe(409);
  expect(person.page.notice).toContain('操作はまだ行っていません。');
  expect(person.page.field('担当窓口へのご説明').textContent).toBe('前任から引き継ぎました。');
});
