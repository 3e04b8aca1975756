import { setImmediate as nextTurn } from 'node:timers/promises';
import { BadRequestException } from '@nestjs/common';
import type { Role } from '../../../identity/role.js';
import type { CsvHeader } from '../../../web/csv/csv-columns.js';
import type { CsvRow } from '../../../web/csv/csv-rows.js';
import { withoutFormulaGuard } from '../../../web/csv/csv-line.js';
import { readCsvText } from '../../../web/csv/csv-stream.js';
import { otherSeparatorIn, separatorOf } from '../../../web/csv/separator.js';
import { cleanCode } from '../../../web/forms/fields.js';
import { readForm } from '../../../web/forms/forms.js';
import { recognizable } from '../../../web/forms/correctable.js';
import { withHiddenMarked } from '../../../web/forms/hidden-characters.js';
import { say, type Sentence } from '../../../web/sentence.js';
import type { Invited } from '../invitation.entity.js';
import { InvitingForm } from '../inviting.form.js';
import { columns, STANDARD_HEADER, type Column } from './invitation-columns.js';
import { Mailboxes } from './mailboxes.js';
import { DIGITS_LOST, hasLostDigits, withZero } from './typed-phone.js';

export interface PersonOfLine {
  line: number;
  invited: Invited;
  /** What was understood otherwise than typed. */
  advice?: Sentence;
}

/** What is to be corrected in a line; line 0 is the file as a whole. */
export interface WrongLine {
  line: number;
  /** As far as it could be read. */
  name: string;
  problems: { sentence: Sentence; value: string }[];
}

export type InvitationsReading =
  | { ok: true; people: PersonOfLine[]; ignored: string[] }
  | { ok: false; reason: 'rows-refused'; wrong: WrongLine[] };

export const MOST_INVITED = 500;
/** Spreadsheets leave empty lines; to read more than these holds the process. */
const MOST_LINES = 10_000;

const ROLE_NAMES: Record<string, Role> = {
  管理者: 'administrator',
  administrator: 'administrator',
  担当者: 'staff',
  staff: 'staff',
};

const EMPTY = say('ファイルを選ぶか、招待する方の一覧を貼り付けてください。');
const NOBODY = say('見出しの行だけで、招待する方の行がありません。');
const TOO_WIDE = say('見出しより列が多くあります。カンマを含む値は、引用符（"）で囲んでください。');
const OTHER_SEPARATOR = say(
  'この行は、1行目とは違う記号で区切られています。どの行も、カンマかタブで区切ってください。',
);
const TAB = say(
  '値の中に、列を区切るタブがあります。列を見出しに合わせるか、タブを空白に置き換えてください。',
);
const ROLE = say('権限は「管理者」か「担当者」と入力してください。');

/**
 * Reads the people to be invited: CSV with a Japanese or English header, also with semicolons or
 * Japanese commas, or cells copied from a spreadsheet, with or without the header. Each line has
 * the rules of a single invitation.
 * @param isGone asked before each person: for a browser that hung up nothing is read
 * @returns the people, or everything that is to be corrected, line by line
 */
export async function readInvitations(
  text: string,
  isGone: () => boolean = () => false,
): Promise<InvitationsReading> {
  const separator = separatorOf(text);
  const lines = text.split(/\r\n?|\n/).length;
  if (lines > MOST_LINES) return refusedFile(tooLong(lines));
  const { rows, problems } = await readCsvText(text, separator);
  const unread = problems.map(({ line, sentence }) => wrongLine(line, sentence));
  const [first] = rows;
  if (!first) return unread.length > 0 ? refusedLines(unread) : refusedFile(EMPTY);
  const isHeader = !isPerson(first);
  const header = columns.headerOf(isHeader ? first : STANDARD_HEADER);
  if (header.problems.length > 0)
    return refusedLines(header.problems.map((sentence) => wrongLine(first.line, sentence)));
  const body = isHeader ? rows.slice(1) : rows;
  if (body.length === 0 && unread.length === 0) return refusedFile(NOBODY);
  if (body.length > MOST_INVITED) return refusedFile(tooMany(body.length));
  const { people, wrong } = await readRows(body, header, separator, isGone);
  if (wrong.length + unread.length > 0) return refusedLines([...wrong, ...unread]);
  return { ok: true, people, ignored: header.others };
}

