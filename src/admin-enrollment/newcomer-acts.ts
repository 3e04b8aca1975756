import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Act } from '../audit/acts.js';
import { Audit } from '../audit/audit.js';
import { databaseNow } from '../database/clock.js';
import { Account } from '../identity/account.entity.js';
import { MemberMails } from '../mail/member-mails.js';
import type { Enrollment } from './enrollment.entity.js';

/** What a newcomer did to others, which ends with the newcomer's own stay; in the caller's transaction. */
@Injectable()
export class NewcomerActs {
  constructor(
    private readonly em: EntityManager,
    private readonly memberMails: MemberMails,
    private readonly audit: Audit,
  ) {}

  /** Everybody whom the newcomer deleted or suspended is as before. */
  async undo(enrollment: Enrollment): Promise<void> {
    const { id } = enrollment.account!;
    const taken = await this.em.find(
      Account,
      {
        id: { $ne: id },
        corporation: enrollment.corporation!.id,
        anonymisedAt: null,
        $or: [{ deletedBy: id }, { suspendedBy: id }],
      },
      { populate: ['corporation'] },
    );
    for (const person of taken) await this.#undoActsOn(person, id, enrollment);
    await this.em.flush();
  }

  /** As what happened by itself: whoever objected or decided has a row of their own. */
  async tellLog(act: Act, { id: target }: Account, { corporation, caseNumber }: Enrollment) {
    await this.audit.done(act, { corporationId: corporation!.id }, { target, caseNumber });
  }

  /** The person hears of it like of any other restoration or release. */
  async #undoActsOn(person: Account, newcomer: string, enrollment: Enrollment): Promise<void> {
    const before = person.state;
    const { caseNumber } = enrollment;
    person.undoActsOf(newcomer);
    const { state, loginId, addressee } = person;
    if (state === before || !person.hasProvedMailbox) return;
    const deed = { loginId, time: await databaseNow(this.em), by: null, caseNumber };
    const act = before === 'deleted' ? 'account-restoration' : 'account-release';
    await this.tellLog(act, person, enrollment);
    if (before === 'deleted')
      await this.memberMails.restored(addressee, deed, state === 'suspended');
    else await this.memberMails.released(addressee, deed);
  }
}
