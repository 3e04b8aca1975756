-- What keeps mail from an address, told by the mails that came back and that nothing settled since.

-- Nobody is there to receive it: nothing is sent but what proves the mailbox, and a proof ends this.
create or replace function is_mail_suppressed(address text) returns boolean
language sql stable parallel safe as $$
  select exists (
    select from mail_deliveries
    where recipient = address and state = 'bounced' and settled_at is null
      and bounce_class in ('unknown-address', 'domain-gone'))
$$;

-- The class of the mail that came back; null when mail arrives, as far as anybody knows. What does
-- not last is over when a server takes a later mail.
create or replace function mail_trouble(address text) returns text
language sql stable parallel safe as $$
  select coalesce(d.bounce_class, 'other') from mail_deliveries d
  where d.recipient = address and d.state = 'bounced' and d.settled_at is null
    and (d.bounce_class in ('unknown-address', 'domain-gone')
      or not exists (
        select from mail_deliveries later
        where lower(later.recipient) = lower(address) and later.recipient = address
          and later.state = 'handed-over' and later.created_at > d.created_at))
  order by coalesce(d.bounce_class, 'other') in ('unknown-address', 'domain-gone') desc,
    d.created_at desc
  limit 1
$$;

-- What helps: a carrier's filter says of a sender whom it does not admit that nobody is there.
create or replace function mail_advice(address text) returns text
language sql stable parallel safe as $$
  select case
    when trouble is null then null
    when trouble = 'mailbox-full' then 'full'
    when trouble in ('unknown-address', 'refused') and lower(address) ~ ('[@.](?:docomo\.ne\.jp|'
      || 'ezweb\.ne\.jp|au\.com|softbank\.ne\.jp|softbank\.jp|vodafone\.ne\.jp|disney\.ne\.jp|'
      || 'ymobile1?\.ne\.jp|uqmobile\.jp|rakumail\.jp|pdx\.ne\.jp|wcm\.ne\.jp|emnet\.ne\.jp)$')
      then 'carrier'
    when trouble = 'refused' then 'gateway'
    when trouble in ('unknown-address', 'domain-gone') then 'unknown'
    else 'other'
  end
  from (select mail_trouble(address) as trouble) t
$$;
