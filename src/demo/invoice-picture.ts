import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';
import type { DemoCompany } from './demo-companies.js';
import { issueDayOf, shownAmount } from './demo-invoices.js';

const SAMPLE = {
  name: '見本商事株式会社',
  corporateNumber: '1234567',
  transferAccountNumber: '0012345',
  invoiceNumber: 'S-20417',
  amounts: ['110,000円', '100,000円', '10,000円'],
  month: ['2026年11月1日', '11月分', '2026年11月30日'],
};

/** Drawn apart, because some invoices carry none. */
const INVOICE_NUMBER = /<g id="invoice-number"[^>]*>.*?<\/g>/s;

/**
 * The sample invoice of the help texts, with what a demo company's newest one says.
 * @param marksNewest whether what shows the newest invoice is framed like the two numbers
 */
export function invoicePicture(company: DemoCompany, marksNewest: boolean, now: Date): string {
  const file = marksNewest ? 'static/invoice-newest.svg' : 'static/invoice.svg';
  const { invoiceNumber, amount } = company.invoices[0]!;
  const drawn = readFileSync(join(root, file), 'utf8')
    .replaceAll(SAMPLE.name, company.name)
    .replaceAll(SAMPLE.corporateNumber, company.corporateNumber)
    .replaceAll(SAMPLE.transferAccountNumber, company.transferAccountNumber);
  const numbered = invoiceNumber
    ? drawn.replaceAll(SAMPLE.invoiceNumber, invoiceNumber)
    : drawn.replace(INVOICE_NUMBER, '').replace(`、その下に請求書番号${SAMPLE.invoiceNumber}`, '');
  return withDates(withAmounts(numbered, amount), now);
}

/** A tenth is tax, which the sample says. */
function withAmounts(picture: string, amount: number): string {
  const net = Math.round(amount / 1.1);
  const shown = [amount, net, amount - net].map(shownAmount);
  return replacedTogether(picture, SAMPLE.amounts, shown);
}

function withDates(picture: string, now: Date): string {
  const [year, month] = issueDayOf(0, now).split('-').map(Number);
  const last = new Date(Date.UTC(year!, month!, 0)).getUTCDate();
  const dates = [`${year}年${month}月1日`, `${month}月分`, `${year}年${month}月${last}日`];
  return replacedTogether(picture, SAMPLE.month, dates);
}

/** What is written is not looked at again. */
function replacedTogether(text: string, before: string[], after: string[]): string {
  const any = new RegExp(before.map((each) => `(?<!\\d)${each}`).join('|'), 'g');
  return text.replace(any, (found) => after[before.indexOf(found)]!);
}
