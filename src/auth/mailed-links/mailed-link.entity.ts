import { defineEntity, p } from '@mikro-orm/postgresql';

/** A link opens the pages of its purpose and nothing else. */
export type LinkPurpose = MailedLink['purpose'];

export type LinkRefusal = 'link-unknown' | 'link-used' | 'link-expired' | 'link-replaced';

export const MailedLinkSchema = defineEntity({
  name: 'MailedLink',
  tableName: 'mailed_links',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    purpose: p.enum([
      'activation',
      'application',
      'recovery',
      'invitation',
      'objection',
      'email-proof',
      'email-undo',
      'sign-in-report',
      'lost-factor',
      'factor-objection',
      'factor-enrolment',
      'second-factor-report',
      'operator-set-up',
    ] as const),
    /** The id of what it is about: an account, an application, an objector, a removal, somebody of the desk; for a recovery the mailbox's keyed digest. */
    subject: p.text(),
    tokenHash: p.blob().unique(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    endsAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    /** A newer link, or something that happened to its subject, voided it. */
    replacedAt: p.datetime().nullable(),
    /** Decided by the database's clock at the moment of reading. */
    outcome: p
      .string()
      .$type<'live' | 'used' | 'replaced' | 'expired'>()
      .formula(
        (link) => `case when ${link}.used_at is not null then 'used'
                        when ${link}.replaced_at is not null then 'replaced'
                        when ${link}.ends_at <= genkan_now() then 'expired'
                        else 'live' end`,
      )
      .persist(false),
  },
});

export class MailedLink extends MailedLinkSchema.class {
  get refusal(): LinkRefusal | undefined {
    return this.outcome === 'live' ? undefined : (`link-${this.outcome}` as LinkRefusal);
  }
}

MailedLinkSchema.setClass(MailedLink);
