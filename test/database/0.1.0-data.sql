-- Rows of 0.1.0 in every table, with every column filled somewhere, for the test of the upgrade.

set search_path to public;

create function pg_temp.id(short text) returns uuid
language sql immutable as $$select lpad(short, 32, '0')::uuid$$;

insert into genkan_migrations (name)
select unnest(array[
  '001-clock', '002-corporations', '003-accounts', '004-usable-administrator', '005-counters',
  '006-sign-in', '007-enrollments', '008-mail', '009-audit', '010-flows', '011-demo-mails',
  '012-recoveries', '013-rights', '014-succession', '015-members', '016-people',
  '017-people-reviews', '018-own-account', '019-environments', '020-ip-restriction',
  '022-ip-access', '023-ip-ends']);

-- Companies: active, closed, and one that only registers.

insert into corporations
  (id, corporate_number, name, name_kana, search_key, billing_email, state, created_at, updated_at)
values
  (pg_temp.id('c1'), '1001', 'さくら商事株式会社', 'サクラショウジ', 'サクラ商事', 'keiri@sakura.example.jp', 'active', '2026-01-05 09:00+09', '2026-02-05 09:00+09'),
  (pg_temp.id('c2'), '1002', 'もみじ物産株式会社', 'モミジブッサン', 'モミジ物産', null, 'active', '2026-01-05 09:00+09', '2026-01-05 09:00+09'),
  (pg_temp.id('c3'), '1003', 'けやき株式会社', 'ケヤキ', 'ケヤキ', null, 'active', '2026-01-05 09:00+09', '2026-01-05 09:00+09'),
  (pg_temp.id('c4'), '1004', 'かえで株式会社', 'カエデ', 'カエデ', null, 'closed', '2026-01-05 09:00+09', '2026-03-05 09:00+09');

insert into transfer_accounts (corporation_id, digest, last_digits, created_at)
values
  (pg_temp.id('c1'), '\x0a0b', '345', '2026-01-05 09:00+09'),
  (pg_temp.id('c2'), '\x0c0d', '678', '2026-01-05 09:00+09');

-- People: in each state, held back, anonymised, and stopped in a case.

insert into accounts
  (id, corporation_id, role, state, login_id, login_id_key, name, name_kana, department, phone,
   email, email_key, search_key, password_hash, language, created_at, activated_at)
