import { startDemo } from '../support/demo.js';
import { applicant, entersDetails, entersNumbers } from '../support/registration.js';

const NEWEST = '請求書番号（または請求金額）';
const AOBA = { corporateNumber: '1000001', transferAccounts: ['0012345'] };

it('where the newest invoice is asked, the tour says what to enter, and that registers', async () => {
  const demo = await startDemo({ enrollmentProof: 'invoice' });
  const person = demo.visitor();
  await person.opens('/dev');
  const [, invoice] = /（または請求金額）\s+(\S+)/.exec(person.page.text)!;
  await person.opens('/dev/invoices');
  expect(person.page.html).toContain(invoice);
  await entersNumbers(person, { ...AOBA, id: '', name: '', invoice: invoice! });
  await entersDetails(person, applicant('aoki'));
  await person.presses('登録');
  expect(person.page.h1).toBe('新規登録受付完了');
  await demo.stop();
});

it('where it is not asked, the tour says nothing of it', async () => {
  const demo = await startDemo();
  const person = demo.visitor();
  expect((await person.opens('/dev')).text).not.toContain(NEWEST);
  await demo.stop();
});
