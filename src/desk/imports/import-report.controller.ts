import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { DeskPage } from '../../web/access.js';
import { csvBytes, readEncoding } from '../../web/csv/csv-bytes.js';
import { say } from '../../web/sentence.js';
import { translate, type Language } from '../../web/texts.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import type { DeskImport } from './desk-import.entity.js';
import { DeskImports } from './desk-imports.js';
import { addedInWords, type ImportLineContent } from './import-lines.js';
import { countsView, LINE_WORDS } from './import-words.js';
import { DESK_IMPORTS } from './imports-path.js';

const TITLES = [
  say('区分'),
  say('行'),
  say('法人番号'),
  say('法人名'),
  say('項目'),
  say('変更前'),
  say('変更後'),
];

const ADDED = say('新しい請求書の発行日');
const REMOVED = say('削除する請求書の発行日');

/** The report of an import as a file: its counts, and a row for each change or refused line. */
@Controller(`${DESK_IMPORTS}/:id/report`)
@DeskPage('lead')
export class ImportReportController {
  constructor(private readonly imports: DeskImports) {}

  @Get()
  async show(
    @Param('id') id: string,
    @Query('encoding') wanted: unknown,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<StreamableFile> {
    const run = await this.imports.of(id);
    const encoding = readEncoding(wanted);
    const seesCounts = await this.imports.seesCounts(run, me.name);
    await this.imports.reportTaken(run, me);
    return new StreamableFile(
      Readable.from(csvBytes(this.#cells(run, me.visit.language, seesCounts), encoding)),
      {
        type: `text/csv; charset=${encoding}`,
        disposition: 'attachment; filename="import-report.csv"',
      },
    );
  }

  async *#cells(
    run: DeskImport,
    language: Language,
    seesCounts: boolean,
  ): AsyncGenerator<string[]> {
    yield TITLES.map((title) => translate(title, language));
    for (const { text, count } of countsView(run)) yield [translate(text, language), String(count)];
    for (let page = 1; ; page += 1) {
      const lines = await this.imports.linesOf(run.id, page);
      if (lines.length === 0) return;
      for (const { content } of lines) yield* cellsOf(content, language, seesCounts);
    }
  }
}

function cellsOf(content: ImportLineContent, language: Language, seesCounts: boolean): string[][] {
  const kind = translate(LINE_WORDS[content.kind].text, language);
  if (content.kind === 'refused') {
    const { line, sentence } = content;
    return [[kind, String(line || ''), '', '', '', '', translate(sentence, language)]];
  }
  const own = [kind, '', content.corporateNumber, content.name];
  if (content.kind === 'invoices')
    return [
      ...content.added.map((day) => [...own, translate(ADDED, language), '', day]),
      ...content.removed.map((day) => [...own, translate(REMOVED, language), day, '']),
    ];
  const { changes } = content;
  if (changes.length === 0) return [own];
  return changes.map((change) => {
    const news = addedInWords(change, seesCounts);
    const after = news ? translate(news, language) : change.after;
    return [...own, change.column, change.before, after];
  });
}