values
  (pg_temp.id('a1'), pg_temp.id('c1'), 'administrator', 'active', 'Sato.H', 'sato.h', '佐藤 花子', 'サトウ ハナコ', '総務部', '03-1234-5678', 'sato@sakura.example.jp', 'sato@sakura.example.jp', 'サトウ', '$argon2id$sato', 'ja', '2026-01-06 09:00+09', '2026-01-06 10:00+09'),
  (pg_temp.id('a2'), pg_temp.id('c1'), 'administrator', 'active', 'suzuki', 'suzuki', '鈴木 次郎', 'スズキ ジロウ', '営業部', '', 'suzuki@sakura.example.jp', 'suzuki@sakura.example.jp', 'スズキ', '$argon2id$suzuki', 'ja', '2026-02-06 09:00+09', '2026-02-06 10:00+09'),
  (pg_temp.id('a3'), pg_temp.id('c1'), 'staff', 'active', 'smith', 'smith', 'Jane Smith', 'ジェーン スミス', '', '', 'smith@sakura.example.jp', 'smith@sakura.example.jp', 'SMITH', '$argon2id$smith', 'en', '2026-02-07 09:00+09', '2026-02-07 10:00+09'),
  (pg_temp.id('a4'), pg_temp.id('c1'), 'staff', 'registered', 'tanaka', 'tanaka', '田中 三郎', 'タナカ サブロウ', '', '', 'tanaka@sakura.example.jp', 'tanaka@sakura.example.jp', 'タナカ', '$argon2id$tanaka', 'ja', '2026-02-08 09:00+09', null),
  (pg_temp.id('a5'), pg_temp.id('c1'), 'staff', 'suspended', 'ito', 'ito', '伊藤 四郎', 'イトウ シロウ', '', '', 'ito@sakura.example.jp', 'ito@sakura.example.jp', 'イトウ', '$argon2id$ito', 'ja', '2026-02-09 09:00+09', '2026-02-09 10:00+09'),
  (pg_temp.id('a6'), pg_temp.id('c1'), 'staff', 'deleted', 'kato', 'kato', '加藤 五郎', 'カトウ ゴロウ', '', '', 'kato@sakura.example.jp', 'kato@sakura.example.jp', 'カトウ', '$argon2id$kato', 'ja', '2026-02-10 09:00+09', '2026-02-10 10:00+09'),
  (pg_temp.id('a7'), pg_temp.id('c1'), 'staff', 'deleted', '', reserved_login_id_key('yamada'), '', '', '', '', '', '', '', '', 'ja', '2026-02-11 09:00+09', '2026-02-11 10:00+09'),
  (pg_temp.id('a8'), pg_temp.id('c1'), 'administrator', 'suspended', 'mori', 'mori', '森 六郎', 'モリ ロクロウ', '', '', 'mori@sakura.example.jp', 'mori@sakura.example.jp', 'モリ', '$argon2id$mori', 'ja', '2026-02-12 09:00+09', '2026-02-12 10:00+09'),
  (pg_temp.id('a9'), pg_temp.id('c2'), 'administrator', 'active', 'kobayashi', 'kobayashi', '小林 七子', 'コバヤシ ナナコ', '', '', 'kobayashi@momiji.example.jp', 'kobayashi@momiji.example.jp', 'コバヤシ', '$argon2id$kobayashi', 'ja', '2026-02-13 09:00+09', '2026-02-13 10:00+09'),
  (pg_temp.id('aa'), pg_temp.id('c2'), 'administrator', 'active', 'abe', 'abe', '阿部 八郎', 'アベ ハチロウ', '', '', 'abe@momiji.example.jp', 'abe@momiji.example.jp', 'アベ', '$argon2id$abe', 'ja', '2026-02-14 09:00+09', '2026-02-14 10:00+09'),
  (pg_temp.id('ab'), pg_temp.id('c3'), 'administrator', 'registered', 'ono', 'ono', '小野 九子', 'オノ キュウコ', '', '', 'ono@keyaki.example.jp', 'ono@keyaki.example.jp', 'オノ', '$argon2id$ono', 'ja', '2026-02-15 09:00+09', null);

update accounts set last_sign_in_at = '2026-03-01 09:00+09', last_sign_in_address = '203.0.113.7',
  failures_since_sign_in = 2, department = '管理部' where id = pg_temp.id('a1');
update accounts set held_until = '2099-01-01 00:00+09' where id = pg_temp.id('a2');
update accounts set suspended_at = '2026-03-02 09:00+09' where id in (pg_temp.id('a5'), pg_temp.id('a8'));
update accounts set in_case = true where id = pg_temp.id('a8');
update accounts set deleted_at = '2026-03-03 09:00+09', deleted_by = pg_temp.id('a1'),
  deleted_from = 'active' where id in (pg_temp.id('a6'), pg_temp.id('a7'));
update accounts set anonymised_at = '2026-06-03 09:00+09' where id = pg_temp.id('a7');

insert into people_reviews (corporation_id, reviewed_at, reviewed_by, reminders, reminded_at)
values (pg_temp.id('c1'), '2026-03-01 09:00+09', pg_temp.id('a1'), false, '2026-02-01 09:00+09');

-- Signing in, counters, forms.

insert into sessions
  (id, secret_hash, account_id, address, browser, created_at, last_seen_at, ends_at,
   previous_sign_in_at, previous_sign_in_address, failures_before, password_confirmed_at,
   emergency_until)
values
  (pg_temp.id('51'), '\x51', pg_temp.id('a1'), '203.0.113.7', 'Firefox', '2026-03-01 09:00+09', '2026-03-01 09:10+09', '2026-03-01 21:00+09', '2026-02-01 09:00+09', '203.0.113.8', 1, '2026-03-01 09:05+09', '2026-03-01 10:00+09'),
  (pg_temp.id('52'), '\x52', pg_temp.id('a3'), '2001:db8::1', 'Safari', '2026-03-01 09:00+09', '2026-03-01 09:10+09', '2026-03-01 21:00+09', null, null, 0, '2026-03-01 09:00+09', null);

