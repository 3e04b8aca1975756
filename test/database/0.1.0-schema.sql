-- The schema of 0.1.0, as its own migrations left it: a dump, which nobody edits.


SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE FUNCTION public.count_account_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      begin
        new.version := old.version + 1;
        new.changed_at := genkan_now();
        return new;
      end $$;

CREATE FUNCTION public.genkan_now() RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$select now()$$;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.invitations (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    corporation_id uuid NOT NULL,
    invited_by uuid,
    role text NOT NULL,
    name text NOT NULL,
    name_kana text NOT NULL,
    department text NOT NULL,
    phone text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    token_hash bytea NOT NULL,
    delivery_id uuid,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    account_id uuid,
    replaced_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    CONSTRAINT invitations_role_check CHECK ((role = ANY (ARRAY['staff'::text, 'administrator'::text])))
);

CREATE FUNCTION public.invitation_state(i public.invitations) RETURNS text
    LANGUAGE sql STABLE
    AS $$ select case
        when i.used_at is not null then 'used'
        when i.cancelled_at is not null then 'cancelled'
        when i.replaced_at is not null then 'replaced'
        when i.ends_at <= genkan_now() then 'expired'
        when not exists (select from usable_administrators u
                         join corporations c on c.id = u.corporation_id and c.state = 'active'
                         where u.id = i.invited_by and u.corporation_id = i.corporation_id) then 'void'
        else 'live' end $$;

CREATE FUNCTION public.ip_admitting(version uuid, address inet) RETURNS cidr
    LANGUAGE sql STABLE
    AS $$
        select e.network from ip_entries e
        where e.version_id = version and e.network >>= address
          and (e.ends_at is null or e.ends_at > genkan_now() or ip_end_held_back(version, e.network))
        order by coalesce(e.ends_at <= genkan_now(), false), masklen(e.network) desc limit 1
      $$;

CREATE FUNCTION public.ip_end_held_back(version uuid, ending cidr) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
        with ends as (
          select e.version_id, e.network, e.ends_at, v.corporation_id
          from ip_entries e join ip_versions v on v.id = e.version_id
          where e.version_id = version and e.network = ending and e.ends_at is not null),
        visits as materialized (
          select distinct s.address, s.at < ends.ends_at as before_end
          from ends join usable_administrators u on u.corporation_id = ends.corporation_id
          join lateral (
            select a.at, a.address from audit_entries a
            where a.account_id = u.id and a.act = 'sign-in' and a.reason = 'done'
              and a.at >= ends.ends_at - interval '90 days') s on true)
        select exists (select from visits, ends where before_end and address <<= ends.network)
           and not exists (
             select from visits, ends, ip_entries longer
             where longer.version_id = ends.version_id and visits.address <<= longer.network
               and (longer.ends_at is null or longer.ends_at > ends.ends_at))
      $$;

CREATE FUNCTION public.ip_suspended_until(company uuid) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
        select max(ends_at) from ip_suspensions
        where corporation_id = company and lifted_at is null and ends_at > genkan_now()
      $$;

CREATE FUNCTION public.ip_verdict(company uuid, address inet, OUT admitted boolean, OUT network cidr) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
      declare
        version uuid := ip_version_in_force(company);
      begin
        admitted := true;
        if not coalesce((select restricts from ip_versions where id = version), false)
           or ip_suspended_until(company) is not null then return; end if;
        network := ip_admitting(version, address);
        admitted := network is not null;
      end $$;

CREATE FUNCTION public.ip_version_in_force(company uuid) RETURNS uuid
    LANGUAGE sql STABLE
    AS $$
        select id from ip_versions
        where corporation_id = company and ended_at is null
          and (confirmed_at is not null or trial_ends_at > genkan_now())
        order by confirmed_at is null desc, confirmed_at desc, number desc limit 1
      $$;

