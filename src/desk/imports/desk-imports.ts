import { randomUUID } from 'node:crypto';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, NotFoundException } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { after, databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { SECOND_WORD_REFUSALS } from '../../identity/second-word-refusals.js';
import {
  missingSecondWord,
  withSecondWordTime,
  type SecondWordRefusal,
} from '../../identity/second-words.js';
import { Jobs } from '../../jobs/jobs.js';
import type { ChosenFile } from '../../web/requests/form-with-file.js';
import { say, type Sentence } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { DeskImport, type ImportKind } from './desk-import.entity.js';
import { ImportFiles } from './import-files.js';
import { ImportLine } from './import-line.entity.js';

export const IMPORT_JOB = 'desk-import';
/** So long a file waits to be confirmed. */
const FILE_LASTS = { minutes: 60 };
const SHOWN = 20;
export const LINES_OF_A_PAGE = 50;

const LOGGED_AS = { 'master-data': 'master-data-import', invoices: 'invoice-import' } as const;

const TWO_NEEDED = say(
  'すでにある法人の内容が変わるため、ファイルを選んだ方とは別の責任者が、このページで「取り込む」を押してください。',
);

type Confirmed = { ok: true } | { ok: false; reason: 'state-changed' | SecondWordRefusal };

/** Files of master data and invoices, from their upload to the press that imports them. */
@Injectable()
export class DeskImports {
  constructor(
    private readonly em: EntityManager,
    private readonly files: ImportFiles,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** A job checks what it would change. @returns its id */
  async upload(
    kind: ImportKind,
    { name, bytes, digest }: ChosenFile,
    { name: uploadedBy, visit }: SignedInOperator,
  ): Promise<string> {
    const id = randomUUID();
    const described = { kind, fileName: name, bytes: bytes.length, digest, uploadedBy };
    await inTransaction(this.em, async () => {
      const endsAt = after(await databaseNow(this.em), FILE_LASTS);
      await this.em.insert(DeskImport, { id, state: 'checking', ...described, endsAt });
      await this.files.keep(id, bytes);
      await this.addJob(id);
      await this.audit.done('import-upload', { visit }, { operator: uploadedBy, file: name });
    });
    return id;
  }

  async latest(): Promise<DeskImport[]> {
    const newest = { orderBy: { createdAt: 'desc' }, limit: SHOWN } as const;
    return this.em.find(DeskImport, {}, newest);
  }

  /** @throws NotFoundException */
  async of(id: string): Promise<DeskImport> {
    const found = isUuid(id) ? await this.em.findOne(DeskImport, { id }) : null;
    if (!found) throw new NotFoundException();
    return found;
  }

  /** @param page from 1 on */
  async linesOf(run: string, page: number): Promise<ImportLine[]> {
    const from = (page - 1) * LINES_OF_A_PAGE;
    const place = { $gte: from, $lt: from + LINES_OF_A_PAGE };
    return this.em.find(ImportLine, { run, place }, { orderBy: { place: 'asc' } });
  }

  /** Why somebody cannot confirm it. */
  async obstacle(run: DeskImport, operator: string): Promise<SecondWordRefusal | undefined> {
    if (!run.takesTwo) return undefined;
    const missing = await missingSecondWord(this.em, run.uploadedBy, operator);
    return missing === 'second-person-needed' ? 'same-operator' : missing;
  }

  /** The same, for the page. */
  async obstacleInWords(run: DeskImport, operator: string): Promise<Sentence | null> {
    const obstacle = await this.obstacle(run, operator);
    if (!obstacle) return null;
    if (obstacle === 'same-operator') return TWO_NEEDED;
    return withSecondWordTime(this.em, operator, SECOND_WORD_REFUSALS[obstacle]);
  }

  /**
   * Whether somebody is told how many hidden accounts are new: whoever can confirm the file of
   * somebody else, and guesses nothing with it.
   */
  async seesCounts(run: DeskImport, operator: string): Promise<boolean> {
    const waits = run.state === 'checked' && run.takesTwo;
    return waits && (await this.obstacle(run, operator)) === undefined;
  }

  /** A job imports it from here on. */
  async confirm(id: string, { name, visit }: SignedInOperator): Promise<Confirmed> {
    return inTransaction<Confirmed>(this.em, async () => {
      const run = await this.#hold(id);
      if (!run.canBeConfirmed(await databaseNow(this.em)))
        return { ok: false, reason: 'state-changed' };
      const obstacle = await this.obstacle(run, name);
      if (obstacle) {
        const facts = { operator: name, file: run.fileName };
        return this.audit.refuse(LOGGED_AS[run.kind], obstacle, { visit }, facts);
      }
      run.confirm(name, visit);
      await this.addJob(id);
      return { ok: true };
    });
  }

  /** @returns whether there was something to discard */
  async discard(id: string, { name: operator, visit }: SignedInOperator): Promise<boolean> {
    return inTransaction(this.em, async () => {
      const run = await this.#hold(id);
      if (run.state !== 'checked') return false;
      run.discard(await databaseNow(this.em));
      await this.files.forget(id);
      await this.audit.done('import-discard', { visit }, { operator, file: run.fileName });
      return true;
    });
  }

  /** The report names companies and what is stored of them. */
  async reportTaken(run: DeskImport, { name: operator, visit }: SignedInOperator): Promise<void> {
    await this.audit.done('import-report', { visit }, { operator, file: run.fileName });
  }

  /** One after the other. */
  async addJob(id: string, runAt?: Date): Promise<void> {
    await this.jobs.add(IMPORT_JOB, { id }, { queue: IMPORT_JOB, ...(runAt && { runAt }) });
  }

  async #hold(id: string): Promise<DeskImport> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    return this.em.findOneOrFail(DeskImport, { id }, { lockMode });
  }
}
