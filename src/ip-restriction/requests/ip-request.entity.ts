import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';
import { Corporation } from '../../corporations/corporation.entity.js';

export const IpRequestSchema = defineEntity({
  name: 'IpRequest',
  tableName: 'ip_requests',
  indexes: [
    { name: 'ip_requests_by_corporation', properties: ['corporation', 'createdAt'] },
    { name: 'ip_requests_by_account', properties: ['account'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    corporation: () => p.manyToOne(Corporation),
    account: () => p.manyToOne(Account).deleteRule('cascade'),
    address: p.type('inet').$type<string>(),
    purpose: p.text(),
    wantedUntil: p.datetime(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    decidedAt: p.datetime().nullable(),
    decidedBy: () =>
      p.manyToOne(Account).mapToPk().fieldName('decided_by').deleteRule('set null').nullable(),
    decidedByName: p.text().nullable(),
    approved: p.boolean().nullable(),
    word: p.text().default(''),
  },
});

interface Decider {
  accountId: string;
  name: string;
}

/** A request of a refused person to be let in from an address. An administrator decides it once. */
export class IpRequest extends IpRequestSchema.class {
  approve(by: Decider, now: Date): void {
    this.approved = true;
    this.decide(by, now);
  }

  refuse(by: Decider, word: string, now: Date): void {
    this.approved = false;
    this.word = word;
    this.decide(by, now);
  }

  private decide({ accountId, name }: Decider, now: Date): void {
    this.decidedAt = now;
    this.decidedBy = accountId;
    this.decidedByName = name;
  }
}

IpRequestSchema.setClass(IpRequest);
