import {
  cleanAmount,
  cleanInvoiceNumber,
  type InvoiceMark,
} from '../corporations/shown-invoice.js';
import type { DemoCompany } from './demo-companies.js';

type DemoInvoice = DemoCompany['invoices'][number];

export function markOf({ invoiceNumber, amount }: DemoInvoice): InvoiceMark {
  return invoiceNumber
    ? { kind: 'number', value: cleanInvoiceNumber(invoiceNumber) }
    : { kind: 'amount', value: cleanAmount(String(amount)) };
}

/** What the newest invoice of a company shows for the field that asks for it. */
export function newestOf({ invoices: [newest] }: DemoCompany): string {
  const { invoiceNumber, amount } = newest!;
  return invoiceNumber || shownAmount(amount);
}

export function shownAmount(amount: number): string {
  return `${amount.toLocaleString('ja-JP')}円`;
}

/** The first day of this month, and of those before it, in Japan. @param place 0 for the newest */
export function issueDayOf(place: number, now: Date): string {
  const [year, month] = monthInJapan(now);
  return new Date(Date.UTC(year, month - 1 - place, 1)).toISOString().slice(0, 10);
}

function monthInJapan(now: Date): [year: number, month: number] {
  const day = now.toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' });
  const [year, month] = day.split('-').map(Number);
  return [year!, month!];
}
