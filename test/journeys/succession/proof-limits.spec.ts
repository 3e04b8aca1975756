import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { TAMURA } from '../../support/desk-people.js';
import { isUsed, provesBehind } from '../../support/proof.js';
import { signsIn } from '../../support/registration.js';
import {
  applies,
  entersNumbers,
  leftBehind,
  objectionLink,
  type LeftBehind,
} from '../../support/succession.js';

const WRONG = '7654321';
const COMPANIES = 5000;
const CASE = /[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}/;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.advance('1 day'));

const guesses = (corporateNumber: string, person = running.visitor(), flow = '') =>
  person.sends('POST', '/admin-enrollment/numbers', {
    fields: { corporateNumber, transferAccountNumber: WRONG, flow },
  });

async function counted(reason: string): Promise<number> {
  const { rows } = await running.pool.query<{ count: number }>(
    `select count(*)::int from audit_entries where act = 'numbers-proof' and reason = $1`,
    [reason],
  );
  return rows[0]!.count;
}

/** Companies 600001 to 605000: odd ones have an administrator. Nobody guesses their second number. */
async function companiesExist(): Promise<void> {
  await running.pool.query(
    `with companies as (
       insert into corporations (corporate_number, name, name_kana)
       select (600000 + n)::text, 'とど第' || n || '株式会社', '' from generate_series(1, $1::int) n
       returning id, corporate_number)
     insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana, email,
                           email_key, password_hash, activated_at)
     select id, 'administrator', 'active', 'todo-' || corporate_number, 'todo-' || corporate_number,
            '', '', '', '', '', genkan_now()
     from companies where corporate_number::int % 2 = 1`,
    [COMPANIES],
  );
}

describe('wrong pairs of numbers at 管理担当者追加登録', () => {
  it('are counted before they are compared: 50 at once are five', async () => {
    const { corporation } = await leftBehind(running);
    const person = running.visitor();
    await entersNumbers(person, corporation);
    const flow = person.page.url.searchParams.get('flow')!;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => guesses(corporation.corporateNumber, person, flow)),
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
    expect(answers.filter(({ status }) => status < 400)).toEqual([]);
    expect(await counted('numbers-unmatched')).toBe(5);
  });

  it('are answered alike, whether the company is there, has administrators, or neither', async () => {
    const { corporation } = await leftBehind(running);
    await running.people.corporationExists({ corporateNumber: '7900001', name: '無人株式会社' });
    const answers = [];
    for (const number of [corporation.corporateNumber, '7900001', '7999999']) {
      const { status, text, headers } = await guesses(number);
      expect(status).toBe(422);
      answers.push({ text: neutral(text, number), length: headers['content-length'] });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });
});

describe('a spray of one guess at each company', () => {
  it('moves the proof into the mail before the 200th, and the right pair goes on', async () => {
    await companiesExist();
    let withoutVerdict = 0;
    for (let guess = 1; guess <= 500 && withoutVerdict < 300; guess += 1) {
      const address = `100.${64 + (guess >> 8)}.${guess & 255}.1`;
      const number = String(600_000 + 1 + ((guess * 7919) % COMPANIES));
      const { status } = await guesses(number, running.visitor({ address }));
      if (status === 303) withoutVerdict += 1;
      else expect([status, withoutVerdict]).toEqual([422, 0]);
      if (guess === 199) expect(withoutVerdict).toBeGreaterThan(0);
    }
    expect(withoutVerdict).toBe(300);
    const { rows } = await running.pool.query(
      `select from enrollments where corporate_number like '60____'`,
    );
    expect(rows).toHaveLength(0);

    const left = await leftBehind(running);
    const suzuki = running.visitor();
    await applies(suzuki, left.corporation, left.suzuki);
    expect(suzuki.page.h1).toBe('管理者追加登録完了');
    expect(suzuki.page.text).not.toContain(left.corporation.name);
    await running.mailbox.nothingFor(left.sato.email);
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email));
    await provesBehind(link, suzuki);
    expect(suzuki.page.path).toBe('/login?next=%2Faccounts');
    expect(await objectionLink(running, left.sato)).toContain('/admin-enrollment/objection/');
  });
});

/** 鈴木 applies and proves the mailbox. @returns the case number */
async function comesToDesk(left: LeftBehind): Promise<string> {
  const number = left.corporation.corporateNumber;
  const keys = ['company', 'mail:own', 'mail:others'].map((key) => `proof:${key}:${number}`);
  await isUsed(running, 10, ...keys);
  const person = running.visitor();
  await applies(person, left.corporation, left.suzuki);
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email));
  await provesBehind(link, person);
  expect((await running.mailbox.mailTo(left.suzuki.email)).subject).toContain('受け付けました');
  return person.page.facts.受付番号!;
}

describe('beyond the budget of mails', () => {
  it('the desk grants the application, and it goes its usual way', async () => {
    const left = await leftBehind(running);
    const caseNumber = await comesToDesk(left);
    await running.mailbox.nothingFor(left.sato.email);
    const operator = new Operator(running);
    const shown = await operator.types('enrollment', 'show', caseNumber);
    expect(shown.out).toContain(`${caseNumber}  succession  review  `);
    const granted = await operator.types('review', 'grant', caseNumber, ...TAMURA);
    expect(granted).toMatchObject({ exitCode: 0, err: '' });
    expect(await objectionLink(running, left.sato)).toContain('/admin-enrollment/objection/');
    const welcome = await running.mailbox.mailTo(left.suzuki.email);
    expect(welcome.subject).toContain('管理者追加登録完了のご案内');
    const suzuki = running.visitor();
    await suzuki.opens(new URL(running.mailbox.linkIn(welcome)).pathname);
    await suzuki.presses('登録を完了する');
    expect(suzuki.page.path).toBe('/login?next=%2Faccounts');
  });

  it('an administrator sees no review among the cases of the company', async () => {
    const left = await leftBehind(running);
    expect(await comesToDesk(left)).toMatch(CASE);
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.opens('/admin-enrollment/cases');
    expect(sato.page.text).toContain('追加登録された管理者はいません。');
    await sato.follows('現在の管理者を確認する');
    expect(sato.page.path).toBe('/accounts?role=administrator');
  });
});

/** Without the names of forms and runs, and what was typed. */
function neutral(html: string, number: string): string {
  return html
    .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, 'id')
    .replaceAll(number, 'number');
}
