import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { drafts } from '../support/ip-restriction.js';
import { chooses, companyExists, signedIn, type Company } from '../support/members.js';
import type { Member } from '../support/people.js';

const ENDED = 'すでにログアウトしていたため、まだ受け付けていません。';
const RESTORED = 'まだ送信されていません';
const PASSWORD = 'momiji-7342-kawa';

let running: RunningApp;
let company: Company;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  await running.pool.query('delete from flows');
  company = await companyExists(running);
});

async function signsInThere(person: Visitor, { loginId, password }: Member): Promise<void> {
  person.fills('ID', loginId);
  person.fills('パスワード', password);
  await person.presses('ログイン');
}

/** 鈴木 types a department while somebody ends the session, and sends it. */
async function interruptedBy(end: () => Promise<unknown>): Promise<Visitor> {
  const person = await signedIn(running, company.suzuki);
  await person.opens('/me/profile');
  person.fills('部署', '海外営業部');
  await end();
  await person.presses('変更する');
  expect(person.page.url.pathname).toBe('/login');
  return person;
}

async function keptForms(): Promise<number> {
  const found = await running.pool.query(`select from flows where kind = 'kept-form'`);
  return found.rowCount!;
}

async function administratorPresses(button: string, then?: string): Promise<void> {
  const sato = await signedIn(running, company.sato);
  await sato.opens(`/accounts/${company.suzuki.id}`);
  await sato.presses(button);
  if (then !== undefined) await sato.presses(then);
}

describe('a form that comes after somebody ended its session', () => {
  it.each([
    [
      'from another device',
      async () => {
        const elsewhere = await signedIn(running, company.suzuki);
        await elsewhere.opens('/me/sessions');
        await elsewhere.presses('ほかの端末からログアウト');
      },
    ],
    [
      'by a new password',
      async () => {
        const elsewhere = await signedIn(running, company.suzuki);
        await elsewhere.opens('/me/password');
        elsewhere.fills('現在のパスワード', company.suzuki.password);
        elsewhere.fills('新パスワード', PASSWORD);
        elsewhere.fills('パスワード確認', PASSWORD);
        await elsewhere.presses('パスワードを変更する');
        company.suzuki = { ...company.suzuki, password: PASSWORD };
      },
    ],
    ['by an administrator', () => administratorPresses('すべての端末からログアウトさせる')],
  ])('waits for the same person: %s', async (_, end) => {
    const person = await interruptedBy(end);
    expect(person.page.notice).toContain(ENDED);
    expect(person.page.text).toContain('9時30分までお預かりしています');
    await signsInThere(person, company.suzuki);
    expect(person.page.url.pathname).toBe('/me/profile');
    expect(person.page.notice).toContain(RESTORED);
    expect(person.page.field('部署').getAttribute('value')).toBe('海外営業部');
    await person.presses('変更する');
    await person.opens('/me');
    expect(person.page.text).toContain('海外営業部');
  });

  it('is shown to nobody else', async () => {
    const person = await interruptedBy(() =>
      administratorPresses('すべての端末からログアウトさせる'),
    );
    await signsInThere(person, company.tanaka);
    expect(person.page.url.pathname).toBe('/');
    expect(person.page.html).not.toContain('海外営業部');
  });

  it('is not kept where the account can no longer be used, which the page says', async () => {
    const person = await interruptedBy(async () => {
      const { id } = company.suzuki;
      const sato = await signedIn(running, company.sato);
      await sato.opens(`/accounts/${id}/suspension`);
      await sato.presses('利用を停止');
    });
    expect(person.page.notice).toContain('送信した内容は受け付けておらず、お預かりもしていません');
    expect(await keptForms()).toBe(0);
  });

  it('is kept for nobody who only claims a session, nor after its longest time', async () => {
    const person = await signedIn(running, company.suzuki);
    const cookie = `session=${person.jar.cookies.get('session')!.value}`;
    await administratorPresses('すべての端末からログアウトさせる');
    const fields = { department: '海外営業部' };
    const claimed = { cookie: `${cookie.split('.')[0]}.${'A'.repeat(43)}` };
    const stranger = running.visitor();
    await stranger.sends('POST', '/me/profile', { fields, headers: claimed });
    expect(await keptForms()).toBe(0);
    await running.clock.advance('12 hours');
    await person.sends('POST', '/me/profile', { fields });
    expect(await keptForms()).toBe(0);
  });
});

const isTicked = (person: Visitor, label: string) =>
  person.page.field(label).hasAttribute('checked');

describe('what was ticked', () => {
  it('comes back with the people whom it was about', async () => {
    const person = await signedIn(running, company.sato);
    await chooses(person, company.sato, company.suzuki);
    expect(isTicked(person, '自分のアカウントも削除する')).toBe(false);
    person.checks('自分のアカウントも削除する');
    await running.clock.advance('30 minutes');
    await person.presses('削除');
    await signsInThere(person, company.sato);
    expect(person.page.h1).toBe('利用者の削除');
    expect(person.page.text).toContain('鈴木 一郎');
    expect(person.page.text).toContain('佐藤 花子');
    expect(isTicked(person, '自分のアカウントも削除する')).toBe(true);
  });

  it.each([
    ['one', ['198.51.100.0/24']],
    ['several', ['198.51.100.0/24', '192.0.2.0/24']],
  ])('in a list: %s', async (_, chosen) => {
    const person = await signedIn(running, company.sato);
    await drafts(person, '198.51.100.0/24,本社', '192.0.2.0/24,支店', '203.0.113.0/24,倉庫');
    const labels = { '198.51.100.0/24': '本社', '192.0.2.0/24': '支店', '203.0.113.0/24': '倉庫' };
    const boxes = Object.entries(labels).map(([network, label]) => `${network}（${label}）を選択`);
    const wanted = boxes.filter((box) => chosen.some((network) => box.startsWith(network)));
    for (const box of wanted) person.checks(box);
    await running.clock.advance('30 minutes');
    await person.presses('選んだ行を削除');
    await signsInThere(person, company.sato);
    expect(person.page.notice).toContain(RESTORED);
    expect(boxes.filter((box) => isTicked(person, box))).toEqual(wanted);
  });
});
