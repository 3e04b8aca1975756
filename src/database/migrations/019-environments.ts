import { Migration } from '@mikro-orm/migrations';

/**
 * From where people signed in within 90 days: networks, and browsers without a known cookie that
 * they were told of. A sign-in notes its own in its one statement, and adds the job that tells of
 * a new one.
 */
export class Environments019 extends Migration {
  override name = '019-environments';

  override up(): void {
    // An empty browser: the network itself.
    this.addSql(`
      create table known_environments (
        account_id uuid not null references accounts on delete cascade,
        network cidr not null,
        browser text not null,
        last_seen_at timestamptz not null,
        primary key (account_id, network, browser)
      )`);
    this.addSql(`
      insert into known_environments
      select e.account_id, network(set_masklen(e.address, case family(e.address) when 4 then 24 else 64 end)),
             '', max(e.at)
      from audit_entries e join accounts a on a.id = e.account_id
      where e.act = 'sign-in' and e.reason = 'done' and e.address is not null
        and e.at > genkan_now() - interval '90 days'
      group by 1, 2`);
    this.addSql(`
      create function note_environment(
        who uuid, is_first boolean, knows_browser boolean, from_network cidr, with_browser text, from_address inet)
      returns boolean
      language plpgsql as $$
      declare
        earliest timestamptz := genkan_now() - interval '90 days';
        knows_network boolean := exists (
          select from known_environments
          where account_id = who and network = from_network and browser = '' and last_seen_at > earliest);
        was_told boolean := exists (
          select from known_environments
          where account_id = who and network = from_network and browser = md5(with_browser)
            and last_seen_at > earliest);
      begin
        insert into known_environments
        select who, from_network, b, genkan_now()
        from unnest(case when is_first or (knows_network and knows_browser)
                         then array[''] else array['', md5(with_browser)] end) as b
        on conflict (account_id, network, browser) do update set last_seen_at = excluded.last_seen_at;
        if is_first or was_told or (knows_network and knows_browser) then
          return false;
        end if;
        perform graphile_worker.add_job('tell-new-environment', payload := json_build_object(
          'accountId', who, 'at', genkan_now(), 'browser', with_browser, 'address', host(from_address)),
          max_attempts := 25);
        return true;
      end $$`);
  }
}
