import { DemoData } from '../../src/demo/demo-data.js';
import type { RunningApp } from '../support/app.js';
import { startDemo } from '../support/demo.js';
import { isSignedIn } from '../support/own-account.js';
import type { Page } from '../support/page.js';
import { gives, isAsked } from '../support/second-factor.js';

let demo: RunningApp;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.stop());

it('nobody of the desk let another one in', async () => {
  const { rows } = await demo.pool.query('select let_in_by as by from operators');
  expect(rows).toEqual([{ by: [] }, { by: [] }]);
});

it('the cast grows by who registers, and offers no sign-in as somebody who is deleted', async () => {
  const person = demo.visitor();
  await person.opens('/dev');
  expect(person.page.text).toContain('まだ利用者がいません。');
  expect(person.page.text.match(/1名だけの管理者です。/g)).toHaveLength(1);
  await demo.pool.query(
    `insert into accounts (corporation_id, role, name, name_kana, login_id, login_id_key, email, email_key,
                           password_hash, state, activated_at)
     select c.id, 'administrator', who.name, 'カナ', who.login_id, who.login_id, who.email, who.email, 'x',
            'active', now()
     from corporations c
     join (values ('1000001', '青木 光', 'aoki', 'aoki@aoba.example'),
                  ('2000002', '山田 勇', 'yamada', 'yamada@minato.example'))
       as who (number, name, login_id, email) on who.number = c.corporate_number`,
  );
  await demo.pool.query(
    `update accounts set state = 'deleted', deleted_at = now(), deleted_from = 'active'
     where login_id = 'takahashi-demo'`,
  );
  await person.reloads();
  expect(person.page.text).not.toContain('まだ利用者がいません。1で');
  expect(person.page.text).toContain('青木 光 管理者');
  person.page.button('青木 光 様のログインページへ');
  expect(() => person.page.button('青木 光 様としてログイン')).toThrow('No button');
  // 青木 alone administers the first company now, and 佐藤 no longer the second one.
  expect(person.page.text.match(/1名だけの管理者です。/g)).toHaveLength(1);
  expect(person.page.text).toContain('1名だけの管理者です。パスワードは、ご本人が決めたものです。');
  expect(person.page.text).toContain('髙橋 𠮷彦 担当者削除済み');
  expect(() => person.page.button('髙橋 𠮷彦 様としてログイン')).toThrow('No button');
});

const codeOf = (page: Page, name: string): string => {
  const people = page.root.querySelectorAll('.gk-cast__person').map(({ text }) => text);
  const shown = people.find((person) => person.includes(name)) ?? '';
  return /確認コード\s+(\d{6})/.exec(shown)?.[1] ?? '';
};

it('the code of whoever has a second factor stands beside them, and is another one when it is used', async () => {
  const used = new Set<string>();
  for (let times = 0; times < 2; times += 1) {
    const person = demo.visitor();
    await person.opens('/dev');
    expect(codeOf(person.page, '伊藤 美咲')).toBe('');
    const code = codeOf(person.page, '渡辺 舞');
    await person.presses('渡辺 舞 様としてログイン');
    expect(isAsked(person)).toBe(true);
    await gives(person, code);
    expect(await isSignedIn(person)).toBe(true);
    await person.opens('/me/second-factor');
    expect(person.page.text).toContain('使えるリカバリーコードは、あと10個です');
    used.add(code);
  }
  expect(used.size).toBe(2);
});

it('a demo of a former version gets the people with a second factor, once', async () => {
  await demo.pool.query(`delete from sessions`);
  await demo.pool.query(`delete from accounts where login_id in ('watanabe-demo', 'ogawa-demo')`);
  for (let starts = 0; starts < 2; starts += 1) await demo.app.get(DemoData).load();
  const { rows } = await demo.pool.query(
    `select a.login_id, a.second_factor_since is not null as has from accounts a
     join totp_secrets s on s.account_id = a.id order by 1`,
  );
  expect(rows).toEqual([
    { login_id: 'ogawa-demo', has: true },
    { login_id: 'watanabe-demo', has: true },
  ]);
});
