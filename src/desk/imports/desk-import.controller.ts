import { Body, Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { DeskFactorForPage, DeskPage } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { Day } from '../../web/day.js';
import { numberedPages } from '../../web/pagination.js';
import { say } from '../../web/sentence.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import type { DeskImport } from './desk-import.entity.js';
import { DeskImports, LINES_OF_A_PAGE } from './desk-imports.js';
import { addedInWords, type ColumnChange, type ImportLineContent } from './import-lines.js';
import { countsView, LINE_WORDS, runView } from './import-words.js';
import { DESK_IMPORTS } from './imports-path.js';

const DISCARDED = notice.success(say('取り込みを取り消しました。何も変更していません。'));
const CHANGED = notice.warning(
  say('この取り込みは、すでに実行されたか、取り消されています。現在の状況をご確認ください。'),
);

const ANOTHER_NEEDED = notice.warning(
  say('ファイルを選んだ方とは別の責任者が「取り込む」を押してください。まだ何も変更していません。'),
);

/** One file: what it would change, the button that imports it, how it goes, and what it did. */
@Controller(`${DESK_IMPORTS}/:id`)
@DeskPage('lead')
export class DeskImportController {
  constructor(private readonly imports: DeskImports) {}

  @Get()
  async show(
    @Param('id') id: string,
    @Query('page') wanted: unknown,
    @CurrentOperator() { name: me, session: { now } }: SignedInOperator,
  ): Promise<Answer> {
    const run = await this.imports.of(id);
    const last = Math.ceil(run.lines / LINES_OF_A_PAGE);
    const number = Number(wanted) >= 1 && Number(wanted) <= last ? Math.floor(Number(wanted)) : 1;
    const pathOf = (place: number) => `${DESK_IMPORTS}/${id}?page=${place}`;
    const lines = await this.imports.linesOf(id, number);
    const seesCounts = await this.imports.seesCounts(run, me);
    const hasReport = 'companies' in run.counts;
    return page('desk/import', say('取り込みの内容'), {
      ...progressView(run),
      run: runView(run),
      isLeftOff: run.state === 'interrupted',
      wasInterrupted: run.state === 'checked' && run.interruptedAt !== null,
      isTimedOut: run.isTimedOut,
      isOutdated: run.isOutdated,
      canBeConfirmed: run.canBeConfirmed(now),
      obstacle: await this.imports.obstacleInWords(run, me),
      isExpired: run.state === 'checked' && run.endsAt <= now,
      isRefused: run.state === 'refused',
      isDone: run.state === 'done',
      endsAt: run.endsAt,
      digest: run.digest,
      counts: countsView(run),
      hidesAccounts: run.kind === 'master-data' && hasReport && !('newAccounts' in run.counts),
      seesCounts,
      // A job may have written others since the run was read.
      areRefused: lines.some(({ content }) => content.kind === 'refused'),
      lines: lines.map(({ content }) => lineView(content, seesCounts)),
      // Only the invoices' report names fewer companies than it counts.
      unnamed: Math.max(0, (run.counts.changedCompanies ?? 0) - run.lines),
      pages: last > 1 ? numberedPages(number, LINES_OF_A_PAGE, run.lines, pathOf) : null,
    });
  }

  /** The piece of the page that HTMX renews while a job works. */
  @Get('progress')
  async progress(@Param('id') id: string): Promise<Answer> {
    const model = progressView(await this.imports.of(id));
    return page('partials/import-progress', say('取り込みの内容'), model, { isPiece: true });
  }

  /** `act`: `import` or `discard`. */
  @Post()
  @DeskFactorForPage('discard')
  async act(
    @Param('id') id: string,
    @Body() { act }: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    await this.imports.of(id);
    if (act === 'discard')
      return seeOther(DESK_IMPORTS, (await this.imports.discard(id, me)) ? DISCARDED : CHANGED);
    if (act !== 'import') throw new NotFoundException();
    const confirmed = await this.imports.confirm(id, me);
    if (confirmed.ok) return seeOther(`${DESK_IMPORTS}/${id}`);
    const told = confirmed.reason === 'state-changed' ? CHANGED : ANOTHER_NEEDED;
    return seeOther(`${DESK_IMPORTS}/${id}`, told);
  }
}

function progressView({ id, isRunning, holder, state, rowsRead }: DeskImport) {
  return {
    progress: {
      path: `${DESK_IMPORTS}/${id}`,
      isRunning,
      isWaiting: isRunning && holder === null,
      isImporting: state === 'importing',
      rowsRead,
    },
  };
}

function lineView(content: ImportLineContent, seesCounts: boolean) {
  const chip = LINE_WORDS[content.kind];
  if (content.kind === 'refused') return { chip, line: content.line, sentence: content.sentence };
  const { corporateNumber, name } = content;
  if (content.kind !== 'invoices') {
    const shown = (change: ColumnChange) => ({ ...change, news: addedInWords(change, seesCounts) });
    return { chip, corporateNumber, name, changes: content.changes.map(shown) };
  }
  const [added, removed] = [content.added, content.removed].map((days) => days.map(Day.written));
  return { chip, corporateNumber, name, changes: [], added, removed };
}
