import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Act, Reason } from '../../audit/reasons.js';
import type { SignedIn } from '../../auth/sessions.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { isUuid } from '../../web/uuid.js';
import type { Visit } from '../../web/visit.js';
import { IpDrafts } from '../draft/ip-drafts.js';
import { IpAnnouncements } from './ip-announcements.js';
import { IpVersions, type IpVersion } from './ip-versions.js';

export type TrialConfirmed = { ok: true } | { ok: false; reason: 'trial-over' | 'address-refused' };

export type Stopped = { ok: true } | { ok: false; reason: 'trial-over' | 'address-refused' };

/** What may happen to a list on trial. Its deadline is compared with each decision, here too. */
@Injectable()
export class IpTrials {
  constructor(
    private readonly em: EntityManager,
    private readonly versions: IpVersions,
    private readonly drafts: IpDrafts,
    private readonly announcements: IpAnnouncements,
    private readonly audit: Audit,
  ) {}

  /** The company's list that is on trial now. */
  async running(corporationId: string): Promise<IpVersion | undefined> {
    const version = await this.versions.inForce(corporationId);
    return version?.isOnTrial ? version : undefined;
  }

  /**
   * Puts the list in force for good, if its trial still runs and it admits the address of whoever
   * confirms: so there is an administrator who can undo it.
   * @param versionId the trial that the page showed
   */
  async confirm(
    person: SignedIn,
    versionId: string | undefined,
    visit: Visit,
  ): Promise<TrialConfirmed> {
    if (!isUuid(versionId)) return { ok: false, reason: 'trial-over' };
    const { corporationId, accountId, name } = person;
    return inTransaction<TrialConfirmed>(this.em, async () => {
      await holdForAdministrator(this.em, person);
      const confirmed = await sqlOne(
        this.em,
        `update ip_versions set confirmed_at = genkan_now(), confirmed_by = $3, confirmed_by_name = $4
         where id = $1 and corporation_id = $2 and confirmed_at is null and ended_at is null
           and trial_ends_at > genkan_now() and (not restricts or ip_admitting(id, $5) is not null)
         returning id`,
        [versionId, corporationId, accountId, name, visit.address],
      );
      const version = await this.versions.inForce(corporationId);
      const act = 'ip-restriction-confirmation';
      if (!confirmed) {
        const reason =
          version?.id === versionId && version.isOnTrial ? 'address-refused' : 'trial-over';
        await this.#log(act, reason, person, versionId, visit);
        return { ok: false, reason };
      }
      await this.drafts.forgetApplied(corporationId, versionId);
      await this.announcements.changed(corporationId, version!, name);
      await this.#log(act, 'done', person, versionId, visit);
      return { ok: true };
    });
  }

  /**
   * Ends the trial at once; the former list is in force again. Even somebody whom the trial keeps
   * out may do it, where the former list admits them.
   */
  async stop(person: SignedIn, versionId: string | undefined, visit: Visit): Promise<Stopped> {
    if (!isUuid(versionId)) return { ok: false, reason: 'trial-over' };
    const { corporationId, accountId, name } = person;
    const act = 'ip-restriction-ending';
    const stopped = await inTransaction<Stopped>(this.em, async () => {
      await holdForAdministrator(this.em, person);
      const ended = await sqlOne(
        this.em,
        `update ip_versions set ended_at = genkan_now(), ended_by = $3, ended_by_name = $4,
                ended_because = 'stopped'
         where id = $1 and corporation_id = $2 and confirmed_at is null and ended_at is null
           and trial_ends_at > genkan_now() returning id`,
        [versionId, corporationId, accountId, name],
      );
      if (!ended) return { ok: false, reason: 'trial-over' };
      if (!(person.isAdmitted || person.isEmergency || (await this.#admits(corporationId, visit))))
        throw new KeptOut();
      await this.announcements.ended(corporationId, name);
      await this.#log(act, 'done', person, versionId, visit);
      return { ok: true };
    }).catch((error: unknown): Stopped => {
      if (error instanceof KeptOut) return { ok: false, reason: 'address-refused' };
      throw error;
    });
    if (!stopped.ok) await this.#log(act, stopped.reason, person, versionId, visit);
    return stopped;
  }

  async #admits(corporationId: string, { address }: Visit): Promise<boolean> {
    const row = await sqlOne<{ admitted: boolean }>(
      this.em,
      'select admitted from ip_verdict($1, $2)',
      [corporationId, address],
    );
    return row!.admitted;
  }

  async #log(
    act: Act,
    reason: Reason,
    { accountId, corporationId }: SignedIn,
    version: string,
    visit: Visit,
  ): Promise<void> {
    await this.audit.record({ act, reason, accountId, corporationId, facts: { version }, visit });
  }
}

/** Rolls the end of the trial back. */
class KeptOut extends Error {}
