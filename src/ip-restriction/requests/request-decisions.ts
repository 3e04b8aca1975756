import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Config } from '../../config.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { IpRestrictionMails } from '../../mail/ip-restriction-mails.js';
import { say, type Sentence } from '../../web/sentence.js';
import { IpDrafts } from '../draft/ip-drafts.js';
import { difference, isNone } from '../lists/difference.js';
import { IpLists } from '../lists/ip-lists.js';
import { foldEntries, type Entry } from '../networks/fold-entries.js';
import { shortened } from '../networks/label.js';
import { networkToRegister } from '../networks/network.js';
import { readNetwork } from '../networks/read-network.js';
import type { IpRequest } from './ip-request.entity.js';
import { IpRequests } from './ip-requests.js';

export type Decision =
  | { ok: true }
  | { ok: false; reason: 'request-over' }
  | { ok: false; reason: 'entry-refused'; sentence: Sentence };

type Added = { ok: true } | { ok: false; sentence: Sentence };

const NOT_RESTRICTED = say('IPアドレス制限は解除されているため、許可の必要がありません。');
const ON_TRIAL = say(
  '試行中のため、許可を追加できません。試行を確定するか終了してから、許可してください。',
);

/** Decisions of administrators about requests. Of two at once, the second finds the request decided. */
@Injectable()
export class RequestDecisions {
  constructor(
    private readonly em: EntityManager,
    private readonly config: Config,
    private readonly requests: IpRequests,
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
      const { account, address, purpose, wantedUntil } = request;
      const label = shortened(`${account.name}（${purpose}）`);
      const added = await this.#add(person, address, label, wantedUntil);
      if (!added.ok) {
        const reason = 'entry-refused';
        await this.audit.record('ip-request-approval', reason, person, { target: id });
        return { ...added, reason };
      }
      request.approve(person, await databaseNow(this.em));
      await this.mails.approved(account.addressee, { address, until: wantedUntil });
      return this.audit.done('ip-request-approval', person, { target: id });
    });
  }

  async refuse(person: SignedIn, id: string, word: string): Promise<Decision> {
    return inTransaction<Decision>(this.em, async () => {
      const request = await this.#hold(person, id);
      if (!request) return { ok: false, reason: 'request-over' };
      request.refuse(person, word, await databaseNow(this.em));
      await this.mails.refused(request.account.addressee, { address: request.address, word });
      return this.audit.done('ip-request-refusal', person, { target: id });
    });
  }

  async #hold(person: SignedIn, id: string): Promise<IpRequest | undefined> {
    await holdForAdministrator(this.em, person);
    return this.requests.find(person.corporationId, id);
  }

  /** An entry only lets more people in, so it needs no trial. The draft gets it too, if there is one. */
  async #add(author: SignedIn, address: string, label: string, endsAt: Date): Promise<Added> {
    const { corporationId } = author;
    const inForce = await this.lists.inForce(corporationId);
    if (!inForce?.restricts) return { ok: false, sentence: NOT_RESTRICTED };
    if (inForce.isOnTrial) return { ok: false, sentence: ON_TRIAL };
    const reading = readNetwork(networkToRegister(address), this.config.ipAllowPrivate);
    if (!reading.ok) return reading;
    const entry: Entry = { network: reading.networks[0]!, label, endsAt };
    const before = await this.lists.entriesOf(inForce.id);
    const folded = foldEntries([...before, entry]);
    if (!folded.ok) return folded;
    const { entries } = folded;
    if (isNone(difference(before, entries))) return { ok: true };
    await this.lists.add(author, { restricts: true, entries, minutes: undefined });
    const { edition } = await this.drafts.find(corporationId);
    const added = (drafted: Entry[]) => ({ entries: [...drafted, entry], told: [] });
    if (edition > 0) await this.drafts.edit(author, edition, added);
    return { ok: true };
  }
}
