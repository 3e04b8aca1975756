-- The state of an invitation at this moment. It speaks with the rights of the person who sent it,
-- and is void as soon as that person is no usable administrator of an active company any more.

create or replace function invitation_state(
  used_at timestamptz, cancelled_at timestamptz, replaced_at timestamptz, ends_at timestamptz,
  invited_by uuid, corporation_id uuid)
returns text
language sql stable as $$
  select case
    when used_at is not null then 'used'
    when cancelled_at is not null then 'cancelled'
    when replaced_at is not null then 'replaced'
    when ends_at <= genkan_now() then 'expired'
    when not exists (
      select from usable_administrators u
      join corporations c on c.id = u.corporation_id and c.state = 'active'
      where u.id = invitation_state.invited_by
        and u.corporation_id = invitation_state.corporation_id) then 'void'
    else 'live'
  end
$$;
