import { EntityManager, raw, type RawQueryFragment } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { OperatorContent } from '../../accounts/top/operator-content.entity.js';
import { OperatorNews } from '../../accounts/top/operator-news.js';
import { Audit } from '../../audit/audit.js';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import type { ContentEntries, ContentKind } from '../../operator-content.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';

/** What a lead changes, for the log: the entry by its name, and how. */
export interface ContentChange {
  entry: string;
  change: 'added' | 'changed' | 'moved' | 'ended';
}

export interface ContentState<Kind extends ContentKind> {
  entries: ContentEntries[Kind][];
  /** 0: the desk never changed it. */
  version: number;
  /** The file counts. */
  isOfFile: boolean;
  changed: { by: string; at: Date } | null;
}

const ACTS = { applications: 'applications-change', notices: 'notices-change' } as const;

/**
 * Tiles and notices as the desk edits them. Its first change takes the file's entries over, and the
 * file counts no more until the desk goes back to it.
 */
@Injectable()
export class OperatorContents {
  constructor(
    private readonly em: EntityManager,
    private readonly news: OperatorNews,
    private readonly audit: Audit,
  ) {}

  async of<Kind extends ContentKind>(kind: Kind): Promise<ContentState<Kind>> {
    const row = await this.em.findOne(OperatorContent, { kind }, { refresh: true });
    if (!row?.entries) {
      const entries = [...this.news.ofFile(kind)] as ContentEntries[Kind][];
      return { entries, version: row?.version ?? 0, isOfFile: true, changed: null };
    }
    const { version, changedBy: by, changedAt: at } = row;
    const entries = row.entries as ContentEntries[Kind][];
    return { entries, version, isOfFile: false, changed: { by, at } };
  }

  /** @returns false when somebody else changed it since `version` */
  async save<Kind extends ContentKind>(
    kind: Kind,
    version: number,
    entries: ContentEntries[Kind][],
    { name: operator, visit }: SignedInOperator,
    change: ContentChange,
  ): Promise<boolean> {
    const isSaved = await inTransaction(this.em, async () => {
      if (!(await this.#write(kind, version, entries, operator))) return false;
      await this.audit.done(ACTS[kind], { visit }, { operator, ...change });
      return true;
    });
    await this.news.refresh();
    return isSaved;
  }

  /** The file counts again, and what the desk wrote is forgotten; the count of its changes goes on. */
  async returnToFile(
    kind: ContentKind,
    version: number,
    { name: operator, visit }: SignedInOperator,
  ): Promise<boolean> {
    const isSaved = await inTransaction(this.em, async () => {
      if (!(await this.#change(kind, version, raw(`'null'::jsonb`), operator))) return false;
      await this.audit.done(ACTS[kind], { visit }, { operator, change: 'file' });
      return true;
    });
    await this.news.refresh();
    return isSaved;
  }

  async #write(
    kind: ContentKind,
    version: number,
    entries: ContentEntries[ContentKind][],
    changedBy: string,
  ): Promise<boolean> {
    if (version !== 0) return this.#change(kind, version, entries, changedBy);
    const first = { kind, entries: JSON.stringify(entries), version: 1, changed_by: changedBy };
    const { numInsertedOrUpdatedRows: added } = await tables(this.em)
      .insertInto('operator_contents')
      .values({ ...first, changed_at: sqlNow } as never)
      .onConflict((known) => known.doNothing())
      .executeTakeFirstOrThrow();
    return added === 1n;
  }

  async #change(
    kind: ContentKind,
    version: number,
    entries: ContentEntries[ContentKind][] | RawQueryFragment,
    changedBy: string,
  ): Promise<boolean> {
    const next = { entries, version: version + 1, changedBy, changedAt: raw('genkan_now()') };
    return (await this.em.nativeUpdate(OperatorContent, { kind, version }, next as never)) === 1;
  }
}
