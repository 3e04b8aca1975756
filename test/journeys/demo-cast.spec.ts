import type { RunningApp } from '../support/app.js';
import { startDemo } from '../support/demo.js';

let demo: RunningApp;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.stop());

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
