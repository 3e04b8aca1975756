import { startApp, type RunningApp } from '../support/app.js';
import { isInvoiced } from '../support/invoices.js';
import {
  lossMail,
  outcomeOf,
  provesCompany,
  reportsLoss,
  smallCompany,
  type SmallCompany,
} from '../support/lost-factor.js';
import type { Corporation } from '../support/people.js';
import { WRONG } from '../support/proof.js';

const FIELD = '請求書番号（または請求金額）';
const UNMATCHED =
  '法人番号、お振込先口座番号、請求書番号（または請求金額）の組み合わせを確認できませんでした。';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({ enrollmentProof: 'invoice' });
});
afterAll(() => running.stop());

/** In front of the fields, behind the link to the only administrator. */
async function asked(company: SmallCompany) {
  const person = await reportsLoss(running, company.sato);
  await person.opens(running.mailbox.linkIn(await lossMail(running, company.sato)));
  return person;
}

const reason = async () => {
  const { rows } = await running.pool.query<{ reason: string }>(
    `select reason from audit_entries where act = 'numbers-proof' order by id desc limit 1`,
  );
  return rows[0]!.reason;
};

describe('where the newest invoice is asked', () => {
  it('the only administrator shows it too', async () => {
    const company = await smallCompany(running);
    const corporation = await isInvoiced(running, company.corporation);
    const person = await asked(company);
    expect(person.page.text).toContain(FIELD);
    await provesCompany(person, { ...corporation, invoice: '' });
    expect(person.page.text).toContain(`${FIELD}を入力してください。`);
    await provesCompany(person, corporation);
    expect(person.page.h1).toBe('お手続きを受け付けました');
  });

  it.each<[string, string, (corporation: Corporation) => Partial<Corporation>]>([
    ['an older one', 'invoice-unmatched', () => ({ invoice: 'S-20361' })],
    ['other numbers', 'numbers-unmatched', () => ({ transferAccounts: [WRONG] })],
  ])('%s gets the neutral sentence', async (_, logged, shown) => {
    const company = await smallCompany(running);
    const corporation = await isInvoiced(running, company.corporation);
    const person = await asked(company);
    await provesCompany(person, { ...corporation, ...shown(corporation) });
    expect([person.page.status, await reason()]).toEqual([422, logged]);
    expect(person.page.text).toContain(UNMATCHED);
    expect(await outcomeOf(running, company.sato)).toBeNull();
    await provesCompany(person, corporation);
    expect(person.page.h1).toBe('お手続きを受け付けました');
  });

  it('a company without invoices on file gets it too', async () => {
    const company = await smallCompany(running);
    const person = await asked(company);
    await provesCompany(person, { ...company.corporation, invoice: 'S-20417' });
    expect([person.page.status, await reason()]).toEqual([422, 'invoices-missing']);
    expect(person.page.text).toContain(UNMATCHED);
  });
});
