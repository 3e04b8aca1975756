-- Mails that people wait for take turns between their mailboxes and between those who ask: the more
-- of both wait already, the later is another one.
create or replace function set_mail_turn() returns trigger language plpgsql as $$
begin
  new.turn := -1
    + (1 + (select count(*) from mail_deliveries
            where state = 'queued' and priority = 0 and recipient = new.recipient))
    * (1 + (select count(*) from mail_deliveries
            where state = 'queued' and asked_from = new.asked_from));
  return new;
end
$$;

create or replace trigger mail_deliveries_turn
before insert on mail_deliveries
for each row when (new.priority = 0) execute function set_mail_turn();

-- Nothing in the mail works any more, or a newer one for the same tab says all of it. A newer one
-- that somebody else in the network asked for voids the URL alone: the code is wanted in its own tab.
create or replace function is_mail_superseded(link uuid) returns boolean
language sql stable parallel safe as $$
  select exists (
    select from mailed_links l
    left join recoveries r on r.link_id = l.id
    where l.id = link
      and (l.used_at is not null or l.replaced_at is not null
        or r.superseded_at is not null and exists (
          select from recoveries newer
          where newer.asked_in = r.asked_in and newer.email_key = r.email_key
            and newer.superseded_at is null)))
$$;
