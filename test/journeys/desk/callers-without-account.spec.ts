import { startApp, type RunningApp } from '../../support/app.js';
import { strangerAsks } from '../../support/desk-case.js';
import { Clerk } from '../../support/desk-clerk.js';
import { office } from '../../support/invitation.js';
import { activates, applicant, registers } from '../../support/registration.js';

const SENTENCE = '管理者の追加登録（/admin-enrollment）をお申し込みください。';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

const people = () =>
  clerk.page.root
    .querySelectorAll('#administrators + ul li')
    .map(({ text }) => text.replace(/\s+/g, ' ').trim());

describe('somebody whose predecessor left', () => {
  it('is answered behind the company, which is found with its administrators', async () => {
    const { corporation, sato } = await office(running);
    for (const line of [
      `高田純 ${corporation.corporateNumber}`,
      `${corporation.name} 高田純`,
      `${corporation.corporateNumber} ${corporation.name} 高田純です`,
    ]) {
      await clerk.searches(line);
      const { text } = clerk.page;
      expect([line, text]).toEqual([line, expect.stringContaining(SENTENCE)]);
      for (const part of ['お名前に当てはまる方は見つかりません。', corporation.name, sato.name])
        expect([line, text]).toEqual([line, expect.stringContaining(part)]);
      expect(text).not.toContain('当てはまるものはありません。');
    }
    await clerk.browser.follows(corporation.name);
    expect(clerk.page.text).toContain(SENTENCE);
  });

  it('registers anew where nobody administers the company, and waits while it is closed', async () => {
    const empty = await running.people.corporationExists({
      corporateNumber: '5300009',
      name: '株式会社もぬけ',
    });
    await clerk.searches(`高田純 ${empty.corporateNumber}`);
    expect(clerk.page.text).toContain('新規登録（/initiate）をご案内してください。');
    expect(clerk.page.text).not.toContain(SENTENCE);
    await running.pool.query(`update corporations set state = 'closed' where id = $1`, [empty.id]);
    await clerk.searches(`高田純 ${empty.corporateNumber}`);
    expect(clerk.page.text).toContain('この法人のご利用は終了しています。');
    expect(clerk.page.text).not.toMatch(/initiate|admin-enrollment/);
  });

  it('is answered where nothing is found, but not behind a number', async () => {
    await clerk.searches('高田純');
    expect(clerk.page.text).toContain(SENTENCE);
    await clerk.searches('aaaaaaaa-bbbb');
    expect(clerk.page.text).not.toContain(SENTENCE);
    const { sato } = await office(running);
    await clerk.searches(sato.loginId);
    expect(clerk.page.text).not.toContain(SENTENCE);
  });
});

it('the administrators of a company are those who are, or may become one', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '5300001',
    name: '青葉商事株式会社',
  });
  const [first, second] = [
    applicant('aoki.k', { name: '青木　邉子' }),
    applicant('ueda.t', { name: '上田 髙志' }),
  ];
  await registers(running.visitor(), corporation, first);
  const again = { ...first, loginId: 'aoki.n', email: 'aoki.n@example.jp' };
  await registers(running.visitor(), corporation, again);
  await registers(running.visitor(), corporation, second);
  await clerk.browser.opens(`/desk/corporations/${corporation.id}`);
  expect(people()).toContainEqual(expect.stringMatching(/上田 髙志 ueda\.t 登録未完了/));
  const mail = await running.mailbox.mailTo(again.email);
  await activates(running.visitor(), running.mailbox.linkIn(mail));
  await clerk.browser.reloads();
  expect(people()).toEqual([expect.stringMatching(/^青木　?\s?邉子 aoki\.n 利用中/)]);
});

it('a question of a stranger leads to whom it names', async () => {
  const { corporation, sato } = await office(running);
  const number = await strangerAsks(running, {
    name: sato.name,
    corporationName: corporation.name,
    email: 'sato+1@else.example',
  });
  for (const [link, found] of [
    [`${sato.name} 様`, sato.loginId],
    [corporation.name, corporation.corporateNumber],
    ['sato+1@else.example', number],
  ] as const) {
    await clerk.browser.opens(`/desk/cases/${number}`);
    await clerk.browser.follows(link);
    expect([link, clerk.page.text]).toEqual([link, expect.stringContaining(found)]);
    expect(clerk.page.path).toContain('/desk/search');
  }
});