CREATE FUNCTION public.is_witness(enrollment uuid, account uuid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
        select exists (select from objections o
                       where o.enrollment_id = enrollment and o.account_id = account)
           and not exists (select from probation_acts p join accounts a on a.id = p.target_id
                           where p.enrollment_id = enrollment and p.target_id = account
                             and p.act = 'email-change' and p.undone_at is null
                             and a.email <> p.before ->> 'email')
      $$;

CREATE FUNCTION public.keep_usable_administrator() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      begin
        perform from corporations where id = old.corporation_id for no key update;
        if not exists (select from usable_administrators where corporation_id = old.corporation_id) then
          raise exception 'corporation % would be left without a usable administrator',
            old.corporation_id using errcode = 'GK001';
        end if;
        return null;
      end $$;

CREATE FUNCTION public.note_environment(who uuid, is_first boolean, knows_browser boolean, from_network cidr, with_browser text, from_address inet) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
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
      end $$;

CREATE FUNCTION public.note_ip_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      begin
        update corporations set has_ip_versions = true
        where id = new.corporation_id and not has_ip_versions;
        return null;
      end $$;

CREATE FUNCTION public.refuse_audit_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      begin
        raise exception 'the log is append only' using errcode = 'GK002';
      end $$;

CREATE FUNCTION public.refuse_ip_entry_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      begin
        raise exception 'a list of addresses is replaced, never altered' using errcode = 'GK003';
      end $$;

CREATE FUNCTION public.reserved_login_id_key(key text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$select 'sha256:' || encode(sha256(convert_to(key, 'UTF8')), 'hex')$$;

CREATE FUNCTION public.search_fold(typed text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$select translate(lower(normalize(typed, NFKC)),
                            'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ 	・', 'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ')$$;

CREATE FUNCTION public.settle_attempt(attempt_key text, was_right boolean) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
      declare
        waiting waiting_times;
        failed integer;
      begin
        if not was_right then
          insert into waiting_times values (attempt_key, 0, genkan_now(), '-infinity')
          on conflict (key) do nothing;
        end if;
        select * into waiting from waiting_times where key = attempt_key for update;
        if not found then
          return true;
        elsif waiting.waits_until > genkan_now() then
          return false;
        elsif was_right then
          delete from waiting_times where key = attempt_key;
        else
          failed := 1 + case when waiting.last_failed_at < genkan_now() - interval '1 day'
                             then 0 else waiting.failures end;
          update waiting_times set
            failures = failed,
            last_failed_at = genkan_now(),
            waits_until = case when failed <= 5 then '-infinity' else genkan_now() + make_interval(
              secs => (array[5, 15, 60, 300, 900])[least(failed - 5, 5)]) end
          where key = attempt_key;
        end if;
        return true;
      end $$;

CREATE FUNCTION public.skip_reserved_login_id() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      begin
        if exists (select from accounts where login_id_key = reserved_login_id_key(new.login_id_key)) then
          return null;
        end if;
        return new;
      end $$;

CREATE FUNCTION public.start_with_usable_administrator() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      begin
        perform from corporations where id = new.corporation_id for no key update;
        if not exists (select from usable_administrators where corporation_id = new.corporation_id) then
          raise exception 'corporation % has no usable administrator', new.corporation_id
            using errcode = 'GK001';
        end if;
        return null;
      end $$;

CREATE FUNCTION public.take_limits(keys text[], maxima integer[], windows interval[]) RETURNS TABLE(exhausted_key text, retry_after integer)
    LANGUAGE plpgsql
    AS $$
      declare
        wanted record;
        counter limit_counters;
      begin
        -- What is exhausted anyway adds no rows.
        select c.key, greatest(1, ceil(extract(epoch from c.ends_at - genkan_now())))::integer
        into exhausted_key, retry_after
        from limit_counters c join unnest(keys, maxima) as w(key, maximum) on w.key = c.key
        where c.used >= w.maximum and c.ends_at > genkan_now() limit 1;
        if found then
          return next;
          return;
        end if;
        for wanted in select * from unnest(keys, maxima, windows) as w(key, maximum, span) order by w.key loop
          insert into limit_counters values (wanted.key, 0, genkan_now() + wanted.span)
          on conflict (key) do update set
            used = case when limit_counters.ends_at <= genkan_now() then 0 else limit_counters.used end,
            ends_at = case when limit_counters.ends_at <= genkan_now()
                           then genkan_now() + wanted.span else limit_counters.ends_at end
          returning * into counter;
          if counter.used >= wanted.maximum then
            exhausted_key := wanted.key;
            retry_after := greatest(1, ceil(extract(epoch from counter.ends_at - genkan_now())))::integer;
            return next;
            return;
          end if;
        end loop;
        update limit_counters set used = used + 1 where key = any(keys);
      end $$;

CREATE FUNCTION public.write_search_keys() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      begin
        if tg_op = 'UPDATE' then
          delete from account_search_keys where account_id = new.id;
        end if;
        insert into account_search_keys (account_id, key, corporation_id, role, state, held_until)
        select distinct new.id, substr(whole, place, 40), new.corporation_id, new.role, new.state,
               new.held_until
        from (values (search_fold(new.name), true), (search_fold(new.name_kana), true),
                     (search_fold(new.login_id), false), (search_fold(new.email), false))
               as source (whole, anywhere),
             generate_series(1, length(whole)) place
        where anywhere or place = 1 or substr(whole, place - 1, 1) in ('.', '_', '-', '@', '+');
        return null;
      end $$;

CREATE TABLE public.account_search_keys (
    account_id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    corporation_id uuid NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    held_until timestamp with time zone
);

CREATE TABLE public.accounts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    corporation_id uuid NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    login_id text NOT NULL,
    login_id_key text NOT NULL,
    name text NOT NULL,
    name_kana text NOT NULL,
    department text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    search_key text NOT NULL,
    password_hash text NOT NULL,
    language text DEFAULT 'ja'::text NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    activated_at timestamp with time zone,
    last_sign_in_at timestamp with time zone,
    last_sign_in_address inet,
    failures_since_sign_in integer DEFAULT 0 NOT NULL,
    held_until timestamp with time zone,
    in_case boolean DEFAULT false NOT NULL,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    deleted_from text,
    suspended_at timestamp with time zone,
    anonymised_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    changed_at timestamp with time zone,
    CONSTRAINT accounts_deleted_from_check CHECK ((deleted_from = ANY (ARRAY['registered'::text, 'active'::text, 'suspended'::text]))),
    CONSTRAINT accounts_language_check CHECK ((language = ANY (ARRAY['ja'::text, 'en'::text]))),
    CONSTRAINT accounts_role_check CHECK ((role = ANY (ARRAY['staff'::text, 'administrator'::text]))),
    CONSTRAINT accounts_state_check CHECK ((state = ANY (ARRAY['registered'::text, 'active'::text, 'suspended'::text, 'deleted'::text])))
);

CREATE TABLE public.audit_entries (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    corporation_id uuid,
    account_id uuid,
    act text NOT NULL,
    reason text NOT NULL,
    address inet,
    request_id text,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE public.audit_entries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.corporations (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    corporate_number text NOT NULL,
    name text NOT NULL,
    name_kana text NOT NULL,
    search_key text NOT NULL,
    billing_email text,
    state text DEFAULT 'active'::text NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    has_ip_versions boolean DEFAULT false NOT NULL,
    CONSTRAINT corporations_state_check CHECK ((state = ANY (ARRAY['active'::text, 'closed'::text])))
);

CREATE TABLE public.demo_mails (
    id integer NOT NULL,
    message_id text NOT NULL,
    sender text NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text NOT NULL,
    received_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL
);

ALTER TABLE public.demo_mails ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.demo_mails_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.devices (
    id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    ends_at timestamp with time zone NOT NULL
);

CREATE TABLE public.email_changes (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    number bigint NOT NULL,
    account_id uuid NOT NULL,
    requested_by uuid,
    email text NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    voided_at timestamp with time zone,
    proved_at timestamp with time zone,
    former_email text,
    undo_token_hash bytea,
    undo_ends_at timestamp with time zone,
    undo_voided_at timestamp with time zone,
    undone_at timestamp with time zone
);

ALTER TABLE public.email_changes ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.email_changes_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.enrollments (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    case_number text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    corporation_id uuid,
    account_id uuid,
    corporate_number text NOT NULL,
    applicant text NOT NULL,
    sealed_details bytea,
    address inet NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    decided_at timestamp with time zone,
    started_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    release_at timestamp with time zone,
    probation_ends_at timestamp with time zone,
    activated_at timestamp with time zone,
    network text,
    applicant_email text,
    language text DEFAULT 'ja'::text NOT NULL,
    newcomer_statement text,
    CONSTRAINT enrollments_kind_check CHECK ((kind = ANY (ARRAY['initial'::text, 'succession'::text]))),
    CONSTRAINT enrollments_state_check CHECK ((state = ANY (ARRAY['review'::text, 'queued'::text, 'awaiting-activation'::text, 'running'::text, 'completed'::text, 'approved'::text, 'objected'::text, 'withdrawn'::text, 'expired'::text, 'refused'::text])))
);

CREATE VIEW public.enrollment_stages AS
 SELECT enrollments.id,
        CASE
            WHEN ((enrollments.state = 'awaiting-activation'::text) AND (enrollments.started_at <= (public.genkan_now() - '24:00:00'::interval))) THEN 'expired'::text
            WHEN ((enrollments.state = 'running'::text) AND (enrollments.release_at > public.genkan_now())) THEN 'held'::text
            WHEN ((enrollments.state = 'running'::text) AND (enrollments.probation_ends_at > public.genkan_now())) THEN 'probation'::text
            WHEN (enrollments.state = 'running'::text) THEN 'completed'::text
            ELSE enrollments.state
        END AS stage
   FROM public.enrollments;

CREATE TABLE public.flows (
    id uuid NOT NULL,
    browser_hash bytea NOT NULL,
    kind text NOT NULL,
    entries jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    ends_at timestamp with time zone NOT NULL
);

CREATE TABLE public.form_submissions (
    id uuid NOT NULL,
    entries_digest bytea NOT NULL,
    location text,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL
);

CREATE TABLE public.genkan_migrations (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    executed_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP(6) NOT NULL
);

CREATE SEQUENCE public.genkan_migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.genkan_migrations_id_seq OWNED BY public.genkan_migrations.id;

CREATE SEQUENCE public.ip_draft_editions
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.ip_draft_entries (
    corporation_id uuid NOT NULL,
    network cidr NOT NULL,
    label text NOT NULL,
    ends_at timestamp with time zone,
    CONSTRAINT ip_draft_entries_network_check CHECK (
CASE family((network)::inet)
    WHEN 4 THEN (masklen((network)::inet) >= 16)
    ELSE (masklen((network)::inet) >= 32)
END)
);

CREATE TABLE public.ip_drafts (
    corporation_id uuid NOT NULL,
    edition integer DEFAULT nextval('public.ip_draft_editions'::regclass) NOT NULL,
    edited_by uuid,
    edited_by_name text NOT NULL,
    edited_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    told jsonb DEFAULT '[]'::jsonb NOT NULL
);

CREATE TABLE public.ip_end_notices (
    corporation_id uuid NOT NULL,
    network cidr NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    told_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    CONSTRAINT ip_end_notices_kind_check CHECK ((kind = ANY (ARRAY['week'::text, 'day'::text, 'kept'::text])))
);

CREATE TABLE public.ip_entries (
    version_id uuid NOT NULL,
    network cidr NOT NULL,
    label text NOT NULL,
    ends_at timestamp with time zone,
    CONSTRAINT ip_entries_network_check CHECK (
CASE family((network)::inet)
    WHEN 4 THEN (masklen((network)::inet) >= 16)
    ELSE (masklen((network)::inet) >= 32)
END)
);

CREATE TABLE public.ip_requests (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    corporation_id uuid NOT NULL,
    account_id uuid NOT NULL,
    address inet NOT NULL,
    purpose text NOT NULL,
    wanted_until timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    decided_at timestamp with time zone,
    decided_by uuid,
    decided_by_name text,
    approved boolean,
    word text DEFAULT ''::text NOT NULL,
    CONSTRAINT ip_requests_check CHECK (((decided_at IS NULL) = (approved IS NULL)))
);

CREATE TABLE public.ip_suspensions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    corporation_id uuid NOT NULL,
    reason text NOT NULL,
    suspended_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    lifted_at timestamp with time zone
);

CREATE TABLE public.ip_tickets (
    corporation_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    used_at timestamp with time zone,
    used_by uuid,
    replaced_at timestamp with time zone
);

CREATE TABLE public.ip_uses (
    corporation_id uuid NOT NULL,
    network cidr NOT NULL,
    last_used_at timestamp with time zone NOT NULL
);

CREATE TABLE public.ip_versions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    corporation_id uuid NOT NULL,
    number integer NOT NULL,
    restricts boolean NOT NULL,
    follows uuid,
    author_id uuid,
    author_name text NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    trial_ends_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    confirmed_by uuid,
    confirmed_by_name text,
    ended_at timestamp with time zone,
    ended_by uuid,
    ended_by_name text,
    ended_because text,
    end_told_at timestamp with time zone,
    CONSTRAINT ip_versions_check CHECK (((trial_ends_at IS NOT NULL) OR (confirmed_at IS NOT NULL))),
    CONSTRAINT ip_versions_check1 CHECK (((ended_at IS NULL) = (ended_because IS NULL))),
    CONSTRAINT ip_versions_ended_because_check CHECK ((ended_because = ANY (ARRAY['stopped'::text, 'objection'::text])))
);

CREATE TABLE public.known_environments (
    account_id uuid NOT NULL,
    network cidr NOT NULL,
    browser text NOT NULL,
    last_seen_at timestamp with time zone NOT NULL
);

CREATE TABLE public.limit_counters (
    key text NOT NULL,
    used integer NOT NULL,
    ends_at timestamp with time zone NOT NULL
);

CREATE TABLE public.mail_deliveries (
    id uuid NOT NULL,
    kind text NOT NULL,
    account_id uuid,
    corporation_id uuid,
    recipient text NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    in_hand boolean DEFAULT false NOT NULL,
    server_answer text,
    sealed_message bytea,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT now(),
    finished_at timestamp with time zone,
    CONSTRAINT mail_deliveries_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'handed-over'::text, 'deferred'::text, 'bounced'::text, 'suppressed'::text])))
);

