import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import type { AuditSeal } from './audit-seal.entity.js';
import { LogSeals, SEALS } from './log-seals.js';
import { countOfMarks, differenceOf, rowMarksOf, type MarkDifference } from './row-marks.js';

interface Span {
  begins: Date;
  ends: Date;
}

/** What is wrong with an hour, or with its seal: with itself, or with what stands before it. */
export type SealFinding =
  | (Span & MarkDifference & { kind: 'rows' })
  | (Span & { kind: 'seal-altered' })
  | (Span & { kind: 'seals-missing' });

export interface LogCheck {
  /** Undefined where nothing was ever sealed. */
  sealed: { begins: Date; ends: Date; seals: number; rows: number; newest: string } | undefined;
  findings: SealFinding[];
}

/** Compares the log with its seals, as one moment has both. */
@Injectable()
export class SealChecks {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly seals: LogSeals,
  ) {}

  check(): Promise<LogCheck> {
    return inTransaction(this.em, async () => {
      await this.em.execute('set transaction isolation level repeatable read, read only');
      return this.#check();
    });
  }

  async #check(): Promise<LogCheck> {
    const check: LogCheck = { sealed: undefined, findings: [] };
    const keptFrom = await this.#keptFrom();
    let before: AuditSeal | undefined;
    for await (const seal of this.seals.all()) {
      const { number, begins, ends, marks } = seal;
      const span = { begins, ends };
      const isNext = before
        ? number === before.number + 1 && seal.former.equals(before.seal)
        : number === 1 || begins <= keptFrom;
      if (!isNext) check.findings.push({ kind: 'seals-missing', ...span });
      const isOurs = this.config.keysFor(SEALS).some((key) => seal.isSealedBy(key));
      if (!isOurs) check.findings.push({ kind: 'seal-altered', ...span });
      const found = await rowMarksOf(this.em, begins, ends);
      if (!found.equals(marks))
        check.findings.push({ kind: 'rows', ...span, ...differenceOf(marks, found) });
      const rows = (check.sealed?.rows ?? 0) + countOfMarks(marks);
      const seals = (check.sealed?.seals ?? 0) + 1;
      const newest = `${number} ${seal.seal.toString('hex')}`;
      check.sealed = { begins: check.sealed?.begins ?? begins, ends, seals, rows, newest };
      before = seal;
    }
    return check;
  }

  /** Older hours may be gone with their month. */
  async #keptFrom(): Promise<Date> {
    const now = await databaseNow(this.em);
    now.setUTCMonth(now.getUTCMonth() - this.config.auditRetentionMonths + 1);
    return now;
  }
}