insert into devices (id, secret_hash, account_id, created_at, ends_at)
values (pg_temp.id('d1'), '\xd1', pg_temp.id('a1'), '2026-03-01 09:00+09', '2026-06-01 09:00+09');

insert into known_environments (account_id, network, browser, last_seen_at)
values
  (pg_temp.id('a1'), '203.0.113.0/24', '', '2026-03-01 09:00+09'),
  (pg_temp.id('a1'), '203.0.113.0/24', md5('Firefox'), '2026-03-01 09:00+09');

insert into limit_counters (key, used, ends_at)
values ('proof:enrollment:failures', 3, '2026-03-01 10:00+09');

insert into waiting_times (key, failures, last_failed_at, waits_until)
values ('sign-in:sato.h', 6, '2026-03-01 09:00+09', '2026-03-01 09:00:05+09');

insert into flows (id, browser_hash, kind, entries, created_at, ends_at)
values (pg_temp.id('f1'), '\xf1', 'initial', '{"corporateNumber": "1003"}', '2026-03-01 09:00+09', '2026-03-01 10:00+09');

insert into form_submissions (id, entries_digest, location, created_at)
values (pg_temp.id('f2'), '\xf2', '/initiate/done', '2026-03-01 09:00+09');

-- Mails in each state, the demo's mailbox, the log.

insert into mail_deliveries
  (id, kind, account_id, corporation_id, recipient, state, attempts, in_hand, server_answer,
   sealed_message, created_at, next_attempt_at, finished_at)
values
  (pg_temp.id('e01'), 'activation', pg_temp.id('a4'), pg_temp.id('c1'), 'tanaka@sakura.example.jp', 'queued', 0, false, null, '\xe01e', '2026-03-01 09:00+09', '2026-03-01 09:00+09', null),
  (pg_temp.id('e02'), 'objection', pg_temp.id('a1'), pg_temp.id('c1'), 'sato@sakura.example.jp', 'handed-over', 1, false, '250 OK', null, '2026-03-01 09:00+09', null, '2026-03-01 09:01+09'),
  (pg_temp.id('e03'), 'invitation', null, pg_temp.id('c1'), 'new@sakura.example.jp', 'deferred', 2, true, '450 later', '\xe03e', '2026-03-01 09:00+09', '2026-03-01 09:30+09', null),
  (pg_temp.id('e04'), 'recovery', pg_temp.id('a3'), pg_temp.id('c1'), 'smith@sakura.example.jp', 'bounced', 1, false, '550 unknown', null, '2026-03-01 09:00+09', null, '2026-03-01 09:02+09'),
  (pg_temp.id('e05'), 'notice', pg_temp.id('a5'), pg_temp.id('c1'), 'ito@sakura.example.jp', 'suppressed', 0, false, null, null, '2026-03-01 09:00+09', null, '2026-03-01 09:00+09');

insert into demo_mails (message_id, sender, recipient, subject, body_text, body_html, received_at)
values ('<1@genkan>', 'noreply@front.example.jp', 'sato@sakura.example.jp', 'お知らせ', '本文', '<p>本文</p>', '2026-03-01 09:00+09');

insert into audit_entries (at, corporation_id, account_id, act, reason, address, request_id, facts)
values
  ('2026-03-01 09:00+09', pg_temp.id('c1'), pg_temp.id('a1'), 'sign-in', 'done', '203.0.113.7', 'r1', '{"browser": "Firefox"}'),
  ('2026-03-01 09:01+09', pg_temp.id('c1'), pg_temp.id('a1'), 'sign-in', 'wrong-password', '203.0.113.9', 'r2', '{}'),
  ('2026-03-01 09:02+09', null, null, 'recovery-request', 'unknown', null, null, '{}');

-- Links to accounts and mailboxes; the hashes are words, so that a test can read them.