CREATE TABLE public.objections (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    enrollment_id uuid NOT NULL,
    account_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    delivery_id uuid,
    objected_at timestamp with time zone,
    statement text
);

CREATE TABLE public.people_reviews (
    corporation_id uuid NOT NULL,
    reviewed_at timestamp with time zone,
    reviewed_by uuid,
    reminders boolean DEFAULT true NOT NULL,
    reminded_at timestamp with time zone
);

CREATE TABLE public.probation_acts (
    id bigint NOT NULL,
    enrollment_id uuid NOT NULL,
    actor_id uuid NOT NULL,
    target_id uuid NOT NULL,
    act text NOT NULL,
    before jsonb NOT NULL,
    at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    undone_at timestamp with time zone
);

ALTER TABLE public.probation_acts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.probation_acts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.recoveries (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    mailbox bytea NOT NULL,
    email_key text,
    token_hash bytea,
    code_hash bytea,
    code_tries integer DEFAULT 0 NOT NULL,
    code_first_tried_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    replaced_at timestamp with time zone
);

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    address inet NOT NULL,
    browser text NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    previous_sign_in_at timestamp with time zone,
    previous_sign_in_address inet,
    failures_before integer NOT NULL,
    password_confirmed_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    emergency_until timestamp with time zone
);

CREATE TABLE public.tickets (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    purpose text NOT NULL,
    account_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    replaced_at timestamp with time zone
);

