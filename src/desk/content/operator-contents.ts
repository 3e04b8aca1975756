import { EntityManager, raw, type RawQueryFragment } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { OperatorContent } from '../../accounts/top/operator-content.entity.js';
import { OperatorNews } from '../../accounts/top/operator-news.js';
import { changeInWords, entryInWords } from '../../accounts/top/entry-in-words.js';
import { Audit } from '../../audit/audit.js';
import { databaseNow, sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { Operator } from '../../identity/operator.entity.js';
import { OperatorMails } from '../../mail/operator-mails.js';
import { entryMark, type ContentEntries, type ContentKind } from '../../operator-content.js';
import type { Sentence } from '../../web/sentence.js';
import { translate } from '../../web/texts.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';

type Entry = ContentEntries[ContentKind];

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
    private readonly mails: OperatorMails,
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
  save<Kind extends ContentKind>(
    kind: Kind,
    version: number,
    entries: ContentEntries[Kind][],
    me: SignedInOperator,
    change: ContentChange,
  ): Promise<boolean> {
    return this.#settle(kind, me, { ...change }, () =>
      this.#write(kind, version, entries, me.name),
    );
  }

  /** The file counts again, and what the desk wrote is forgotten; the count of its changes goes on. */
  returnToFile(kind: ContentKind, version: number, me: SignedInOperator): Promise<boolean> {
    return this.#settle(kind, me, { change: 'file' }, () =>
      this.#change(kind, version, raw(`'null'::jsonb`), me.name),
    );
  }

  /** The log keeps what customers saw, and see from now on; the leads hear of it where that differs. */
  async #settle(
    kind: ContentKind,
    { name: operator, visit }: SignedInOperator,
    change: Record<string, string>,
    write: () => Promise<boolean>,
  ): Promise<boolean> {
    const isSaved = await inTransaction(this.em, async () => {
      const { entries: before } = await this.of(kind);
      if (!(await write())) return false;
      const { entries: after } = await this.of(kind);
      const [was, is] = [without(before, after), without(after, before)];
      const facts = { operator, ...change, ...given({ was, is }) };
      await this.audit.done(ACTS[kind], { visit }, facts);
      const what = changeInWords(change);
      if (was.length + is.length > 0) await this.#tell(kind, operator, what, was, is);
      return true;
    });
    await this.news.refresh();
    return isSaved;
  }

  /** The one who did it, too: at an open computer it was somebody else. */
  async #tell(
    kind: ContentKind,
    by: string,
    what: Sentence,
    was: Entry[],
    is: Entry[],
  ): Promise<void> {
    const inWords = (entries: Entry[]) =>
      entries.map((entry) => linkless(entryInWords(entry, 'ja')));
    const shown = {
      what: linkless(translate(what, 'ja')),
      was: inWords(was),
      is: inWords(is),
    };
    const change = {
      by,
      isNotices: kind === 'notices',
      ...shown,
      time: await databaseNow(this.em),
    };
    const leads = await this.em.find(Operator, { role: 'lead', endedAt: null });
    for (const lead of leads) await this.mails.topPageChanged(lead, change);
    await this.mails.topPageChangedForDesk(change);
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

/** An address that may be a thief's is no link in a mail. */
function linkless(text: string): string {
  return text.replaceAll(/https?:\/\//gi, '');
}

/** Those that are no others to their readers, wherever they stand. */
function without(entries: Entry[], others: Entry[]): Entry[] {
  const known = new Set(others.map(markShown));
  return entries.filter((entry) => !known.has(markShown(entry)));
}

/** A file may leave out the icon that stands where none is named. */
function markShown(entry: Entry): string {
  return entryMark('url' in entry ? { icon: 'link', ...entry } : entry);
}

function given(lists: Record<string, Entry[]>): Record<string, string> {
  const filled = Object.entries(lists).filter(([, entries]) => entries.length > 0);
  return Object.fromEntries(filled.map(([name, entries]) => [name, JSON.stringify(entries)]));
}