insert into tickets (id, purpose, account_id, token_hash, created_at, ends_at, used_at, replaced_at)
values
  (pg_temp.id('71'), 'activation', pg_temp.id('a4'), 'activation live', '2026-03-01 09:00+09', '2026-03-02 09:00+09', null, null),
  (pg_temp.id('72'), 'activation', pg_temp.id('a4'), 'activation replaced', '2026-02-28 09:00+09', '2026-03-01 09:00+09', null, '2026-03-01 09:00+09'),
  (pg_temp.id('73'), 'activation', pg_temp.id('a1'), 'activation used', '2026-01-06 09:00+09', '2026-01-07 09:00+09', '2026-01-06 10:00+09', null),
  (pg_temp.id('74'), 'sign-in-report', pg_temp.id('a1'), 'report live', '2026-03-01 09:00+09', '2026-03-08 09:00+09', null, null);

insert into recoveries
  (id, mailbox, email_key, token_hash, code_hash, code_tries, code_first_tried_at, created_at,
   ends_at, used_at, replaced_at)
values
  (pg_temp.id('e1'), '\xaa01', 'smith@sakura.example.jp', 'recovery armed', 'code armed', 2, '2026-03-01 09:05+09', '2026-03-01 09:00+09', '2026-03-02 09:00+09', null, null),
  (pg_temp.id('e2'), '\xaa02', null, null, null, 1, '2026-03-01 09:05+09', '2026-03-01 09:00+09', '2026-03-02 09:00+09', null, null),
  (pg_temp.id('e3'), '\xaa01', 'smith@sakura.example.jp', 'recovery used', 'code used', 0, null, '2026-02-01 09:00+09', '2026-02-02 09:00+09', '2026-02-01 09:30+09', null),
  (pg_temp.id('e4'), '\xaa02', null, null, null, 0, null, '2026-02-01 09:00+09', '2026-02-02 09:00+09', null, '2026-03-01 09:00+09');

insert into email_changes
  (id, account_id, requested_by, email, token_hash, created_at, ends_at, voided_at, proved_at,
   former_email, undo_token_hash, undo_ends_at, undo_voided_at, undone_at)
values
  (pg_temp.id('91'), pg_temp.id('a3'), pg_temp.id('a3'), 'jane@sakura.example.jp', 'proof pending', '2026-03-01 09:00+09', '2026-03-02 09:00+09', null, null, null, null, null, null, null),
  (pg_temp.id('92'), pg_temp.id('a3'), pg_temp.id('a1'), 'jan@sakura.example.jp', 'proof voided', '2026-02-28 09:00+09', '2026-03-01 09:00+09', '2026-03-01 09:00+09', null, null, null, null, null, null),
  (pg_temp.id('93'), pg_temp.id('a1'), pg_temp.id('a1'), 'sato@sakura.example.jp', 'proof proved', '2026-03-01 09:00+09', '2026-03-02 09:00+09', null, '2026-03-01 10:00+09', 'hanako@sakura.example.jp', 'undo live', '2026-03-04 10:00+09', null, null),
  (pg_temp.id('94'), pg_temp.id('a1'), pg_temp.id('a1'), 'other@sakura.example.jp', 'proof undone', '2026-02-01 09:00+09', '2026-02-02 09:00+09', null, '2026-02-01 10:00+09', 'hanako@sakura.example.jp', 'undo used', '2026-02-04 10:00+09', null, '2026-02-02 10:00+09'),
  (pg_temp.id('95'), pg_temp.id('a9'), pg_temp.id('aa'), 'k@momiji.example.jp', 'proof objected', '2026-02-20 09:00+09', '2026-02-21 09:00+09', null, '2026-02-20 10:00+09', 'kobayashi@momiji.example.jp', 'undo voided', '2026-02-23 10:00+09', '2026-02-21 10:00+09', null);

insert into invitations
  (id, corporation_id, invited_by, role, name, name_kana, department, phone, email, email_key,
   token_hash, delivery_id, created_at, ends_at, used_at, account_id, replaced_at, cancelled_at)
