import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { SignedIn } from '../../auth/sessions.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import type { Visit } from '../../web/visit.js';
import { IpDrafts } from '../draft/ip-drafts.js';
import { IpPreviews, type NextList, type Preview } from '../draft/previews.js';
import type { IpVersion } from './ip-versions.js';
import { NewVersions } from './new-versions.js';

/** What an administrator asks for, as the page that they looked at offered it. */
export interface Proposal {
  list: NextList;
  /** Of the draft that they looked at. */
  edition: number;
  /** On trial for so many milliseconds; undefined: for good at once. */
  trial: number | undefined;
}

export type ChangeRefusal =
  NonNullable<Preview['obstacle']> | 'edited-meanwhile' | 'address-refused' | 'trial-only';

export type IpListChanged = { ok: true; version: IpVersion } | { ok: false; reason: ChangeRefusal };

/** Puts a list on trial, or in force at once. */
@Injectable()
export class IpChanges {
  constructor(
    private readonly em: EntityManager,
    private readonly drafts: IpDrafts,
    private readonly previews: IpPreviews,
    private readonly newVersions: NewVersions,
    private readonly audit: Audit,
  ) {}

  /** @returns the list as it is in force now, or why nothing was changed */
  async make(person: SignedIn, proposal: Proposal, visit: Visit): Promise<IpListChanged> {
    const { corporationId, accountId } = person;
    const act = proposal.trial === undefined ? 'ip-restriction-change' : 'ip-restriction-trial';
    return inTransaction<IpListChanged>(this.em, async () => {
      await holdForAdministrator(this.em, person);
      const preview = await this.previews.of(proposal.list, corporationId, visit);
      const reason = refusalOf(person, proposal, preview);
      if (reason) {
        await this.audit.record({ act, reason, corporationId, accountId, visit });
        return { ok: false, reason };
      }
      const { restricts, entries } = preview;
      const version = await this.newVersions.add(person, {
        restricts,
        entries,
        trial: proposal.trial,
      });
      if (version.confirmedAt && restricts) await this.drafts.forget(corporationId);
      const facts = { version: version.id, number: version.number, entries: entries.length };
      await this.audit.record({ act, reason: 'done', corporationId, accountId, facts, visit });
      return { ok: true, version };
    });
  }
}

/**
 * A trial ends by itself, whatever it does; for good goes only what an administrator can undo from
 * where they are.
 */
function refusalOf(
  { isEmergency }: SignedIn,
  { list, edition, trial }: Proposal,
  preview: Preview,
): ChangeRefusal | undefined {
  if (preview.obstacle === 'trial-running') return 'trial-running';
  if (list === 'draft' && edition !== preview.edition) return 'edited-meanwhile';
  if (preview.obstacle) return preview.obstacle;
  if (trial !== undefined) return undefined;
  if (isEmergency) return 'trial-only';
  return preview.admitsVisitor ? undefined : 'address-refused';
}
