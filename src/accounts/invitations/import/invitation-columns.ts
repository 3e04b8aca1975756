import { CsvColumns } from '../../../web/csv/csv-columns.js';
import type { CsvRow } from '../../../web/csv/csv-rows.js';

/** The columns of a list of people, by the names that the form's fields have. */
const columnNames = {
  name: '氏名',
  nameKana: 'フリガナ',
  department: '部署',
  phone: '電話番号',
  email: 'メールアドレス',
  role: '権限',
} as const;

export type Column = keyof typeof columnNames;

export const columns = new CsvColumns<Column>(
  columnNames,
  {
    name: 'name',
    nameKana: 'name_kana',
    department: 'department',
    phone: 'phone',
    email: 'email',
    role: 'role',
  },
  ['department', 'phone'],
);

/** Of a list without a header. */
export const STANDARD_HEADER: CsvRow = { line: 0, cells: Object.values(columnNames) };
