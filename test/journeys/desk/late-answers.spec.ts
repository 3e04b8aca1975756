import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import {
  deskPersonExists,
  provesAtDesk,
  signsInAtDesk,
  type DeskPerson,
} from '../../support/desk.js';

let running: RunningApp;
let tamura: DeskPerson;
beforeAll(async () => {
  running = await startApp();
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
});
afterAll(() => running.stop());

/** In front of the question, with a form behind it. */
async function interrupted(): Promise<Visitor> {
  const person = running.visitor();
  await signsInAtDesk(person, tamura);
  await person.opens('/desk/operators/new');
  person.fills('氏名', '三浦');
  person.fills('ログインID', 'miura');
  person.fills('メールアドレス', 'miura@desk.example');
  person.fills('理由', '増員');
  await person.presses('追加してメールを送る');
  expect(person.page.h1).toBe('本人確認');
  return person;
}

async function signsInAgain(person: Visitor): Promise<void> {
  expect(person.page.path).toMatch(/^\/desk\/login/);
  person.fills('ID', tamura.loginId);
  person.fills('パスワード', tamura.password);
  await person.presses('ログイン');
  person.fills('確認コード', await tamura.app.nextCode());
  await person.presses('ログイン');
}

const ways: Record<string, (person: Visitor) => Promise<unknown>> = {
  'an answer that comes too late': async (person) => {
    await running.clock.advance('15 minutes 1 second');
    await provesAtDesk(person);
  },
  'a wrong code, and a right one that comes too late': async (person) => {
    person.fills('確認コード', '000000');
    await person.presses('操作を続ける');
    await running.clock.advance('15 minutes 1 second');
    await provesAtDesk(person);
  },
  'the page of the question, loaded anew': async (person) => {
    await running.clock.advance('15 minutes 1 second');
    await person.opens(person.page.path);
  },
};

it('leads the second tap at the question where the first one led', async () => {
  const person = await interrupted();
  const hidden = person.page.root.querySelectorAll('main input[type=hidden]');
  const waiting = hidden.map((field) => [field.getAttribute('name'), field.getAttribute('value')]);
  const fields = { ...Object.fromEntries(waiting), code: await tamura.app.nextCode() };
  const twin = person.tab(person.jar.copy());
  const first = await person.sends('POST', '/desk/confirmation', { fields });
  const second = await twin.sends('POST', '/desk/confirmation', { fields });
  expect(first.headers.location).toMatch(/^\/desk\/operators\/new/);
  expect(second.headers.location).toBe(first.headers.location);
  for (const tab of [person, twin]) expect((await tab.opens('/desk')).path).toBe('/desk');
});

describe('what was typed at the desk before a question', () => {
  it.each(Object.entries(ways))('is back after %s', async (_, comesBack) => {
    const person = await interrupted();
    await comesBack(person);
    await signsInAgain(person);
    expect(person.page.path).toMatch(/^\/desk\/operators\/new/);
    expect(person.page.content('[name=loginId]').getAttribute('value')).toBe('miura');
    expect(person.page.notice).toContain('まだ送信されていません');
  });

  it('is said to wait only as long as it does', async () => {
    const person = await interrupted();
    for (let past = 0; past < 30; past += 10) {
      await running.clock.advance('10 minutes 1 second');
      await person.sends('GET', '/desk');
    }
    await provesAtDesk(person);
    expect(person.page.path).toMatch(/^\/desk\/operators\/new/);
    expect(person.page.notice).not.toContain('もう一度ボタンを押すと');
  });
});
