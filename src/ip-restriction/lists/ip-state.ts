/** How a company's restriction stands. */
export type IpState = 'none' | 'restricted' | 'on-trial' | 'suspended';

/** An SQL expression about `person.corporation_id`; without lists nothing is asked. */
export const IP_STATE = `coalesce((
  select case
    when v.restricts and ip_suspended_until(c.id) is not null then 'suspended'
    when v.confirmed_at is null then 'on-trial'
    when not v.restricts then 'none'
    else 'restricted'
  end
  from corporations c join ip_versions v on v.id = ip_version_in_force(c.id)
  where c.id = person.corporation_id and c.has_ip_versions), 'none')`;
