import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { columnNames } from '../../corporations/master-data-columns.js';
import { invoiceColumns } from '../../corporations/invoices/invoice-columns.js';
import { DeskPage } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { UNREAD_FILE, unreadFileSentence } from '../../web/csv/unread-file.js';
import { FormReading, type FormBody } from '../../web/forms/forms.js';
import { FileOfForm, type ChosenFile } from '../../web/requests/form-with-file.js';
import { say } from '../../web/sentence.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import type { ImportKind } from './desk-import.entity.js';
import { DeskImports } from './desk-imports.js';
import { runView } from './import-words.js';
import { DESK_IMPORTS, LONGEST_IMPORT } from './imports-path.js';

const NO_FILE = say('CSVファイルを選んでください。');
/** Their report is read on pages, and others wait behind the file. */
const MOST_LINES = 100_000;
const TOO_MANY = say(
  'ファイルの行が多すぎます。{most}行までにするか、コマンドで取り込んでください。',
  { most: MOST_LINES },
);
const LINE_ENDS = [0x0a, 0x0d];
const COLUMNS: Record<ImportKind, object> = {
  'master-data': columnNames,
  invoices: invoiceColumns.names,
};

/** 取り込み: files of master data and invoices, and the form that uploads another one. */
@Controller(DESK_IMPORTS)
@DeskPage('lead')
export class ImportsController {
  constructor(private readonly imports: DeskImports) {}

  /** @param kind which of the files' forms is shown: what was chosen is lost when anything else is wrong with it */
  @Get()
  show(@Query('kind') kind: unknown): Promise<Answer> {
    return this.#page(kindOf(kind), new FormReading());
  }

  /** Nothing is imported yet. */
  @Post()
  async upload(
    @Body() { kind: typed = '', [UNREAD_FILE]: why }: FormBody,
    @FileOfForm() file: ChosenFile | undefined,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const kind = kindOf(typed);
    const sentence = unreadFileSentence(why) ?? (file ? TOO_MANY : NO_FILE);
    const isReadable = file !== undefined && !hasManyLines(file.bytes);
    if (isReadable) return seeOther(`${DESK_IMPORTS}/${await this.imports.upload(kind, file, me)}`);
    return this.#page(kind, new FormReading({}, { name: 'file', sentence }));
  }

  async #page(kind: ImportKind, form: FormReading): Promise<Answer> {
    const runs = await this.imports.latest();
    const model = {
      form,
      kind,
      isOfInvoices: kind === 'invoices',
      columns: Object.values(COLUMNS[kind]).join(','),
      megabytes: LONGEST_IMPORT / 1024 / 1024,
      runs: runs.map(runView),
    };
    return page('desk/imports', say('取り込み'), model);
  }
}

function kindOf(typed: unknown): ImportKind {
  return typed === 'invoices' ? 'invoices' : 'master-data';
}

function hasManyLines(bytes: Uint8Array): boolean {
  return LINE_ENDS.some((end) => {
    let lines = 0;
    for (let at = bytes.indexOf(end); at >= 0; at = bytes.indexOf(end, at + 1))
      if ((lines += 1) > MOST_LINES) return true;
    return false;
  });
}
