import { CsvColumns } from '../web/csv/csv-columns.js';

/** The columns of the master data, by the names that the invoice and the manual use. */
export const columnNames = {
  corporateNumber: '法人番号',
  name: '法人名',
  nameKana: '法人名カナ',
  transferAccountNumber: 'お振込先口座番号',
  billingEmail: '請求先メールアドレス',
} as const;

export type TypedRow = Record<keyof typeof columnNames, string>;

export const masterDataColumns = new CsvColumns(columnNames, {
  corporateNumber: 'corporate_number',
  name: 'name',
  nameKana: 'name_kana',
  transferAccountNumber: 'transfer_account_number',
  billingEmail: 'billing_email',
});