CREATE TABLE public.transfer_accounts (
    corporation_id uuid NOT NULL,
    digest bytea NOT NULL,
    last_digits text NOT NULL,
    created_at timestamp with time zone DEFAULT public.genkan_now() NOT NULL
);

CREATE VIEW public.usable_administrators AS
 SELECT accounts.id,
    accounts.corporation_id
   FROM public.accounts
  WHERE ((accounts.role = 'administrator'::text) AND (accounts.state = 'active'::text) AND ((accounts.held_until IS NULL) OR (accounts.held_until <= public.genkan_now())));

CREATE TABLE public.waiting_times (
    key text NOT NULL,
    failures integer NOT NULL,
    last_failed_at timestamp with time zone NOT NULL,
    waits_until timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.genkan_migrations ALTER COLUMN id SET DEFAULT nextval('public.genkan_migrations_id_seq'::regclass);

ALTER TABLE ONLY public.account_search_keys
    ADD CONSTRAINT account_search_keys_pkey PRIMARY KEY (account_id, key);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_login_id_key_key UNIQUE (login_id_key);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.corporations
    ADD CONSTRAINT corporations_corporate_number_key UNIQUE (corporate_number);

ALTER TABLE ONLY public.corporations
    ADD CONSTRAINT corporations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.demo_mails
    ADD CONSTRAINT demo_mails_message_id_key UNIQUE (message_id);

ALTER TABLE ONLY public.demo_mails
    ADD CONSTRAINT demo_mails_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_undo_token_hash_key UNIQUE (undo_token_hash);

ALTER TABLE ONLY public.enrollments
    ADD CONSTRAINT enrollments_case_number_key UNIQUE (case_number);

ALTER TABLE ONLY public.enrollments
    ADD CONSTRAINT enrollments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.flows
    ADD CONSTRAINT flows_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.form_submissions
    ADD CONSTRAINT form_submissions_pkey PRIMARY KEY (id, entries_digest);

ALTER TABLE ONLY public.genkan_migrations
    ADD CONSTRAINT genkan_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.ip_draft_entries
    ADD CONSTRAINT ip_draft_entries_pkey PRIMARY KEY (corporation_id, network);

ALTER TABLE ONLY public.ip_drafts
    ADD CONSTRAINT ip_drafts_pkey PRIMARY KEY (corporation_id);

ALTER TABLE ONLY public.ip_end_notices
    ADD CONSTRAINT ip_end_notices_pkey PRIMARY KEY (corporation_id, network, ends_at, kind);

ALTER TABLE ONLY public.ip_entries
    ADD CONSTRAINT ip_entries_pkey PRIMARY KEY (version_id, network);

ALTER TABLE ONLY public.ip_requests
    ADD CONSTRAINT ip_requests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ip_suspensions
    ADD CONSTRAINT ip_suspensions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ip_tickets
    ADD CONSTRAINT ip_tickets_pkey PRIMARY KEY (corporation_id, code_hash);

ALTER TABLE ONLY public.ip_uses
    ADD CONSTRAINT ip_uses_pkey PRIMARY KEY (corporation_id, network);

ALTER TABLE ONLY public.ip_versions
    ADD CONSTRAINT ip_versions_corporation_id_number_key UNIQUE (corporation_id, number);

ALTER TABLE ONLY public.ip_versions
    ADD CONSTRAINT ip_versions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.known_environments
    ADD CONSTRAINT known_environments_pkey PRIMARY KEY (account_id, network, browser);

ALTER TABLE ONLY public.limit_counters
    ADD CONSTRAINT limit_counters_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.mail_deliveries
    ADD CONSTRAINT mail_deliveries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.objections
    ADD CONSTRAINT objections_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.objections
    ADD CONSTRAINT objections_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.people_reviews
    ADD CONSTRAINT people_reviews_pkey PRIMARY KEY (corporation_id);

ALTER TABLE ONLY public.probation_acts
    ADD CONSTRAINT probation_acts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.recoveries
    ADD CONSTRAINT recoveries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.recoveries
    ADD CONSTRAINT recoveries_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.transfer_accounts
    ADD CONSTRAINT transfer_accounts_pkey PRIMARY KEY (corporation_id, digest);

ALTER TABLE ONLY public.waiting_times
    ADD CONSTRAINT waiting_times_pkey PRIMARY KEY (key);

CREATE INDEX account_search_keys_found ON public.account_search_keys USING btree (corporation_id, state, role, key, account_id) INCLUDE (held_until);

CREATE INDEX accounts_administrators ON public.accounts USING btree (corporation_id) WHERE ((role = 'administrator'::text) AND (state = 'active'::text));

CREATE INDEX accounts_by_corporation ON public.accounts USING btree (corporation_id, state);

CREATE INDEX accounts_by_email ON public.accounts USING btree (email_key);

CREATE INDEX accounts_held ON public.accounts USING btree (corporation_id, role, name_kana COLLATE "C", id) WHERE (held_until IS NOT NULL);

CREATE INDEX accounts_listed ON public.accounts USING btree (corporation_id, state, role, name_kana COLLATE "C", id);

CREATE INDEX accounts_to_anonymise ON public.accounts USING btree (deleted_at) WHERE ((state = 'deleted'::text) AND (anonymised_at IS NULL));

CREATE INDEX audit_entries_by_account ON public.audit_entries USING btree (account_id, id DESC);

CREATE INDEX audit_entries_by_corporation ON public.audit_entries USING btree (corporation_id, id);

CREATE INDEX audit_entries_sign_ins ON public.audit_entries USING btree (corporation_id, at) INCLUDE (account_id, address) WHERE ((act = 'sign-in'::text) AND (reason = 'done'::text));

CREATE INDEX audit_entries_sign_ins_by_account ON public.audit_entries USING btree (account_id, at) INCLUDE (address) WHERE ((act = 'sign-in'::text) AND (reason = 'done'::text));

CREATE INDEX devices_by_account ON public.devices USING btree (account_id);

CREATE INDEX email_changes_by_account ON public.email_changes USING btree (account_id, number);

CREATE UNIQUE INDEX email_changes_one_live ON public.email_changes USING btree (account_id) WHERE ((proved_at IS NULL) AND (voided_at IS NULL));

CREATE INDEX enrollments_by_account ON public.enrollments USING btree (account_id);

CREATE UNIQUE INDEX enrollments_one_initial ON public.enrollments USING btree (corporation_id) WHERE ((kind = 'initial'::text) AND (state = 'awaiting-activation'::text));

CREATE UNIQUE INDEX enrollments_one_succession ON public.enrollments USING btree (corporation_id) WHERE ((kind = 'succession'::text) AND (state = ANY (ARRAY['awaiting-activation'::text, 'running'::text, 'objected'::text])));

CREATE INDEX enrollments_queued ON public.enrollments USING btree (corporation_id, created_at) WHERE (state = 'queued'::text);

CREATE INDEX enrollments_successions ON public.enrollments USING btree (corporation_id) WHERE (kind = 'succession'::text);

CREATE INDEX flows_by_browser ON public.flows USING btree (browser_hash, kind, created_at);

CREATE INDEX invitations_by_account ON public.invitations USING btree (account_id);

CREATE INDEX invitations_by_inviter ON public.invitations USING btree (invited_by);

CREATE UNIQUE INDEX invitations_one_live ON public.invitations USING btree (corporation_id, email_key) WHERE ((used_at IS NULL) AND (replaced_at IS NULL) AND (cancelled_at IS NULL));

CREATE INDEX ip_requests_by_account ON public.ip_requests USING btree (account_id);

CREATE INDEX ip_requests_by_corporation ON public.ip_requests USING btree (corporation_id, created_at);

CREATE INDEX ip_suspensions_by_corporation ON public.ip_suspensions USING btree (corporation_id);

CREATE INDEX ip_versions_by_author ON public.ip_versions USING btree (author_id);

CREATE INDEX ip_versions_open ON public.ip_versions USING btree (corporation_id, confirmed_at) WHERE (ended_at IS NULL);

CREATE INDEX mail_deliveries_bounced ON public.mail_deliveries USING btree (corporation_id) WHERE (state = 'bounced'::text);

CREATE INDEX mail_deliveries_by_account ON public.mail_deliveries USING btree (account_id, created_at);

CREATE INDEX mail_deliveries_open ON public.mail_deliveries USING btree (next_attempt_at) WHERE (state = ANY (ARRAY['queued'::text, 'deferred'::text]));

CREATE INDEX objections_by_account ON public.objections USING btree (account_id);

CREATE INDEX objections_by_enrollment ON public.objections USING btree (enrollment_id, account_id);

CREATE INDEX probation_acts_by_enrollment ON public.probation_acts USING btree (enrollment_id, id);

CREATE UNIQUE INDEX recoveries_one_live ON public.recoveries USING btree (mailbox) WHERE ((used_at IS NULL) AND (replaced_at IS NULL));

CREATE INDEX sessions_by_account ON public.sessions USING btree (account_id);

CREATE UNIQUE INDEX tickets_one_live ON public.tickets USING btree (account_id, purpose) WHERE ((used_at IS NULL) AND (replaced_at IS NULL));

CREATE CONSTRAINT TRIGGER accounts_keep_usable_administrator AFTER DELETE OR UPDATE OF state, role, corporation_id ON public.accounts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.state = 'active'::text) AND (old.role = 'administrator'::text))) EXECUTE FUNCTION public.keep_usable_administrator();