values
  (pg_temp.id('11'), pg_temp.id('c1'), pg_temp.id('a1'), 'staff', '新田 一', 'ニッタ ハジメ', '総務部', '03-0000-0000', 'new@sakura.example.jp', 'new@sakura.example.jp', 'invitation open', pg_temp.id('e03'), '2026-03-01 09:00+09', '2099-03-08 09:00+09', null, null, null, null),
  (pg_temp.id('12'), pg_temp.id('c1'), pg_temp.id('a1'), 'staff', '', '', '', '', '', '', 'invitation used', null, '2026-02-06 09:00+09', '2026-02-13 09:00+09', '2026-02-07 09:00+09', pg_temp.id('a3'), null, null),
  (pg_temp.id('13'), pg_temp.id('c1'), pg_temp.id('a1'), 'administrator', '西 二', 'ニシ フタ', '', '', 'nishi@sakura.example.jp', 'nishi@sakura.example.jp', 'invitation cancelled', null, '2026-03-01 09:00+09', '2026-03-08 09:00+09', null, null, null, '2026-03-01 11:00+09'),
  (pg_temp.id('14'), pg_temp.id('c1'), pg_temp.id('a1'), 'staff', '新田 一', 'ニッタ ハジメ', '', '', 'new@sakura.example.jp', 'new@sakura.example.jp', 'invitation replaced', null, '2026-02-28 09:00+09', '2026-03-07 09:00+09', null, null, '2026-03-01 09:00+09', null),
  (pg_temp.id('15'), pg_temp.id('c1'), pg_temp.id('a1'), 'staff', '東 三', 'ヒガシ ミツ', '', '', 'higashi@sakura.example.jp', 'higashi@sakura.example.jp', 'invitation expired', null, '2026-02-01 09:00+09', '2026-02-08 09:00+09', null, null, null, null),
  (pg_temp.id('16'), pg_temp.id('c1'), pg_temp.id('a2'), 'staff', '北 四', 'キタ ヨツ', '', '', 'kita@sakura.example.jp', 'kita@sakura.example.jp', 'invitation void', null, '2026-03-01 09:00+09', '2099-03-08 09:00+09', null, null, null, null);

-- Cases in each state and stage, with what witnesses and newcomers did.

insert into enrollments
  (id, case_number, kind, state, corporation_id, account_id, corporate_number, applicant,
   sealed_details, address, created_at, decided_at, started_at, release_at, probation_ends_at,
   activated_at, network, applicant_email, language, newcomer_statement)
values
  (pg_temp.id('01'), 'A-0001', 'succession', 'objected', pg_temp.id('c1'), pg_temp.id('a8'), '1001', '森 六郎', null, '198.51.100.1', '2026-02-12 09:00+09', '2026-02-13 09:00+09', '2026-02-12 09:00+09', '2026-02-12 10:00+09', '2026-02-19 10:00+09', '2026-02-12 10:00+09', '198.51.100.0/24', 'mori@sakura.example.jp', 'ja', '引き継ぎです。'),
  (pg_temp.id('02'), 'A-0002', 'succession', 'queued', pg_temp.id('c1'), null, '1001', '林 十郎', '\x5ea1', '198.51.100.2', '2026-02-14 09:00+09', null, '2026-02-14 09:00+09', null, null, null, null, 'hayashi@sakura.example.jp', 'en', null),
  (pg_temp.id('03'), 'A-0003', 'initial', 'completed', pg_temp.id('c1'), pg_temp.id('a1'), '1001', '佐藤 花子', null, '203.0.113.7', '2026-01-06 09:00+09', '2026-01-06 10:00+09', '2026-01-06 09:00+09', null, null, '2026-01-06 10:00+09', null, 'sato@sakura.example.jp', 'ja', null),
  (pg_temp.id('04'), 'A-0004', 'succession', 'approved', pg_temp.id('c1'), pg_temp.id('a2'), '1001', '鈴木 次郎', null, '203.0.113.7', '2026-02-06 09:00+09', '2026-02-06 12:00+09', '2026-02-06 09:00+09', null, null, '2026-02-06 10:00+09', null, 'suzuki@sakura.example.jp', 'ja', null),
  (pg_temp.id('05'), 'A-0005', 'succession', 'withdrawn', pg_temp.id('c1'), null, '1001', '取 下', null, '198.51.100.3', '2026-02-01 09:00+09', '2026-02-01 10:00+09', '2026-02-01 09:00+09', null, null, null, null, null, 'ja', null),
  (pg_temp.id('06'), 'A-0006', 'succession', 'expired', pg_temp.id('c1'), null, '1001', '期 限', null, '198.51.100.3', '2026-02-02 09:00+09', '2026-02-03 09:00+09', '2026-02-02 09:00+09', null, null, null, null, null, 'ja', null),
  (pg_temp.id('07'), 'A-0007', 'initial', 'refused', null, null, '9999', '断 り', null, '198.51.100.3', '2026-02-03 09:00+09', '2026-02-04 09:00+09', '2026-02-03 09:00+09', null, null, null, null, null, 'ja', null),
  (pg_temp.id('08'), 'A-0008', 'succession', 'running', pg_temp.id('c2'), pg_temp.id('aa'), '1002', '阿部 八郎', null, '198.51.100.4', '2026-02-14 09:00+09', null, '2026-02-14 09:00+09', '2026-02-14 10:00+09', '2099-02-21 10:00+09', '2026-02-14 10:00+09', '198.51.100.0/24', 'abe@momiji.example.jp', 'ja', null),
  (pg_temp.id('09'), 'A-0009', 'initial', 'awaiting-activation', pg_temp.id('c3'), pg_temp.id('ab'), '1003', '小野 九子', null, '198.51.100.5', '2026-02-15 09:00+09', null, '2026-02-15 09:00+09', null, null, null, null, 'ono@keyaki.example.jp', 'ja', null),
  (pg_temp.id('0a'), 'A-0010', 'initial', 'review', null, null, '1009', '審 査', '\x5ea2', '198.51.100.6', '2026-02-16 09:00+09', null, '2026-02-16 09:00+09', null, null, null, null, 'shinsa@example.jp', 'ja', null),
  (pg_temp.id('0b'), 'A-0011', 'succession', 'running', pg_temp.id('c4'), null, '1004', '保 留', null, '198.51.100.7', '2026-02-17 09:00+09', null, '2026-02-17 09:00+09', '2099-02-18 09:00+09', '2099-02-25 09:00+09', '2026-02-17 10:00+09', '198.51.100.0/24', 'horyu@example.jp', 'ja', null);

