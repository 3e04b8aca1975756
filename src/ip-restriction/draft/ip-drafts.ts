import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import type { Sentence } from '../../web/sentence.js';
import { difference, isNone } from '../lists/difference.js';
import { IpLists } from '../lists/ip-lists.js';
import type { IpVersion } from '../lists/ip-version.entity.js';
import { foldEntries, type Entry } from '../networks/fold-entries.js';
import { IpDraft, IpDraftEntry } from './ip-draft.entity.js';

/** The list that a company's administrators prepare together. */
export interface Draft {
  /** Changes with each edit; 0 before the first one, when the draft equals the list in force. */
  edition: number;
  editedByName: string | null;
  editedAt: Date | null;
  /** Remarks on the last edit, such as entries that it left out. */
  told: Sentence[];
  entries: Entry[];
}

export type Edited = Pick<Draft, 'entries' | 'told'>;

/** Undefined discards the draft; a sentence says why it stays as it is. */
export type Change = (entries: Entry[]) => Edited | Sentence | undefined;

export type EditResult =
  | { ok: true }
  | { ok: false; reason: 'edited-meanwhile' }
  | { ok: false; reason: 'entry-refused'; sentence: Sentence };

/** One draft for each company, stored until it is applied or discarded. */
@Injectable()
export class IpDrafts {
  constructor(
    private readonly em: EntityManager,
    private readonly lists: IpLists,
  ) {}

  async find(corporationId: string): Promise<Draft> {
    const draft = await tables(this.em)
      .selectFrom('ip_drafts')
      .select(['edition', 'edited_by_name as editedByName', 'edited_at as editedAt', 'told'])
      .where('corporation_id', '=', corporationId)
      .executeTakeFirst();
    if (draft) return { ...draft, entries: await this.#entriesOf(corporationId) };
    const inForce = await this.lists.inForce(corporationId);
    const entries = await this.lists.entriesOf(inForce?.id);
    return { edition: 0, editedByName: null, editedAt: null, told: [], entries };
  }

  async #entriesOf(corporationId: string): Promise<Entry[]> {
    return tables(this.em)
      .selectFrom('ip_draft_entries')
      .select(['network', 'label', 'ends_at as endsAt'])
      .where('corporation_id', '=', corporationId)
      .orderBy('network')
      .execute();
  }

  /** Changes the edition that the editor saw; entries that others cover are left out. */
  async edit(editor: SignedIn, edition: number, change: Change): Promise<EditResult> {
    const { corporationId } = editor;
    return inTransaction<EditResult>(this.em, async () => {
      await holdForAdministrator(this.em, editor);
      const before = await this.find(corporationId);
      if (before.edition !== edition) return { ok: false, reason: 'edited-meanwhile' };
      const edited = change(before.entries);
      if (!edited) {
        await this.delete(corporationId);
        return { ok: true };
      }
      if ('text' in edited) return { ok: false, reason: 'entry-refused', sentence: edited };
      const folded = foldEntries(edited.entries);
      if (!folded.ok) return { ok: false, reason: 'entry-refused', sentence: folded.sentence };
      await this.#write(editor, folded.entries, [...edited.told, ...folded.told]);
      return { ok: true };
    });
  }

  async delete(corporationId: string): Promise<void> {
    await this.em.nativeDelete(IpDraft, { corporation: corporationId });
    await this.em.nativeDelete(IpDraftEntry, { corporation: corporationId });
  }

  /** Deletes the draft in the caller's transaction, when a list has just its entries. */
  async deleteApplied({ id, restricts, corporation }: IpVersion): Promise<void> {
    const applied = await this.lists.entriesOf(id);
    const { entries } = await this.find(corporation.id);
    if (restricts && isNone(difference(applied, entries))) await this.delete(corporation.id);
  }

  async #write(editor: SignedIn, entries: Entry[], told: Sentence[]): Promise<void> {
    const { corporationId, accountId, name } = editor;
    const edit = {
      edited_by: accountId,
      edited_by_name: name,
      edited_at: sqlNow,
      told: sql<IpDraft['told']>`${JSON.stringify(told)}::jsonb`,
    };
    await tables(this.em)
      .insertInto('ip_drafts')
      .values({ corporation_id: corporationId, ...edit })
      .onConflict((conflict) =>
        conflict
          .column('corporation_id')
          .doUpdateSet((eb) => ({ ...edit, edition: eb.ref('excluded.edition') })),
      )
      .execute();
    await this.em.nativeDelete(IpDraftEntry, { corporation: corporationId });
    if (entries.length === 0) return;
    await this.em.insertMany(
      IpDraftEntry,
      entries.map(({ network, label, endsAt }) => ({
        corporation: corporationId,
        network,
        label,
        endsAt,
      })),
    );
  }
}