CREATE TRIGGER accounts_skip_reserved_login_id BEFORE INSERT ON public.accounts FOR EACH ROW EXECUTE FUNCTION public.skip_reserved_login_id();

CREATE CONSTRAINT TRIGGER accounts_start_with_usable_administrator AFTER INSERT OR UPDATE OF state, corporation_id ON public.accounts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.state = ANY (ARRAY['active'::text, 'suspended'::text]))) EXECUTE FUNCTION public.start_with_usable_administrator();

CREATE TRIGGER accounts_version BEFORE UPDATE OF name, name_kana, department, phone, role, email ON public.accounts FOR EACH ROW WHEN (((((((old.name IS DISTINCT FROM new.name) OR (old.name_kana IS DISTINCT FROM new.name_kana)) OR (old.department IS DISTINCT FROM new.department)) OR (old.phone IS DISTINCT FROM new.phone)) OR (old.role IS DISTINCT FROM new.role)) OR (old.email IS DISTINCT FROM new.email))) EXECUTE FUNCTION public.count_account_version();

CREATE TRIGGER accounts_write_search_keys AFTER INSERT OR UPDATE OF name, name_kana, login_id, email, role, state, held_until, corporation_id ON public.accounts FOR EACH ROW EXECUTE FUNCTION public.write_search_keys();