insert into objections
  (id, enrollment_id, account_id, token_hash, ends_at, delivery_id, objected_at, statement)
values
  (pg_temp.id('0b1'), pg_temp.id('01'), pg_temp.id('a1'), 'objection made', '2026-03-14 09:00+09', pg_temp.id('e02'), '2026-02-13 09:00+09', '知らない方です。'),
  (pg_temp.id('0b2'), pg_temp.id('08'), pg_temp.id('a9'), 'objection open', '2026-03-16 09:00+09', null, null, null);

insert into probation_acts
  (enrollment_id, actor_id, target_id, act, before, at, undone_at)
values
  (pg_temp.id('08'), pg_temp.id('aa'), pg_temp.id('a9'), 'email-change', '{"email": "kobayashi@momiji.example.jp"}', '2026-02-20 10:00+09', null),
  (pg_temp.id('01'), pg_temp.id('a8'), pg_temp.id('a5'), 'suspension', '{"state": "active"}', '2026-02-12 11:00+09', '2026-02-13 09:00+09');

-- IP lists: in force, on trial, ended by a person and by an objection; and what stands beside them.

insert into ip_versions
  (id, corporation_id, number, restricts, follows, author_id, author_name, created_at,
   trial_ends_at, confirmed_at, confirmed_by, confirmed_by_name, ended_at, ended_by, ended_by_name,
   ended_because, end_told_at)
values
  (pg_temp.id('21'), pg_temp.id('c1'), 1, true, null, pg_temp.id('a1'), '佐藤 花子', '2026-02-01 09:00+09', '2026-02-01 10:00+09', '2026-02-01 09:30+09', pg_temp.id('a1'), '佐藤 花子', null, null, null, null, null),
  (pg_temp.id('22'), pg_temp.id('c1'), 2, true, pg_temp.id('21'), pg_temp.id('a8'), '森 六郎', '2026-02-12 11:00+09', '2026-02-12 12:00+09', '2026-02-12 11:30+09', pg_temp.id('a8'), '森 六郎', '2026-02-13 09:00+09', pg_temp.id('a1'), '佐藤 花子', 'objection', '2026-02-13 09:01+09'),
  (pg_temp.id('23'), pg_temp.id('c1'), 3, true, pg_temp.id('21'), pg_temp.id('a1'), '佐藤 花子', '2026-03-01 09:00+09', '2026-03-01 10:00+09', null, null, null, '2026-03-01 09:20+09', pg_temp.id('a1'), '佐藤 花子', 'stopped', '2026-03-01 09:21+09'),
  (pg_temp.id('24'), pg_temp.id('c1'), 4, false, pg_temp.id('21'), pg_temp.id('a1'), '佐藤 花子', '2026-03-02 09:00+09', '2099-03-02 10:00+09', null, null, null, null, null, null, null, null);

