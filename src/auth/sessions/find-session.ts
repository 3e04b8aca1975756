export interface MailToPerson {
  /** One came back: whether it still matters is asked where it is shown. */
  hasBouncedMail: boolean;
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
                a.probation_ends_at as "probationEndsAt",
                coalesce(a.probation_ends_at > genkan_now(), false) as "isNewcomer",
                exists (
                  select from mail_deliveries d
                  where d.recipient = a.email and d.state = 'bounced' and d.settled_at is null
                ) as "hasBouncedMail",
                a.id as "accountId", a.name, a.role, a.login_id as "loginId",
                c.id as "corporationId", c.name as "corporationName"
         from sessions s
         join accounts a on a.id = s.account_id and a.state = 'active'
         join corporations c on c.id = a.corporation_id and c.state = 'active'
         left join lateral (
           -- "offset 0" keeps the flag in front of the call: without lists nothing is asked.
           select * from ip_verdict(c.id, $3) where c.has_ip_versions offset 0) verdict on true
         left join lateral (
           -- Who has a factor is asked nothing more.
           select due_at from second_factor_duties
           where account_id = a.id and a.second_factor_since is null offset 0) duty on true
         where s.id = $1`,
};
