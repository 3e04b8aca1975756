/** What the TOP page asks more about, where there is something to tell. */
export interface NewsOfPerson {
  /** A mail to the person came back: whether it still matters is asked where it is shown. */
  hasBouncedMail: boolean;
  /** The company has removals of lost second factors that are not over, or were stopped lately. */
  areFactorsRemoved: boolean;
}

/**
 * The session, the person with today's rights and the verdict on the address in one prepared
 * statement, because every request of everybody runs it.
 */
export const FIND_SESSION = {
  name: 'find-session',
  text: `select s.id as "sessionId", s.secret_hash as "secretHash",
                s.previous_sign_in_at as "previousSignInAt",
                host(s.previous_sign_in_address) as "previousSignInAddress",
                s.failures_before as "failuresBefore",
                s.password_confirmed_at > genkan_now() - interval '5 minutes' as "passwordIsFresh",
                coalesce(s.factor_confirmed_at > genkan_now() - interval '5 minutes', false)
                  as "factorIsFresh", s.factor_confirmed_at as "factorConfirmedAt",
                case when s.factor_confirmed_at > genkan_now() - case s.factor_given_for
                       when 'exchange' then interval '30 minutes' else interval '5 minutes' end
                     then s.factor_given_for end as "factorGivenFor",
                a.second_factor_since is not null as "hasFactor",
                duty.due_at as "factorDueAt",
                coalesce(s.emergency_until > genkan_now(), false) as "isEmergency",
                s.emergency_until as "emergencyUntil", s.enrols_only as "enrolsOnly",
                s.enrols_only or coalesce(duty.due_at <= genkan_now(), false) as "mustSetUpFactor",
                case when verdict.admitted and verdict.network is null
                     then ip_suspension_end(c.id) end as "suspendedUntil",
                coalesce(verdict.admitted, true) as "isAdmitted", verdict.network as "admittedBy",
                genkan_now() as now, s.ends_at as "lastsUntil",
                greatest(s.last_seen_at, $2::timestamptz) as "lastSeenAt",
                set_masklen(s.address, case family(s.address) when 4 then 32 else 64 end)
                  >>= $3::inet as "isWhereItBegan",
                a.probation_ends_at as "probationEndsAt",
                coalesce(a.probation_ends_at > genkan_now(), false) as "isNewcomer",
                exists (
                  select from mail_deliveries d
                  where d.recipient = a.email and d.state = 'bounced' and d.settled_at is null
                ) as "hasBouncedMail",
                exists (
                  select from factor_removals r
                  where r.corporation_id = c.id and r.outcome is null) or exists (
                  select from factor_removals r
                  where r.corporation_id = c.id and r.outcome = 'objected'
                    and r.ended_at > genkan_now() - interval '3 days') as "areFactorsRemoved",
                a.id as "accountId", a.name, a.role, a.login_id as "loginId",
                c.id as "corporationId", c.name as "corporationName"
         from sessions s
         join accounts a on a.id = s.account_id and a.state = 'active'
         join corporations c on c.id = a.corporation_id and c.state = 'active'
         left join lateral (
           -- "offset 0" keeps the flag in front of the call: without lists nothing is asked.
           select * from ip_verdict(c.id, $3) where c.has_ip_versions offset 0) verdict on true
         left join second_factor_minimum m on true
         cross join lateral (
           select case when a.second_factor_since is null then second_factor_due_at(
             a.role, a.activated_at, a.administrator_since, a.probation_ends_at,
             least(c.administrators_asked_since, m.administrators_asked_since),
             least(c.everybody_asked_since, m.everybody_asked_since)) end as due_at) duty
         where s.id = $1`,
};
