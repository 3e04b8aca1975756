import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { invitationTo, invited, invites, office } from '../support/invitation.js';
import {
  HEADER,
  invitedOf,
  linesOn,
  listOf,
  pastes,
  uploads,
} from '../support/invitation-import.js';

const IMPORT = '/accounts/invitations/import';
const AT_THE_END = 'URLの期限は、お送りしてから7日間です。';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));

const pasted = ({ page }: Visitor) =>
  page.field('一覧の貼り付け').textContent.trim().replaceAll('\r', '');

const buttons = ({ page }: Visitor) =>
  page.root
    .querySelectorAll('main button')
    .map((button) => button.structuredText.trim())
    .filter((text) => text.endsWith('名を招待する'));

describe('five hundred people', () => {
  it('are shown by twenties, those with advice first, with the button at both ends', async () => {
    const { person, sato, corporation } = await office(running);
    const { text, emails } = listOf(500);
    await pastes(person, text.replace(emails[300]!, sato.email));
    expect(buttons(person)).toEqual(['500名を招待する', '500名を招待する']);
    expect(linesOn(person)).toHaveLength(20);
    expect(linesOn(person)[0]).toMatch(/^302 中村 301郎.*すでに登録されています。/);
    expect(linesOn(person)[1]).toMatch(/^2 中村 1郎/);
    expect(person.page.text).toContain('全500件中 1〜20件');
    await person.follows('次へ');
    expect(linesOn(person)[0]).toMatch(/^21 中村 20郎/);
    await person.opens(`${person.page.url.pathname}${person.page.url.search}9`);
    expect(person.page.text).toContain('全500件中 1〜20件');
    await person.presses('500名を招待する', AT_THE_END);
    expect(await invitedOf(running, corporation)).toBe(500);
  });

  it('twenty-one are sent from the top as well, and a few have one button', async () => {
    const { person, corporation } = await office(running);
    await pastes(person, listOf(20).text);
    expect(buttons(person)).toEqual(['20名を招待する']);
    await pastes(person, listOf(21).text);
    await person.presses('21名を招待する', '読み取った一覧');
    expect(await invitedOf(running, corporation)).toBe(21);
  });
});

describe('the limit of a day', () => {
  it('is told on both pages, with the time of the next list and what to do until then', async () => {
    const { person } = await office(running);
    await person.opens(IMPORT);
    expect(person.page.text).toContain('本日は、あと5回、合わせて2500名まで');
    for (let list = 0; list < 5; list += 1) {
      await pastes(person, listOf(1).text);
      expect(person.page.facts['まとめて招待できる残り']).toContain(`本日は、あと${5 - list}回`);
      await person.presses('1名を招待する');
      await running.clock.advance('1 minute');
    }
    const told = '次にまとめて招待できるのは、2026年11月23日(月) 18時30分からです。';
    await person.opens(IMPORT);
    expect(person.page.text).toContain(told);
    expect(person.page.text).not.toContain('本日は、あと');
    await pastes(person, listOf(1).text);
    expect(person.page.text).toContain(told);
    expect(buttons(person)).toEqual([]);
    await person.follows('1名ずつ招待する');
    expect(person.page.path).toBe('/accounts/new');
  });
});

describe('another list is chosen', () => {
  it('with what was pasted still there', async () => {
    const { person } = await office(running);
    const { text } = listOf(2);
    await pastes(person, text);
    await person.follows('一覧を選び直す');
    expect(pasted(person)).toBe(text);
    await person.presses('内容を確認する');
    expect(person.page.h1).toBe('招待する方の確認');
    await person.presses('2名を招待する');
    await person.opens(IMPORT);
    expect(pasted(person)).toBe('');
  });

  it('after a file, which is named and asked for again', async () => {
    const { person } = await office(running);
    await uploads(person, Buffer.from(listOf(2).text));
    expect(person.page.facts['読み取った一覧']).toMatch(
      /^list\.csv\s+2026年11月22日\(日\) 18時30分に読み取り$/,
    );
    await person.follows('一覧を選び直す');
    expect(person.page.text).toContain('前回は「list.csv」を選びました。');
    expect(pasted(person)).toBe('');
  });

  it('from a file with errors, which its report names', async () => {
    const { person } = await office(running);
    await uploads(person, Buffer.from(`${HEADER}\n春田,ハルタ,,,haruta,担当者`));
    expect(person.page.text).toContain('修正が必要な行（list.csv）');
  });

  it('and what another browser knows of it is nothing', async () => {
    const { person, sato } = await office(running);
    await pastes(person, listOf(1).text);
    await person.follows('一覧を選び直す');
    const elsewhere = running.visitor();
    await elsewhere.opens(person.page.path);
    elsewhere.fills('ID', sato.loginId);
    elsewhere.fills('パスワード', sato.password);
    await elsewhere.presses('ログイン');
    expect(pasted(elsewhere)).toBe('');
  });
});

it('a tab that was overtaken voids no link before it has said so', async () => {
  const { person, corporation } = await office(running);
  const { text, emails } = listOf(2);
  const other = person.tab();
  await pastes(person, text);
  await pastes(other, `${text}\n秋山,アキヤマ,,,akiyama-${emails[0]},担当者`);
  await other.presses('3名を招待する');
  const link = await invitationTo(running, emails[0]!);
  await person.presses('2名を招待する');
  expect(person.page.status).toBe(409);
  expect(person.page.errors.join()).toContain('ほかの招待が送られたか、登録が変わりました。');
  expect(linesOn(person)[0]).toContain('この方への以前の招待は使えなくなります。');
  expect((await running.visitor().opens(link)).status).toBe(200);
  expect(await invitedOf(running, corporation)).toBe(3);
  await person.presses('2名を招待する');
  expect(person.page.notice).toContain('2名に招待のメールをお送りしました。');
  expect((await running.visitor().opens(link)).status).toBe(410);
});

it('a list that was overtaken at the same moment waits for the other one', async () => {
  const { person, corporation } = await office(running);
  const email = 'overtaken@sakura.example';
  const other = person.tab();
  for (const tab of [person, other])
    await pastes(tab, `${HEADER}\n鈴木 一郎,スズキ,,,${email},担当者`);
  await Promise.all([person, other].map((tab) => tab.presses('1名を招待する')));
  expect([person, other].map(({ page }) => page.status).sort()).toEqual([200, 409]);
  expect(await invitedOf(running, corporation)).toBe(1);
  await invites(person, invited(email));
  expect(person.page.text).toContain('この方への以前の招待は使えなくなりました。');
});
