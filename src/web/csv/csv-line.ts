/** A spreadsheet would take these beginnings for a formula, also as an input method writes them. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠−]/;
const GUARDED = /^'(?=[=+\-@＝＋－＠−])/;

/** One line of a CSV file for spreadsheets: every cell is quoted, and none is a formula. */
export function csvLine(cells: (string | null | undefined)[]): string {
  return `${cells.map((cell) => quoted(cell ?? '')).join(',')}\r\n`;
}

/** A cell as it was before one of our files guarded it. */
export function withoutFormulaGuard(cell: string): string {
  return cell.replace(GUARDED, '');
}

function quoted(cell: string): string {
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return `"${harmless.replaceAll('"', '""')}"`;
}
