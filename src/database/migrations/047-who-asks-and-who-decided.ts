import { Migration } from '@mikro-orm/migrations';

/** Cases are found by who asked or applied, and show who decided what, and why. */
export class WhoAsksAndWhoDecided047 extends Migration {
  override name = '047-who-asks-and-who-decided';

  override up(): void {
    this.#askers();
    this.#decisions();
    this.#firstWords();
  }

  #askers(): void {
    this.addSql(`
      alter table desk_cases
        add column asker_name text not null default '',
        add column asker_company text not null default '',
        add column asker_company_key text not null default '',
        add column asker_email_key text not null default ''`);
    this.addSql(`
      create index desk_cases_by_asker on desk_cases
        ((search_fold(asker_name)) collate "C", opened_at desc)`);
    this.addSql(`
      create index desk_cases_by_asker_company on desk_cases
        (asker_company_key collate "C", opened_at desc)`);
    this.addSql(`
      create index desk_cases_by_asker_email on desk_cases (asker_email_key, opened_at desc)`);
    this.addSql(`
      create index enrollments_by_applicant on enrollments
        ((search_fold(applicant)) collate "C", created_at desc)`);
  }

  #decisions(): void {
    this.addSql(`
      alter table desk_case_entries
        alter column operator_id drop not null,
        add column author text not null default '',
        add column decision text constraint desk_case_entries_decision_check check (decision in
          ('grant', 'refuse', 'uphold', 'dismiss', 'give', 'confirm', 'remove-factor')),
        add column is_first boolean not null default false,
        add column person text not null default '',
        drop constraint desk_case_entries_kind_check,
        add constraint desk_case_entries_kind_check check (kind in
          ('note', 'answer', 'assignment', 'state', 'decision'))`);
  }

  /** What the first of two people said of a case that is still open stands in the log alone. */
  #firstWords(): void {
    this.addSql(`
      insert into desk_case_entries
        (desk_case_id, at, operator_id, author, kind, text, decision, is_first)
      select d.id, a.at, o.id, case when o.id is null then a.facts ->> 'operator' else '' end,
             'decision', coalesce(a.facts ->> 'why', ''),
             case when a.act = 'lost-factor' then 'remove-factor'
                  when (a.facts ->> 'upheld')::boolean then 'uphold' else 'dismiss' end,
             true
      from desk_cases d
      join audit_entries a on a.corporation_id = d.corporation_id and a.at >= d.opened_at
        and a.reason = 'second-person-needed'
        and ((a.act = 'case-decision' and a.facts ->> 'caseNumber' = d.case_number)
          or (a.act = 'lost-factor' and a.facts ->> 'target' = d.subject::text))
      left join operators o on o.name = a.facts ->> 'operator' and o.ended_at is null
      where d.state <> 'done' and a.facts ->> 'operator' is not null`);
  }
}
