import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import {
  deskPersonExists,
  isInvited,
  pressesAtDesk,
  provesFor,
  setsUp,
  setUpLink,
  signsInAtDesk,
  type DeskPerson,
} from '../../support/desk.js';

let running: RunningApp;
let tamura: DeskPerson;
let nakai: DeskPerson;
let lead: Visitor;
beforeAll(async () => {
  running = await startApp();
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  nakai = await deskPersonExists(running, { loginId: 'nakai', name: '中井' });
});
beforeEach(async () => {
  await running.clock.advance('1 hour');
  lead = running.visitor();
  await signsInAtDesk(lead, tamura);
});
afterAll(() => running.stop());

async function does(act: string, name: string, why = '電話で本人を確認'): Promise<void> {
  await lead.opens('/desk/operators');
  await lead.follows(name);
  if (why) lead.fills('理由', why);
  await pressesAtDesk(lead, act);
}

const lastEntry = async (act: string) => {
  const { rows } = await running.pool.query<{ reason: string; facts: Record<string, string> }>(
    'select reason, facts from audit_entries where act = $1 order by id desc limit 1',
    [act],
  );
  return rows[0]!;
};

it('adds somebody by a mailed link, who then signs in', async () => {
  await lead.opens('/desk/operators');
  await lead.follows('オペレーターを追加する');
  lead.fills('氏名', '三浦');
  lead.fills('ログインID', 'miura');
  lead.fills('メールアドレス', 'miura@desk.example');
  lead.fills('理由', '増員のため');
  await pressesAtDesk(lead, '追加してメールを送る');
  expect(lead.page.text).toContain('三浦 さんを追加し');
  expect(await lastEntry('operator-creation')).toMatchObject({
    reason: 'done',
    facts: { operator: '田村', name: '三浦', why: '増員のため' },
  });
  await lead.opens('/desk/log');
  expect(lead.page.text).toMatch(
    /オペレーター：三浦[^。]*ログインID：miura[^。]*権限：オペレーター/,
  );
  const told = (await running.mailbox.mailTo(nakai.email, 'オペレーターの変更（三浦）')).text;
  expect(told).toMatch(/ログインID：miura\s+権限：オペレーター\s+メールアドレス：m…@desk\.example/);
  const person = running.visitor();
  const known = { loginId: 'miura', name: '三浦', email: 'miura@desk.example' };
  await signsInAtDesk(person, await setsUp(running, person, known));
  expect(person.page.text).toContain('三浦 さん、お疲れさまです。');
});

it('refuses a name, login ID or mailbox that somebody has, a role as a name, and an act without a reason', async () => {
  for (const [name, loginId, told, email = 'another@desk.example'] of [
    ['中 井', 'another', 'この名前か、見分けにくい名前のオペレーターがいます'],
    ['井上 真一', 'NAKAI', 'このログインIDはすでに使われています'],
    ['責任者', 'another', '役割の名前は使えません'],
    ['井上 真一', 'another', 'ほかのオペレーターが使っています', 'Nakai@desk.example'],
    ['井上 真一', 'another', 'ほかのオペレーターが使っています', 'nakai+2@desk.example'],
  ] as [string, string, string, string?][]) {
    await lead.opens('/desk/operators/new');
    lead.fills('氏名', name);
    lead.fills('ログインID', loginId);
    lead.fills('メールアドレス', email);
    lead.fills('理由', '増員のため');
    expect(lead.page.text).toContain(
      '2人で行う判断（2段階認証の解除など）をその方と一緒にできません。',
    );
    await pressesAtDesk(lead, '追加してメールを送る');
    expect(lead.page.status).toBe(422);
    expect(lead.page.text).toContain(told);
  }
  await does('利用を終了する', '中井', '');
  expect(lead.page.status).toBe(422);
  expect(lead.page.text).toContain('責任者にした方は、2人で行う判断');
  expect(lead.page.text).toContain('理由を入力してください。');
});