insert into ip_entries (version_id, network, label, ends_at)
values
  (pg_temp.id('21'), '203.0.113.0/24', '本社', null),
  (pg_temp.id('21'), '198.51.100.7/32', '出張先', '2026-03-20 00:00+09'),
  (pg_temp.id('21'), '2001:db8::/32', '支社', null);

insert into ip_drafts (corporation_id, edited_by, edited_by_name, edited_at, told)
values (pg_temp.id('c1'), pg_temp.id('a1'), '佐藤 花子', '2026-03-03 09:00+09', '["203.0.113.0/24"]');

insert into ip_draft_entries (corporation_id, network, label, ends_at)
values (pg_temp.id('c1'), '203.0.113.0/24', '本社', '2026-12-31 00:00+09');

insert into ip_uses (corporation_id, network, last_used_at)
values (pg_temp.id('c1'), '203.0.113.0/24', '2026-03-01 09:00+09');

insert into ip_end_notices (corporation_id, network, ends_at, kind, told_at)
values
  (pg_temp.id('c1'), '198.51.100.7/32', '2026-03-20 00:00+09', 'week', '2026-03-13 00:00+09'),
  (pg_temp.id('c1'), '198.51.100.7/32', '2026-03-20 00:00+09', 'day', '2026-03-19 00:00+09'),
  (pg_temp.id('c1'), '198.51.100.7/32', '2026-03-20 00:00+09', 'kept', '2026-03-20 00:00+09');

insert into ip_suspensions
  (id, corporation_id, reason, suspended_by, created_at, ends_at, lifted_at)
values
  (pg_temp.id('31'), pg_temp.id('c1'), '回線の故障', 'desk', '2026-02-20 09:00+09', '2026-02-21 09:00+09', '2026-02-20 12:00+09'),
  (pg_temp.id('32'), pg_temp.id('c1'), '回線の故障', 'desk', '2026-02-22 09:00+09', '2026-02-23 09:00+09', null);

insert into ip_requests
  (id, corporation_id, account_id, address, purpose, wanted_until, created_at, decided_at,
   decided_by, decided_by_name, approved, word)
values
  (pg_temp.id('41'), pg_temp.id('c1'), pg_temp.id('a3'), '192.0.2.1', '在宅勤務', '2026-03-31 00:00+09', '2026-03-01 09:00+09', null, null, null, null, ''),
  (pg_temp.id('42'), pg_temp.id('c1'), pg_temp.id('a3'), '192.0.2.2', '出張', '2026-03-20 00:00+09', '2026-02-27 09:00+09', '2026-02-28 09:00+09', pg_temp.id('a1'), '佐藤 花子', true, '気をつけて'),
  (pg_temp.id('43'), pg_temp.id('c1'), pg_temp.id('a3'), '192.0.2.3', '旅行', '2026-03-20 00:00+09', '2026-02-26 09:00+09', '2026-02-26 10:00+09', pg_temp.id('a1'), '佐藤 花子', false, '');

insert into ip_tickets (corporation_id, code_hash, created_at, used_at, used_by, replaced_at)
values
  (pg_temp.id('c1'), 'ticket open', '2026-03-01 09:00+09', null, null, null),
  (pg_temp.id('c1'), 'ticket used', '2026-02-01 09:00+09', '2026-02-02 09:00+09', pg_temp.id('a1'), null),
  (pg_temp.id('c1'), 'ticket replaced', '2026-02-01 09:00+09', null, null, '2026-03-01 09:00+09');
