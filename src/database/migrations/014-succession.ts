import { Migration } from '@mikro-orm/migrations';

/**
 * The predecessor left: a case that runs from the application until an administrator who was there
 * before approves it, or objects, or its time is over. What time alone decides is no state but a
 * stage, which is computed whenever somebody asks.
 */
export class Succession014 extends Migration {
  override name = '014-succession';

  override up(): void {
    this.addSql(`
      alter table enrollments
        drop constraint enrollments_state_check,
        add constraint enrollments_state_check check (state in
          ('review', 'queued', 'awaiting-activation', 'running', 'completed', 'approved',
           'objected', 'withdrawn', 'expired', 'refused')),
        add column started_at timestamptz not null default genkan_now(),
        add column release_at timestamptz,
        add column probation_ends_at timestamptz,
        add column activated_at timestamptz,
        add column network text,
        add column applicant_email text,
        add column language text not null default 'ja',
        add column newcomer_statement text`);
    this.addSql(`
      create unique index enrollments_one_succession on enrollments (corporation_id)
      where kind = 'succession' and state in ('awaiting-activation', 'running', 'objected')`);
    this.addSql(`
      create index enrollments_queued on enrollments (corporation_id, created_at)
      where state = 'queued'`);
    this.addSql(`
      create view enrollment_stages as
      select id, case
          when state = 'awaiting-activation' and started_at <= genkan_now() - interval '24 hours'
            then 'expired'
          when state = 'running' and release_at > genkan_now() then 'held'
          when state = 'running' and probation_ends_at > genkan_now() then 'probation'
          when state = 'running' then 'completed'
          else state end as stage
      from enrollments`);
    // One row for each time that an administrator who was there before was told, with a link.
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
    // Who was an administrator before the case, and whose mailbox the newcomer did not exchange.
    this.addSql(`
      create function is_witness(enrollment uuid, account uuid) returns boolean
      language sql stable as $$
        select exists (select from objections o
                       where o.enrollment_id = enrollment and o.account_id = account)
           and not exists (select from probation_acts p join accounts a on a.id = p.target_id
                           where p.enrollment_id = enrollment and p.target_id = account
                             and p.act = 'email-change' and p.undone_at is null
                             and a.email <> p.before ->> 'email')
      $$`);
    // Stopped by an objection: whoever gives the right password is shown the case.
    this.addSql('alter table accounts add column in_case boolean not null default false');
  }
}
