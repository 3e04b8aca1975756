import { AsyncLocalStorage } from 'node:async_hooks';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Pool } from 'pg';
import { type Imported, type ImportOptions } from '../../corporations/import-options.js';
import { InvoiceImport } from '../../corporations/invoices/invoice-import.js';
import { MasterDataImport } from '../../corporations/master-data-import.js';
import { after, databaseNow } from '../../database/clock.js';
import { codeOf } from '../../database/faults.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { SECOND_MS } from '../../durations.js';
import { Jobs } from '../../jobs/jobs.js';
import type { LineProblem } from '../../web/csv/csv-rows.js';
import { say } from '../../web/sentence.js';
import { DeskImport, OUTDATED } from './desk-import.entity.js';
import { DeskImports, IMPORT_JOB } from './desk-imports.js';
import { ImportFiles } from './import-files.js';
import { refusedLines, type ImportLineContent } from './import-lines.js';
import { KeptReports, type Kept, type Report } from './kept-reports.js';

/** A statement took longer than it may. */
const TIMED_OUT = '57014';
/** Rows of one statement. */
const BATCH = 1_000;
const NO_ROWS = say('見出しの行だけです。見出しの下に、取り込む内容の行を入れてください。');
/** While a command imports. */
const NEXT_TRY = { seconds: 3 };

/** Checks and imports the desk's files, each by one job. */
@Injectable()
export class ImportRuns implements OnModuleInit {
  readonly #log = new Logger(ImportRuns.name);

  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly jobs: Jobs,
    private readonly imports: DeskImports,
    private readonly files: ImportFiles,
    private readonly masterData: MasterDataImport,
    private readonly invoices: InvoiceImport,
    private readonly reports: KeptReports,
  ) {}

  onModuleInit(): void {
    this.jobs.register(IMPORT_JOB, (payload) => this.run((payload as { id: string }).id));
  }

  async run(id: string): Promise<void> {
    const run = await this.#begin(id);
    if (!run) return;
    try {
      const imported = await this.#import(run);
      if (imported.ok) {
        if (run.state === 'checking') await this.#keep(run, await this.#checked(imported.report));
      } else if (imported.isInHand) await this.#wait(run);
      else await this.#keep(run, refusedFor(imported.problems));
    } catch (error) {
      if (error instanceof AnotherNeeded) return this.#keep(run, error.kept);
      this.#log.error(error);
      await this.#interrupt(run, codeOf(error) === TIMED_OUT);
    }
  }

  /** Undefined when nothing is to be done: a job that had it in hand before did not come to its end. */
  async #begin(id: string): Promise<DeskImport | undefined> {
    return inTransaction(this.em, async () => {
      const lockMode = LockMode.PESSIMISTIC_WRITE;
      const run = await this.em.findOne(DeskImport, { id }, { lockMode });
      if (!run?.isRunning) return undefined;
      if (run.holder === null) run.begin();
      else run.interrupt(await databaseNow(this.em));
      return run.isRunning && run.holder ? run : undefined;
    });
  }

  #import(run: DeskImport): Promise<Imported<Report>> {
    const source = this.files.sourceOf(run);
    const { fileName, confirmedBy: operator } = run;
    const options: ImportOptions<Report> = {
      dryRun: run.state === 'checking',
      onProgress: this.#progressOf(run),
      keep: (report) => this.#keepDone(run, report),
      ...(operator && { by: { operator, fileName, visit: run.confirmedIn ?? undefined } }),
    };
    return run.kind === 'invoices'
      ? this.invoices.run(source, options)
      : this.masterData.run(source, options);
  }

  /** A command's nightly file may hold nothing; somebody who chose a file meant something by it. */
  async #checked(report: Report): Promise<Kept> {
    if (report.rows === 0) return refusedFor([{ line: 0, sentence: NO_ROWS }]);
    return this.reports.checked(report);
  }

  /** Companies of the file may be there by now that were not when it was checked. */
  async #keepDone(run: DeskImport, report: Report): Promise<void> {
    const kept = this.reports.done(report);
    run.counts = kept.counts;
    if (await this.imports.obstacle(run, run.confirmedBy!))
      throw new AnotherNeeded(outdated(await this.reports.checked(report)));
    await this.#keep(run, kept);
  }

  /** In the transaction of the import, if there is one: both are true or neither. */
  async #keep({ id, holder }: DeskImport, { state, counts, lines }: Kept): Promise<void> {
    await inTransaction(this.em, async () => {
      await tables(this.em).deleteFrom('desk_import_lines').where('run_id', '=', id).execute();
      const written = await this.#writeAll(id, lines);
      if (state !== 'checked') await this.files.forget(id);
      const finishedAt = await databaseNow(this.em);
      const now = { state, counts, lines: written, holder: null, finishedAt };
      if ((await this.em.nativeUpdate(DeskImport, { id, holder }, now)) !== 1)
        throw new Error('Another job took the import over');
    });
  }

  /** @returns how many there are */
  async #writeAll(id: string, lines: Iterable<ImportLineContent>): Promise<number> {
    let written = 0;
    let batch: ImportLineContent[] = [];
    const write = async () => {
      await this.#write(id, written, batch);
      written += batch.length;
      batch = [];
    };
    for (const line of lines) {
      batch.push(line);
      if (batch.length === BATCH) await write();
    }
    await write();
    return written;
  }

  async #write(id: string, from: number, lines: ImportLineContent[]): Promise<void> {
    await sql`
      insert into desk_import_lines (run_id, place, content)
      select ${id}, ${from} + number - 1, content
      from jsonb_array_elements(${JSON.stringify(lines)}::jsonb)
             with ordinality line (content, number)`.execute(tables(this.em));
  }

  /** Beside the import's transaction, which nobody sees into; at most once a second. */
  #progressOf({ id, holder }: DeskImport): (rows: number) => void {
    const outside = AsyncLocalStorage.snapshot();
    let told = 0;
    return (rows) => {
      if (performance.now() - told < SECOND_MS) return;
      told = performance.now();
      const sign = 'update desk_imports set rows_read = $1 where id = $2 and holder = $3';
      const values = [rows, id, holder];
      void outside(() => this.pool.query(sign, values)).catch(() => undefined);
    };
  }

  async #wait({ id, holder }: DeskImport): Promise<void> {
    await inTransaction(this.em, async () => {
      const waiting = await this.em.findOne(DeskImport, { id, holder });
      waiting?.wait();
      if (waiting) await this.imports.addJob(id, after(await this.jobs.now(), NEXT_TRY));
    });
  }

  async #interrupt({ id, holder }: DeskImport, isTimedOut: boolean): Promise<void> {
    await inTransaction(this.em, async () => {
      const run = await this.em.findOne(DeskImport, { id, holder });
      run?.interrupt(await databaseNow(this.em), { isTimedOut });
    });
  }
}

function refusedFor(problems: LineProblem[]): Kept {
  return { state: 'refused', counts: {}, lines: refusedLines(problems) };
}

/** What it would do now stands in place of what was checked. */
function outdated({ counts, ...kept }: Kept): Kept {
  return { ...kept, counts: { ...counts, [OUTDATED]: 1 } };
}

/** Thrown to roll the import back: another lead confirms it. */
class AnotherNeeded extends Error {
  constructor(readonly kept: Kept) {
    super('Another lead is needed');
  }
}
