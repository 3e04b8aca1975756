import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../../auth/sessions.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { sql, sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import type { Sentence } from '../../web/sentence.js';
import { foldEntries, type Entry } from '../networks/fold-entries.js';
import { IpVersions } from '../versions/ip-versions.js';

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

/** The entries after an edit, with remarks for the editor. */
export interface Edited {
  entries: Entry[];
  told: Sentence[];
}

export type EditResult =
  | { ok: true; draft: Draft }
  | { ok: false; reason: 'edited-meanwhile' }
  | { ok: false; reason: 'too-many'; sentence: Sentence };

const COLUMNS = `edition, edited_by_name as "editedByName", edited_at as "editedAt", told`;

/** One draft for each company, stored until it is applied or discarded. */
@Injectable()
export class IpDrafts {
  constructor(
    private readonly em: EntityManager,
    private readonly versions: IpVersions,
  ) {}

  async find(corporationId: string): Promise<Draft> {
    const draft = await sqlOne<Omit<Draft, 'entries'>>(
      this.em,
      `select ${COLUMNS} from ip_drafts where corporation_id = $1`,
      [corporationId],
    );
    if (draft) return { ...draft, entries: await this.#entriesOf(corporationId) };
    const inForce = await this.versions.inForce(corporationId);
    const entries = await this.versions.entriesOf(inForce?.id);
    return { edition: 0, editedByName: null, editedAt: null, told: [], entries };
  }

  /**
   * Changes the edition that the editor saw; entries that others cover are left out.
   * @returns the new draft; or a refusal: edited by somebody else meanwhile, or too many entries
   */
  async edit(
    editor: SignedIn,
    edition: number,
    change: (entries: Entry[]) => Edited,
  ): Promise<EditResult> {
    const { corporationId } = editor;
    return inTransaction<EditResult>(this.em, async () => {
      await holdForAdministrator(this.em, editor);
      const before = await this.find(corporationId);
      if (before.edition !== edition) return { ok: false, reason: 'edited-meanwhile' };
      const { entries, told } = change(before.entries);
      const folded = foldEntries(entries);
      if (!folded.ok) return { ok: false, reason: 'too-many', sentence: folded.sentence };
      await this.#write(editor, folded.entries, [...told, ...folded.told]);
      return { ok: true, draft: await this.find(corporationId) };
    });
  }

  /** @returns false when another administrator edited the draft meanwhile */
  async discard(editor: SignedIn, edition: number): Promise<boolean> {
    const { corporationId } = editor;
    return inTransaction(this.em, async () => {
      await holdForAdministrator(this.em, editor);
      const { edition: current } = await this.find(corporationId);
      if (current === edition) await this.forget(corporationId);
      return current === edition;
    });
  }

  /** Deletes the draft in the caller's transaction. */
  async forget(corporationId: string): Promise<void> {
    await sql(this.em, 'delete from ip_drafts where corporation_id = $1', [corporationId]);
    await sql(this.em, 'delete from ip_draft_entries where corporation_id = $1', [corporationId]);
  }

  /** Deletes the draft when the applied version has the same entries, or lifts the restriction. */
  async forgetApplied(corporationId: string, versionId: string): Promise<void> {
    const other = await sqlOne(
      this.em,
      `select from ip_versions where id = $2 and not restricts
       union all
       select from (
         (select network, label, ends_at from ip_entries where version_id = $2
          except select network, label, ends_at from ip_draft_entries where corporation_id = $1)
         union all
         (select network, label, ends_at from ip_draft_entries where corporation_id = $1
          except select network, label, ends_at from ip_entries where version_id = $2)) different
       limit 1`,
      [corporationId, versionId],
    );
    if (!other) await this.forget(corporationId);
  }

  async #entriesOf(corporationId: string): Promise<Entry[]> {
    return sql<Entry>(
      this.em,
      `select d.network::text as network, d.label, d.ends_at as "endsAt" from ip_draft_entries d
       where d.corporation_id = $1 order by d.network`,
      [corporationId],
    );
  }

  async #write(editor: SignedIn, entries: Entry[], told: Sentence[]): Promise<void> {
    const { corporationId, accountId, name } = editor;
    await sql(
      this.em,
      `insert into ip_drafts (corporation_id, edited_by, edited_by_name, told)
       values ($1, $2, $3, $4)
       on conflict (corporation_id) do update set edition = excluded.edition, edited_by = $2,
         edited_by_name = $3, edited_at = genkan_now(), told = $4`,
      [corporationId, accountId, name, JSON.stringify(told)],
    );
    await sql(this.em, 'delete from ip_draft_entries where corporation_id = $1', [corporationId]);
    await sql(
      this.em,
      `insert into ip_draft_entries (corporation_id, network, label, ends_at)
       select $1, * from unnest($2::cidr[], $3::text[], $4::timestamptz[])`,
      [
        corporationId,
        entries.map(({ network }) => network),
        entries.map(({ label }) => label),
        entries.map(({ endsAt }) => endsAt),
      ],
    );
  }
}