it('voids password, factors and sessions with a reset; the new link sets both', async () => {
  const own = running.visitor();
  await signsInAtDesk(own, nakai);
  await does('設定のやり直しのメールを送る', '中井');
  expect(lead.page.text).toContain('中井 さんのパスワードと2段階認証を取り消し');
  expect((await own.opens('/desk')).path).toMatch(/^\/desk\/login/);
  const { rows } = await running.pool.query(
    `select o.password_hash, (select count(*)::int from totp_secrets t where t.operator_id = o.id) as apps,
            (select count(*)::int from recovery_codes c where c.operator_id = o.id) as codes
     from operators o where login_id_key = 'nakai'`,
  );
  expect(rows).toEqual([{ password_hash: null, apps: 0, codes: 0 }]);
  nakai = await setsUp(running, running.visitor(), nakai, 'kaede-8453-yama');
  await signsInAtDesk(own, nakai);
  expect(own.page.path).toBe('/desk');
});

it('takes a link once, only the newest, and for three days', async () => {
  const miyata = await isInvited(running, { loginId: 'miyata', name: '宮田' });
  const first = await setUpLink(running, miyata.email);
  const operator = new Operator(running);
  const again = await operator.types('operator', 'reset', 'miyata', '--reason', '未着のため');
  expect(again).toMatchObject({ exitCode: 0, err: '' });
  const person = running.visitor();
  expect((await person.opens(first)).status).toBe(410);
  const { rows } = await running.pool.query<{ n: number }>(
    `select count(*)::int as n from mailed_links where purpose = 'operator-set-up'
     and used_at is null and replaced_at is null and ends_at > genkan_now()`,
  );
  expect(rows[0]!.n).toBe(1);
  const newest = await setUpLink(running, miyata.email);
  await running.clock.advance('72 hours 1 second');
  expect((await person.opens(newest)).status).toBe(410);
  await operator.types('operator', 'reset', 'miyata', '--reason', '期限切れ');
  await setsUp(running, person, miyata);
  expect((await person.opens('/desk/set-up')).status).toBe(410);
  expect(person.page.text).toContain('すでに済んでいます');
});

it('changes roles and ends access, which others hear of, and never leaves no lead', async () => {
  await does('責任者にする', '中井');
  expect(lead.page.text).toContain('中井 さんを責任者にしました。');
  await lead.opens('/desk/log');
  expect(lead.page.text).toMatch(/オペレーター：中井[^。]*ログインID：nakai[^。]*権限：責任者/);
  await does('責任者でなくする', '中井', '異動のため');
  const operator = new Operator(running);
  const last = await operator.types('operator', 'end', 'tamura', '--reason', '退職');
  expect(last).toMatchObject({ exitCode: 1, err: expect.stringContaining('lead') });
  await does('責任者にする', '中井');
  const own = running.visitor();
  await signsInAtDesk(own, nakai);
  await does('利用を終了する', '中井', '退職のため');
  expect((await own.opens('/desk')).path).toMatch(/^\/desk\/login/);
  expect(await lastEntry('operator-end')).toMatchObject({
    reason: 'done',
    facts: { operator: '田村', name: '中井', why: '退職のため' },
  });
  const decided = await operator.types(
    'enrollment',
    'dismiss',
    'K7M2-9QXA',
    '--operator',
    '中井',
    '--reason',
    '確認',
  );
  expect(decided).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('nobody of the desk'),
  });
});

it('lets no lead act on the own sign-in, and no clerk by command', async () => {
  const { rows } = await running.pool.query<{ id: string }>(
    `select id from operators where login_id_key = 'tamura'`,
  );
  const path = `/desk/operators/${rows[0]!.id}`;
  const fields = { act: 'reset', why: '確認' };
  await provesFor(lead, path);
  const { headers } = await lead.sends('POST', path, { fields });
  expect(headers.location).toBe('/desk/operators');
  expect((await lead.opens('/desk')).path).toBe('/desk');
  const operator = new Operator(running);
  const words = ['operator', 'reset', 'tamura', '--reason', '確認', '--operator'];
  expect((await operator.types(...words, '田村')).exitCode).toBe(1);
  const clerk = await operator.types(...words, '三浦');
  expect(clerk).toMatchObject({ exitCode: 1, err: expect.stringContaining('Only leads') });
});
