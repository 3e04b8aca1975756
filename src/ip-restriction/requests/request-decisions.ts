import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { IpRestrictionMails } from '../../mail/ip-restriction-mails.js';
import type { Sentence } from '../../web/sentence.js';
import { IpDrafts } from '../draft/ip-drafts.js';
import { difference, isNone } from '../lists/difference.js';
import { IpLists } from '../lists/ip-lists.js';
import type { Entry } from '../networks/fold-entries.js';
import type { IpRequest } from './ip-request.entity.js';
import { IpRequests } from './ip-requests.js';
import { RequestAdditions, type Addition } from './request-additions.js';

export type Decision =
  | { ok: true; request: IpRequest }
  | { ok: false; reason: 'request-over' }
  | { ok: false; reason: 'entry-refused'; sentence: Sentence };

/** Decisions of administrators about requests. Of two at once, the second finds the request decided. */
@Injectable()
export class RequestDecisions {
  constructor(
    private readonly em: EntityManager,
    private readonly requests: IpRequests,
    private readonly additions: RequestAdditions,
    private readonly lists: IpLists,
    private readonly drafts: IpDrafts,
    private readonly mails: IpRestrictionMails,
    private readonly audit: Audit,
  ) {}

  /** Adds the requested address to the list, until the requested end. */
  async approve(person: SignedIn, id: string): Promise<Decision> {
    return inTransaction<Decision>(this.em, async () => {
      const request = await this.#hold(person, id);
      if (!request) return { ok: false, reason: 'request-over' };
      const addition = await this.additions.of(request);
      if (!addition.ok) {
        const reason = 'entry-refused';
        await this.audit.record('ip-request-approval', reason, person, { target: id });
        return { ok: false, reason, sentence: addition.obstacle.sentence };
      }
      await this.#add(person, request, addition);
      request.approve(person, await databaseNow(this.em));
      const { account, address, wantedUntil: until } = request;
      const approved = { actorName: person.name, address, until };
      await this.mails.approved(account.addressee, approved);
      return { ...(await this.audit.done('ip-request-approval', person, { target: id })), request };
    });
  }

  async refuse(person: SignedIn, id: string, word: string): Promise<Decision> {
    return inTransaction<Decision>(this.em, async () => {
      const request = await this.#hold(person, id);
      if (!request) return { ok: false, reason: 'request-over' };
      request.refuse(person, word, await databaseNow(this.em));
      const { account, address } = request;
      await this.mails.refused(account.addressee, { actorName: person.name, address, word });
      return { ...(await this.audit.done('ip-request-refusal', person, { target: id })), request };
    });
  }

  async #hold(person: SignedIn, id: string): Promise<IpRequest | undefined> {
    await holdForAdministrator(this.em, person);
    return this.requests.find(person.corporationId, id);
  }

  /** An entry only lets more people in, so it needs no trial. The draft gets it too, if there is one. */
  async #add(
    author: SignedIn,
    { account, purpose, wantedUntil: until }: IpRequest,
    { entry, before, entries }: Addition & { ok: true },
  ): Promise<void> {
    if (isNone(difference(before, entries))) return;
    const granted = { requester: account.name, network: entry.network, purpose, until };
    await this.lists.add(author, { restricts: true, entries, minutes: undefined, granted });
    const { edition } = await this.drafts.find(author.corporationId);
    const added = (drafted: Entry[]) => ({ entries: [...drafted, entry], told: [] });
    if (edition > 0) await this.drafts.edit(author, edition, added);
  }
}