CREATE TRIGGER audit_entries_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_audit_change();

CREATE TRIGGER ip_entries_unalterable BEFORE UPDATE ON public.ip_entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_ip_entry_change();

CREATE TRIGGER ip_versions_noted AFTER INSERT ON public.ip_versions FOR EACH ROW EXECUTE FUNCTION public.note_ip_version();

ALTER TABLE ONLY public.account_search_keys
    ADD CONSTRAINT account_search_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id);

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.enrollments
    ADD CONSTRAINT enrollments_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.enrollments
    ADD CONSTRAINT enrollments_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.mail_deliveries(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ip_draft_entries
    ADD CONSTRAINT ip_draft_entries_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ip_drafts
    ADD CONSTRAINT ip_drafts_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ip_drafts
    ADD CONSTRAINT ip_drafts_edited_by_fkey FOREIGN KEY (edited_by) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ip_end_notices
    ADD CONSTRAINT ip_end_notices_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id);

ALTER TABLE ONLY public.ip_entries
    ADD CONSTRAINT ip_entries_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.ip_versions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ip_requests
    ADD CONSTRAINT ip_requests_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ip_requests
    ADD CONSTRAINT ip_requests_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id);

ALTER TABLE ONLY public.ip_requests
    ADD CONSTRAINT ip_requests_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ip_suspensions
    ADD CONSTRAINT ip_suspensions_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id);

