/** Part of 006: who may object to a case, and what a newcomer's account remembers. */

/**
 * One row for each person who may object, instead of one for each mail that told of a case. Their
 * links show the case for as long as it lasts: they are never used up.
 */
export const witnesses = [
  `
  create table witnesses (
    id uuid primary key default gen_random_uuid(),
    enrollment_id uuid not null references enrollments on delete cascade,
    account_id uuid references accounts on delete cascade,
    email text,
    delivery_id uuid references mail_deliveries on delete set null,
    ends_at timestamptz not null,
    objected_at timestamptz,
    statement text,
    unique (enrollment_id, account_id)
  )`,
  'create index witnesses_by_account on witnesses (account_id)',
  `
  insert into witnesses
    (id, enrollment_id, account_id, delivery_id, ends_at, objected_at, statement)
  select (array_agg(id order by objected_at nulls last, ends_at desc))[1],
         enrollment_id, account_id,
         (array_agg(delivery_id order by ends_at) filter (where delivery_id is not null))[1],
         max(ends_at), min(objected_at),
         (array_agg(statement order by objected_at nulls last))[1]
  from objections group by enrollment_id, account_id`,
  `
  insert into mailed_links (purpose, subject, token_hash, created_at, ends_at, replaced_at)
  select 'objection', w.id::text, o.token_hash, o.created_at, o.ends_at,
         lead(o.created_at) over (partition by w.id order by o.ends_at, o.id)
  from (select o.*, coalesce(d.created_at, e.started_at) as created_at
        from objections o
        join enrollments e on e.id = o.enrollment_id
        left join mail_deliveries d on d.id = o.delivery_id) o
  join witnesses w on w.enrollment_id = o.enrollment_id and w.account_id = o.account_id`,
  'drop table objections',
];

/**
 * The session look-up asks for newcomers, and an objection brings back whom a newcomer deleted or
 * suspended: nobody notes acts any more. A registration whose mailbox is not proved holds nothing,
 * so several may wait. The desk can name the person whom a company is given to.
 */
export const narrowProbation = [
  `
  alter table accounts
    add column suspended_by uuid,
    add column probation_ends_at timestamptz`,
  `
  update accounts a set probation_ends_at = e.probation_ends_at
  from enrollments e
  where e.account_id = a.id and e.kind = 'succession' and e.state = 'running'`,
  `
  update accounts a set suspended_by = p.actor_id
  from probation_acts p
  where p.target_id = a.id and p.act = 'suspension' and p.undone_at is null
    and a.suspended_at = p.at`,
  'drop table probation_acts',
  'drop function if exists is_witness(uuid, uuid)',
  'drop index enrollments_one_initial',
  `
  create index enrollments_by_corporation on enrollments (corporation_id, started_at)`,
  `
  create table appointments (
    enrollment_id uuid primary key references enrollments on delete cascade,
    name text not null,
    name_kana text not null,
    email text not null,
    appointed_by text not null,
    reason text not null,
    appointed_at timestamptz not null default genkan_now(),
    confirmed_by text,
    confirmed_at timestamptz,
    account_id uuid references accounts on delete set null
  )`,
  'create index appointments_by_account on appointments (account_id)',
  `
  update enrollments e set applicant_email = a.email, language = a.language
  from accounts a
  where a.id = e.account_id and e.kind = 'initial' and e.applicant_email is null`,
];
