/** As spreadsheets and hands write them; the first one wins where several fit. */
const SEPARATORS = [',', ';', '，', '；', '、'];
/** A line of a list has at least four cells. */
const ENOUGH = 3;
/** Of a line, which tells how all are separated. */
const BEGINNING = 4_000;

/** What separates the cells of a text, by its first line: a tab when they come from a spreadsheet. */
export function separatorOf(text: string): string {
  const [line = ''] = text
    .trimStart()
    .slice(0, BEGINNING)
    .split(/\r?\n|\r/);
  const unquoted = line.replace(/"[^"]*"/g, '');
  if (unquoted.includes('\t')) return '\t';
  const times = (separator: string) => unquoted.split(separator).length - 1;
  const enough = SEPARATORS.find((separator) => times(separator) >= ENOUGH);
  return enough ?? SEPARATORS.toSorted((a, b) => times(b) - times(a))[0]!;
}

/** Another separator that cuts a cell into so many pieces that its line must have been meant by it. */
export function otherSeparatorIn(cell: string, known: string): string | undefined {
  const others = ['\t', ...SEPARATORS].filter((separator) => separator !== known);
  return others.find((separator) => cell.split(separator, ENOUGH + 1).length > ENOUGH);
}
