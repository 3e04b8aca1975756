import iconv from 'iconv-lite';
import { startApp, type RunningApp } from '../support/app.js';
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
    const file = await person.sends('GET', '/accounts/export');
    const cell = (name.startsWith('=') ? `'${name}` : name).replaceAll('"', '""');
    expect(file.text).toContain(`\r\n"${cell}","テスト"`);
    await chooses(person, named);
    expect(person.page.text).toContain(name);
    await person.presses('削除');
    expect(person.page.text).toContain(name);
    expect((await running.mailbox.mailTo(named.email)).text).toContain(`${name} 様`);
  },
);

describe('the file', () => {
  it('holds whom the list shows, with a mark for spreadsheets', async () => {
    const { sato, suzuki } = await companyExists(running);
    const person = await signedIn(running, sato);
    await person.opens('/accounts?role=staff');
    const link = person.page.link('CSVをダウンロード（UTF-8）').getAttribute('href')!;
    const { status, headers, text } = await person.sends('GET', link);
    expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers['content-disposition']).toBe('attachment; filename="accounts.csv"');
    expect(headers['cache-control']).toContain('no-store');
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^\uFEFF"氏名","フリガナ","部署"/);
    expect(lines[1]).toMatch(
      new RegExp(
        `^"鈴木 一郎","スズキ イチロウ","","","${suzuki.email}","${suzuki.loginId}","担当者","利用中","",`,
      ),
    );
    const { rows } = await running.pool.query(
      `select reason from audit_entries where act = 'accounts-export' and account_id = $1`,
      [sato.id],
    );
    expect(rows).toEqual([{ reason: 'done' }]);
  });

  it('comes in Shift_JIS too, with 〓 for what it does not have', async () => {
    const { corporation, sato } = await companyExists(running);
    await running.people.staffExists({ corporation, loginId: 'sjis-1', name: '髙橋 𠮷彦〜' });
    const person = await signedIn(running, sato);
    await person.opens('/accounts');
    const link = person.page.link('CSVをダウンロード（Shift_JIS）').getAttribute('href')!;
    const answer = await fetch(running.url + link, { headers: { cookie: person.jar.header! } });
    const text = iconv.decode(Buffer.from(await answer.arrayBuffer()), 'cp932');
    expect(text).toContain('"髙橋 〓彦～"');
    expect(text).toMatch(/^"氏名"/);
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
    const { text } = await person.sends('GET', '/accounts/export');
    const lines = text.trim().split('\r\n');
    expect(new Set(lines).size).toBe(1 + 3 + 1200);
    expect(text).toContain(`"'+81-3"`);
  });
});
