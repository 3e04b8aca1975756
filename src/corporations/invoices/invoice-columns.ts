import { CsvColumns } from '../../web/csv/csv-columns.js';

/** The columns of the monthly invoices, by the names that they have on paper. */
const invoiceColumnNames = {
  corporateNumber: '法人番号',
  invoiceNumber: '請求書番号',
  amount: '請求金額',
  issuedOn: '発行日',
} as const;

export type TypedInvoice = Record<keyof typeof invoiceColumnNames, string>;

export const invoiceColumns = new CsvColumns(invoiceColumnNames, {
  corporateNumber: 'corporate_number',
  invoiceNumber: 'invoice_number',
  amount: 'amount',
  issuedOn: 'issued_on',
});
