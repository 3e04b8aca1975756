import { Migration } from '@mikro-orm/migrations';

/** How people come to an account, and how an account comes to another mailbox. */
export class CasesAndInvitations004 extends Migration {
  override name = '004-cases-and-invitations';

  override up(): void {
    this.#cases();
    this.#objections();
    this.#invitations();
    this.#emailChanges();
  }

  /**
   * A case: somebody who knows a company's two numbers wants to become its administrator. In review
   * there is no account yet: the details wait, sealed, for the desk, and the corporation is only
   * known when the numbers matched one.
   */
  #cases(): void {
    this.addSql(`
      create table enrollments (
        id uuid primary key default gen_random_uuid(),
        case_number text not null unique,
        kind text not null check (kind in ('initial', 'succession')),
        state text not null check (state in
          ('review', 'queued', 'awaiting-activation', 'running', 'completed', 'approved',
           'objected', 'withdrawn', 'expired', 'refused')),
        corporation_id uuid references corporations,
        account_id uuid references accounts on delete set null,
        corporate_number text not null,
        applicant text not null,
        applicant_email text,
        language text not null default 'ja',
        sealed_details bytea,
        address inet not null,
        network text,
        created_at timestamptz not null default genkan_now(),
        started_at timestamptz not null default genkan_now(),
        activated_at timestamptz,
        release_at timestamptz,
        probation_ends_at timestamptz,
        decided_at timestamptz,
        newcomer_statement text
      )`);
    this.addSql('create index enrollments_by_account on enrollments (account_id)');
    this.addSql(`
      create unique index enrollments_one_initial on enrollments (corporation_id)
      where kind = 'initial' and state = 'awaiting-activation'`);
    this.addSql(`
      create unique index enrollments_one_succession on enrollments (corporation_id)
      where kind = 'succession' and state in ('awaiting-activation', 'running', 'objected')`);
    this.addSql(`
      create index enrollments_queued on enrollments (corporation_id, created_at)
      where state = 'queued'`);
    this.addSql(`
      create index enrollments_successions on enrollments (corporation_id)
      where kind = 'succession'`);
  }

  /** A row for each time that an administrator who was there before was told, with a link. */
  #objections(): void {
    this.addSql(`
      create table objections (
        id uuid primary key default gen_random_uuid(),
        enrollment_id uuid not null references enrollments on delete cascade,
        account_id uuid not null references accounts on delete cascade,
        token_hash bytea not null unique,
        ends_at timestamptz not null,
        delivery_id uuid references mail_deliveries on delete set null,
        objected_at timestamptz,
        statement text
      )`);
    this.addSql('create index objections_by_enrollment on objections (enrollment_id, account_id)');
    this.addSql('create index objections_by_account on objections (account_id)');
    // An objection undoes what the newcomer did meanwhile.
    this.addSql(`
      create table probation_acts (
        id bigint generated always as identity primary key,
        enrollment_id uuid not null references enrollments on delete cascade,
        actor_id uuid not null references accounts on delete cascade,
        target_id uuid not null references accounts on delete cascade,
        act text not null,
        before jsonb not null,
        at timestamptz not null default genkan_now(),
        undone_at timestamptz
      )`);
    this.addSql('create index probation_acts_by_enrollment on probation_acts (enrollment_id, id)');
  }

  /** The invited person's details move to the account with the acceptance and do not stay here. */
  #invitations(): void {
    this.addSql(`
      create table invitations (
        id uuid primary key default gen_random_uuid(),
        corporation_id uuid not null references corporations,
        invited_by uuid references accounts on delete set null,
        role text not null check (role in ('staff', 'administrator')),
        name text not null,
        name_kana text not null,
        department text not null,
        phone text not null,
        email text not null,
        email_key text not null,
        token_hash bytea not null unique,
        delivery_id uuid references mail_deliveries on delete set null,
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        used_at timestamptz,
        account_id uuid references accounts on delete set null,
        replaced_at timestamptz,
        cancelled_at timestamptz
      )`);
    this.addSql('create index invitations_by_inviter on invitations (invited_by)');
    this.addSql('create index invitations_by_account on invitations (account_id)');
    this.addSql(`
      create unique index invitations_one_live on invitations (corporation_id, email_key)
      where used_at is null and replaced_at is null and cancelled_at is null`);
  }

  /** Asked for, proved at the new mailbox, undone from the old one. */
  #emailChanges(): void {
    this.addSql(`
      create table email_changes (
        id uuid primary key default gen_random_uuid(),
        number bigint not null generated always as identity,
        account_id uuid not null references accounts on delete cascade,
        requested_by uuid references accounts on delete set null,
        email text not null,
        former_email text,
        token_hash bytea not null unique,
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        proved_at timestamptz,
        voided_at timestamptz,
        undo_token_hash bytea unique,
        undo_ends_at timestamptz,
        undone_at timestamptz,
        undo_voided_at timestamptz
      )`);
    this.addSql('create index email_changes_by_account on email_changes (account_id, number)');
    this.addSql(`
      create unique index email_changes_one_live on email_changes (account_id)
      where proved_at is null and voided_at is null`);
  }
}
