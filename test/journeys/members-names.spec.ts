import iconv from 'iconv-lite';
import { startApp, type RunningApp } from '../support/app.js';
import { FILLED, type Member } from '../support/people.js';
import { chooses, companyExists, signedIn } from '../support/members.js';

/** 100 characters as people count them, each with its variation selector. */
const LONG = '葛\u{E0100}'.repeat(100);

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it.each(['髙橋 𠮷彦', '\uFA19内 﨑子', LONG, `<b>"'&amp;`, '=cmd|calc'])(
  'the name %j stays as it is in list, confirmation, mail and file',
  async (name) => {
    const { corporation, sato } = await companyExists(running);
    const loginId = `named-${corporation.corporateNumber}`;
    const named = await running.people.staffExists({ corporation, loginId, name });
    const person = await signedIn(running, sato);
    const file = await person.sends('POST', '/accounts/export', { fields: {} });
    const cell = (name.startsWith('=') ? `'${name}` : name).replaceAll('"', '""');
    expect(file.text).toContain(`\r\n"${cell}","テスト"`);
    await chooses(person, named);
    expect(person.page.text).toContain(name);
    await person.presses('削除');
    expect(person.page.text).toContain(name);
    expect((await running.mailbox.mailTo(named.email)).text).toContain(`${name} 様`);
  },
);

async function exportsOf({ id }: Member): Promise<string[]> {
  const { rows } = await running.pool.query<{ reason: string }>(
    `select reason from audit_entries where act = 'accounts-export' and account_id = $1`,
    [id],
  );
  return rows.map(({ reason }) => reason);
}

describe('the file', () => {
  it('holds whom the list shows, with a mark for spreadsheets', async () => {
    const { sato, suzuki } = await companyExists(running);
    const person = await signedIn(running, sato);
    await person.opens('/accounts?role=staff');
    await person.presses('CSVをダウンロード（UTF-8）');
    const { status, headers, text } = person.posted!;
    expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers['content-disposition']).toBe('attachment; filename="accounts.csv"');
    expect(headers['cache-control']).toContain('no-store');
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^\uFEFF"氏名","フリガナ","部署"/);
    const { department, phone } = FILLED;
    expect(lines[1]).toMatch(
      new RegExp(
        `^"鈴木 一郎","スズキ イチロウ","${department}","${phone}","${suzuki.email}","${suzuki.loginId}","担当者","利用中","未設定","",`,
      ),
    );
    expect(await exportsOf(sato)).toEqual(['done']);
  });

  it('comes in Shift_JIS too, with 〓 for what it does not have', async () => {
    const { corporation, sato } = await companyExists(running);
    await running.people.staffExists({ corporation, loginId: 'sjis-1', name: '髙橋 𠮷彦〜' });
    const person = await signedIn(running, sato);
    await person.opens('/accounts');
    await person.presses('CSVをダウンロード（Shift_JIS）');
    expect(person.posted!.headers['content-type']).toBe('text/csv; charset=shift_jis');
    const answer = await fetch(`${running.url}/accounts/export`, {
      method: 'POST',
      body: new URLSearchParams({ encoding: 'shift_jis' }),
      headers: { cookie: person.jar.header!, 'sec-fetch-site': 'same-origin' },
    });
    const text = iconv.decode(Buffer.from(await answer.arrayBuffer()), 'cp932');
    expect(text).toContain('"髙橋 〓彦～"');
    expect(text).toMatch(/^"氏名"/);
  });

  it('comes after the password, when that was given more than five minutes ago', async () => {
    const { sato, suzuki } = await companyExists(running);
    const person = await signedIn(running, sato);
    await person.opens('/accounts?role=staff');
    await running.clock.advance('5 minutes');
    await person.presses('CSVをダウンロード（UTF-8）');
    expect([person.page.status, person.page.h1]).toEqual([403, 'パスワードの確認']);
    expect(await exportsOf(sato)).toEqual([]);
    person.fills('現在のパスワード', 'wrong-2026-password');
    await person.presses('操作を続ける');
    expect(person.page.status).toBe(422);
    expect(await exportsOf(sato)).toEqual([]);
    person.fills('現在のパスワード', sato.password);
    await person.presses('操作を続ける');
    expect(person.posted!.headers['content-disposition']).toContain('attachment');
    expect(person.posted!.text).toContain(suzuki.email);
    expect(person.posted!.text).not.toContain(sato.email);
    expect(await exportsOf(sato)).toEqual(['done']);
    expect((await person.opens('/accounts')).status).toBe(200);
  });

  it('is made by no link: its address leads to the list', async () => {
    const { sato } = await companyExists(running);
    const person = await signedIn(running, sato);
    await person.opens('/accounts/export?role=staff&encoding=shift_jis');
    expect(person.page.path).toBe('/accounts?role=staff');
    expect(await exportsOf(sato)).toEqual([]);
  });

  it('holds everybody of a large company', async () => {
    const { corporation, sato } = await companyExists(running);
    await running.pool.query(
      `insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
         email, email_key, password_hash, phone)
       select $1, 'staff', 'active', 'many-' || n, 'many-' || n, '人' || n, 'ヒト', '', '', '', '+81-3'
       from generate_series(1, 1200) n`,
      [corporation.id],
    );
    const person = await signedIn(running, sato);
    const { text } = await person.sends('POST', '/accounts/export', { fields: {} });
    const lines = text.trim().split('\r\n');
    expect(new Set(lines).size).toBe(1 + 3 + 1200);
    expect(text).toContain(`"'+81-3"`);
  });
});
