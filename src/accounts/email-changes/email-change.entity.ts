import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import type { LinkRefusal } from '../../auth/mailed-links/mailed-link.entity.js';
import { Account } from '../../identity/account.entity.js';

type LinkNow = 'live' | 'used' | 'replaced' | 'expired' | 'unknown';

export const EmailChangeSchema = defineEntity({
  name: 'EmailChange',
  tableName: 'email_changes',
  indexes: [{ name: 'email_changes_by_account', properties: ['account', 'number'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    number: p.bigint('string').autoincrement().generated('identity'),
    account: () => p.manyToOne(Account).deleteRule('cascade'),
    requestedBy: () =>
      p.manyToOne(Account).fieldName('requested_by').deleteRule('set null').nullable(),
    email: p.text(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    endsAt: p.datetime(),
    voidedAt: p.datetime().nullable(),
    provedAt: p.datetime().nullable(),
    formerEmail: p.text().nullable(),
    undoEndsAt: p.datetime().nullable(),
    undoVoidedAt: p.datetime().nullable(),
    undoneAt: p.datetime().nullable(),
    /**
     * The state of the link to the new address, by the database's clock at the moment of reading.
     * A change that an administrator asked for cannot be proved once that person is none any more.
     */
    proofNow: p
      .string()
      .$type<LinkNow>()
      .formula(
        (change) => `case
          when ${change}.proved_at is not null then 'used'
          when (${change}.requested_by = ${change}.account_id or exists (
            select from usable_administrators u where u.id = ${change}.requested_by)) is not true
            then 'unknown'
          when ${change}.voided_at is not null then 'replaced'
          when ${change}.ends_at <= genkan_now() then 'expired'
          else 'live' end`,
      )
      .persist(false),
    undoNow: p
      .string()
      .$type<LinkNow>()
      .formula(
        (change) => `case
          when ${change}.undone_at is not null then 'used'
          when ${change}.undo_voided_at is not null then 'replaced'
          when ${change}.undo_ends_at <= genkan_now() then 'expired'
          else 'live' end`,
      )
      .persist(false),
  },
});

/** A change of a mail address: asked for, proved at the new mailbox, undone from the old one. */
export class EmailChange extends EmailChangeSchema.class {
  declare [OptionalProps]?: 'isOwn' | 'isUndone';

  get proofRefusal(): LinkRefusal | undefined {
    return refusalOf(this.proofNow);
  }

  /** Asked for by the account's owner, not by an administrator. */
  get isOwn(): boolean {
    return this.requestedBy?.id === this.account.id;
  }

  /** This change, or an earlier one and this with it. */
  get isUndone(): boolean {
    return Boolean(this.undoneAt ?? this.undoVoidedAt);
  }

  get undoRefusal(): LinkRefusal | undefined {
    return refusalOf(this.undoNow);
  }

  /** Given up, or asked for anew. */
  void(now: Date): void {
    this.voidedAt = now;
  }

  prove(formerEmail: string, now: Date, undoEndsAt: Date): void {
    this.formerEmail = formerEmail;
    this.provedAt = now;
    this.undoEndsAt = undoEndsAt;
  }

  undo(now: Date): void {
    this.undoneAt = now;
  }

  /** An earlier change was undone, and this one with it. */
  voidUndo(now: Date): void {
    this.undoVoidedAt = now;
  }
}

function refusalOf(state: LinkNow): LinkRefusal | undefined {
  return state === 'live' ? undefined : `link-${state}`;
}

EmailChangeSchema.setClass(EmailChange);