ALTER TABLE ONLY public.ip_tickets
    ADD CONSTRAINT ip_tickets_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id);

ALTER TABLE ONLY public.ip_tickets
    ADD CONSTRAINT ip_tickets_used_by_fkey FOREIGN KEY (used_by) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ip_uses
    ADD CONSTRAINT ip_uses_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ip_versions
    ADD CONSTRAINT ip_versions_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ip_versions
    ADD CONSTRAINT ip_versions_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ip_versions
    ADD CONSTRAINT ip_versions_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id);

ALTER TABLE ONLY public.ip_versions
    ADD CONSTRAINT ip_versions_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ip_versions
    ADD CONSTRAINT ip_versions_follows_fkey FOREIGN KEY (follows) REFERENCES public.ip_versions(id);

ALTER TABLE ONLY public.known_environments
    ADD CONSTRAINT known_environments_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail_deliveries
    ADD CONSTRAINT mail_deliveries_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.mail_deliveries
    ADD CONSTRAINT mail_deliveries_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id);

ALTER TABLE ONLY public.objections
    ADD CONSTRAINT objections_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.objections
    ADD CONSTRAINT objections_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.mail_deliveries(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.objections
    ADD CONSTRAINT objections_enrollment_id_fkey FOREIGN KEY (enrollment_id) REFERENCES public.enrollments(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.people_reviews
    ADD CONSTRAINT people_reviews_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.people_reviews
    ADD CONSTRAINT people_reviews_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.probation_acts
    ADD CONSTRAINT probation_acts_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.probation_acts
    ADD CONSTRAINT probation_acts_enrollment_id_fkey FOREIGN KEY (enrollment_id) REFERENCES public.enrollments(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.probation_acts
    ADD CONSTRAINT probation_acts_target_id_fkey FOREIGN KEY (target_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.transfer_accounts
    ADD CONSTRAINT transfer_accounts_corporation_id_fkey FOREIGN KEY (corporation_id) REFERENCES public.corporations(id) ON DELETE CASCADE;