function refusedFile(sentence: Sentence): InvitationsReading {
  return refusedLines([wrongLine(0, sentence)]);
}

function refusedLines(wrong: WrongLine[]): InvitationsReading {
  return { ok: false, reason: 'rows-refused', wrong };
}

function wrongLine(line: number, sentence: Sentence, value = ''): WrongLine {
  return { line, name: '', problems: [{ sentence, value }] };
}

/** No name of a column has an @ in it, in any width, and nobody is invited without. */
function isPerson({ cells }: CsvRow): boolean {
  return cells.some((cell) => /[@＠﹫]/.test(cell));
}

function tooMany(count: number): Sentence {
  return say(
    '一度に招待できるのは{most}名までです。{count}名分の行がありますので、分けて招待してください。',
    { most: MOST_INVITED, count },
  );
}

function tooLong(count: number): Sentence {
  return say(
    '{count}行あるため、読み取れません。一度に招待できるのは{most}名までです。不要な行を削除してください。',
    { most: MOST_INVITED, count },
  );
}

async function readRows(
  rows: CsvRow[],
  header: CsvHeader<Column>,
  separator: string,
  isGone: () => boolean,
) {
  const [people, wrong]: [PersonOfLine[], WrongLine[]] = [[], []];
  const mailboxes = new Mailboxes();
  for (const { line, cells } of rows) {
    await nextTurn();
    if (isGone()) throw new BadRequestException('The browser has gone');
    const misread = shapeProblem(cells, header, separator);
    if (misread) {
      const name = cells.length > 1 ? header.read(cells).name : '';
      wrong.push({ ...wrongLine(line, misread), name: shown(name) });
      continue;
    }
    const typed = header.read(cells.map(withoutFormulaGuard));
    const { phone, advice } = withZero(typed.phone);
    const read = readForm(InvitingForm, bodyOf({ ...typed, phone }));
    const problems = [...problemsOf(read, typed), ...mailboxes.problemsOf(typed, line)];
    if (problems.length > 0) wrong.push({ line, name: shown(typed.name), problems });
    else if (read.ok)
      people.push({ line, invited: read.form as Invited, ...(advice && { advice }) });
  }
  return { people, wrong };
}

/** A line that was not cut into the cells of its header. */
function shapeProblem(
  cells: string[],
  header: CsvHeader<Column>,
  separator: string,
): Sentence | undefined {
  const other = cells.length === 1 ? otherSeparatorIn(cells[0]!, separator) : undefined;
  if (other !== undefined) return OTHER_SEPARATOR;
  return header.isExceededBy(cells) ? TOO_WIDE : undefined;
}

function bodyOf(typed: Record<Column, string>): Record<Column, string> {
  return { ...typed, role: ROLE_NAMES[cleanCode(typed.role).toLowerCase()] ?? '' };
}

function problemsOf(
  read: ReturnType<typeof readForm<InvitingForm>>,
  typed: Record<Column, string>,
): WrongLine['problems'] {
  if (read.ok) return [];
  return read.reading.problems.map(({ name, sentence }) => ({
    sentence: sentenceFor(name as Column, sentence, typed),
    value: shown(typed[name as Column]),
  }));
}

function sentenceFor(column: Column, sentence: Sentence, typed: Record<Column, string>): Sentence {
  if (typed[column].includes('\t')) return TAB;
  if (column === 'phone' && hasLostDigits(typed.phone)) return DIGITS_LOST;
  return column === 'role' ? ROLE : sentence;
}

/** What nobody sees is why a value is refused. */
function shown(value: string): string {
  return withHiddenMarked(recognizable(value));
}
