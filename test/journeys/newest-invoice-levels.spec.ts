import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { invoicedCompany, SHOWN } from '../support/invoices.js';
import type { Corporation } from '../support/people.js';
import { appliesByMail, isUsed, neutral, provesBehind, wrong } from '../support/proof.js';
import { applicant, entersNumbers, registers, signsIn } from '../support/registration.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp({ enrollmentProof: 'invoice' });
});
afterAll(() => running.stop());
/** Each story begins on a day of its own, so that the alarm of the whole service stays silent. */
beforeEach(() => running.clock.advance('1 day'));

const company = () => invoicedCompany(running, `61${(companies += 1)}`);
const outdated = (corporation: Corporation) => ({ ...corporation, invoice: 'S-20361' });

async function shows(corporation: Corporation, person = running.visitor()): Promise<number> {
  await entersNumbers(person, corporation);
  return person.page.status;
}

/** A company at which strangers used up what is compared on the page. */
async function guessedAt(): Promise<Corporation> {
  const corporation = await company();
  await isUsed(running, 10, `proof:company:${corporation.corporateNumber}`);
  return corporation;
}

/** The same with few invoices that nobody could know. */
async function uninvoiced(corporation: Corporation): Promise<Corporation> {
  await running.pool.query('delete from invoices where corporation_id = $1', [corporation.id]);
  return corporation;
}

describe('a wrong invoice', () => {
  it('is counted like a wrong number: five in a case', async () => {
    const corporation = await company();
    const person = running.visitor();
    expect(await shows(outdated(corporation), person)).toBe(422);
    for (let times = 0; times < 4; times += 1) {
      await person.presses('確認');
      expect(person.page.status).toBe(422);
    }
    await person.presses('確認');
    expect(person.page.status).toBe(429);
    expect(await shows(corporation)).toBe(200);
  });

  it('is told on the page ten times a day for a company; then the right one goes on by mail', async () => {
    const corporation = await company();
    for (let times = 0; times < 10; times += 1)
      expect(await shows(outdated(corporation))).toBe(422);
    const sato = applicant('levels.sato');
    const person = running.visitor();
    const link = await appliesByMail(running, corporation, sato, person);
    expect(person.page.text).not.toContain(corporation.name);
    await provesBehind(link, person);
    expect(person.page.path).toBe('/login');
    await signsIn(person, sato);
    expect(person.page.header).toContain(corporation.name);
  });

  it('right ones give back what they took', async () => {
    const corporation = await company();
    for (let times = 0; times < 12; times += 1) expect(await shows(corporation)).toBe(200);
    expect(await shows(outdated(corporation))).toBe(422);
  });
});

describe('by mail', () => {
  it('right, wrong, missing and unknown look alike until the button is pressed', async () => {
    const corporation = await guessedAt();
    await isUsed(running, 10, 'proof:company:6999');
    // Pages that are compared name the minute.
    await running.clock.stopsAt(await running.clock.now());
    const seen = [];
    for (const [who, shown] of Object.entries({
      'same.aaa': corporation,
      'same.bbb': outdated(corporation),
      'same.ccc': wrong(corporation),
      'same.ddd': await uninvoiced(await guessedAt()),
      'same.eee': { ...corporation, corporateNumber: '6999' },
    })) {
      const person = running.visitor({ address: '10.250.9.10' });
      const entered = applicant(who);
      const link = await appliesByMail(running, shown, entered, person);
      const typed = [who, `>${shown.corporateNumber}<`];
      const pages: unknown[] = [person.posted!.status, neutral(person.page.html, ...typed)];
      const [mail] = running.mailbox.all().filter(({ to }) => to === entered.email);
      pages.push(mail!.subject, neutral(mail!.text, ...typed));
      await person.opens(link);
      pages.push(person.page.status, neutral(person.page.html, ...typed));
      seen.push(pages);
    }
    for (const other of seen.slice(1)) expect(other).toEqual(seen[0]);
  });

  it.each([
    ['a wrong invoice', async () => outdated(await guessedAt())],
    ['a wrong number', async () => wrong(await guessedAt())],
    ['no invoice on file', async () => uninvoiced(await guessedAt())],
  ])('%s gets the neutral sentence, and leaves nothing', async (_, given) => {
    const person = running.visitor();
    const entered = applicant(`unmatched.${(companies += 1)}`);
    await provesBehind(await appliesByMail(running, await given(), entered), person);
    expect(person.page.status).toBe(422);
    expect(person.page.text).toContain(
      '法人番号、お振込先口座番号、請求書番号（または請求金額）の組み合わせを確認できませんでした。',
    );
    const { rowCount } = await running.pool.query(`select from enrollments where state = 'by-mail'
      and created_at > genkan_now() - interval '1 hour' and sealed_details is not null`);
    expect(rowCount).toBe(0);
  });

  it('what was entered before the switch showed no invoice, and begins again', async () => {
    await running.restart({ enrollmentProof: 'numbers' });
    const { invoice: _, ...corporation } = await guessedAt();
    const link = await appliesByMail(running, corporation, applicant('before.sato'));
    await running.restart({ enrollmentProof: 'invoice' });
    const person = running.visitor();
    await provesBehind(link, person);
    expect(person.page.status).toBe(422);
  });
});

describe('by the desk', () => {
  it('people see whose invoice was not shown, and the applicants see no difference', async () => {
    const right = await guessedAt();
    const missing = await uninvoiced(await guessedAt());
    const unknown = { ...right, corporateNumber: '6998' };
    for (const { corporateNumber } of [right, missing, unknown])
      await isUsed(
        running,
        10,
        ...['company', 'mail:others'].map((of) => `proof:${of}:${corporateNumber}`),
      );
    const seen = [];
    const lines: Record<string, string> = {};
    for (const [who, shown] of Object.entries({
      right,
      outdated: outdated(right),
      missing,
      unknown,
    })) {
      const person = running.visitor();
      await provesBehind(await appliesByMail(running, shown, applicant(`desk.${who}`)), person);
      const { 受付番号: number = '' } = person.page.facts;
      seen.push([person.page.status, neutral(person.page.html, number)]);
      const { out } = await new Operator(running).types('review', 'list');
      lines[who] = out.split('\n').find((line) => line.startsWith(number))!;
    }
    for (const other of seen.slice(1)) expect(other).toEqual(seen[0]);
    expect(lines.right).toContain(right.name);
    expect(lines.right).not.toContain('invoice');
    expect(lines.outdated).toContain('(the invoice does not match)');
    expect(lines.missing).toContain('(the company has no invoices on file)');
    expect(lines.unknown).not.toContain('invoice');
  });
});

describe('where it is not asked', () => {
  beforeAll(() => running.restart({ enrollmentProof: 'numbers' }));

  it('no page shows the field, and what a form says of it has no effect', async () => {
    const { invoice: _, ...corporation } = await company();
    const person = running.visitor();
    for (const path of ['/initiate', '/initiate/numbers', '/admin-enrollment', '/help/numbers']) {
      await person.opens(path);
      expect(person.page.text).not.toContain('請求書番号');
    }
    const { corporateNumber, transferAccounts } = corporation;
    for (const invoice of [SHOWN, 'S-1', '1'.repeat(100)]) {
      const fields = { corporateNumber, transferAccountNumber: transferAccounts[0]!, invoice };
      const answer = await running.visitor().sends('POST', '/initiate/numbers', { fields });
      expect(answer.status).toBe(303);
    }
    const sato = applicant('numbers.sato');
    await registers(person, corporation, sato);
    await running.mailbox.mailTo(sato.email);
  });
});
