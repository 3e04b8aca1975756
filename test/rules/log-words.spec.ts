import type { Act } from '../../src/audit/acts.js';
import { reasons, type Reason } from '../../src/audit/reasons.js';
import { ACT_WORDS } from '../../src/audit/words/act-words.js';
import { REASON_WORDS } from '../../src/audit/words/reason-words.js';
import { logLine } from '../../src/log/lines/log-line.js';
import type { NamedEntry } from '../../src/log/lines/named-entries.js';
import { COMPANY_TOPICS } from '../../src/log/log-filter.js';
import { languages } from '../../src/web/texts.js';

const entry: NamedEntry = {
  id: '1',
  at: '2026-11-23T00:00:00.000000Z',
  corporationId: null,
  accountId: null,
  act: 'sign-in',
  reason: 'done',
  address: null,
  requestId: null,
  facts: {},
  actorName: null,
  actorLoginId: null,
  subjectName: null,
  listNumber: null,
};

// That every act has words is seen by the types.
const acts = Object.keys(ACT_WORDS) as Act[];

it('has words for every reason, and for no other', () => {
  expect(Object.keys(REASON_WORDS).sort()).toEqual([...reasons].sort());
});

it('tells a try in other words than what was done', () => {
  const same = acts.filter((act) => ACT_WORDS[act].done.text === ACT_WORDS[act].tried.text);
  expect(same).toEqual(['proof-alarm']);
});

it.each(languages)('leaves no code and no gap in a line (%s)', (language) => {
  for (const act of acts)
    for (const reason of reasons) {
      const line = logLine({ ...entry, act, reason }, language);
      const said = [line.who, line.what, line.result, line.why, ...line.details].join('|');
      expect(said).not.toMatch(/[{}]|undefined|null/);
      expect(said).not.toContain(act.includes('-') ? act : '\0');
      expect(line.what).not.toBe('');
    }
});

it('has a sentence for what only a newer version knows', () => {
  const row = { ...entry, act: 'time-travel' as Act, reason: 'paradox' as Reason };
  const { what, why } = logLine(row, 'ja');
  expect(what).toBe('新しいバージョンで加わった操作をしようとしました');
  expect(why).toBe('新しいバージョンで加わった理由です');
  expect(logLine({ ...row, reason: 'done' }, 'ja').what).toContain('新しいバージョン');
});

it.each<[Partial<NamedEntry>, string]>([
  [{ act: 'passkey-removal' }, 'パスキーを削除しました'],
  [{ act: 'passkey-addition', reason: 'passkeys-full' }, 'パスキーを追加しようとしました'],
  [{ act: 'second-factor-removal', facts: { factor: 'passkey' } }, 'パスキーを削除しました'],
  [{ act: 'second-factor-setup', facts: { factor: 'passkey' } }, 'パスキーを追加しました'],
  [{ act: 'second-factor-removal', facts: { factor: 'totp' } }, '2段階認証の設定を解除しました'],
])('calls a passkey one, and the whole factor so: %o', (given, what) => {
  expect(logLine({ ...entry, ...given }, 'ja').what).toBe(what);
});

it.each<[string, Partial<NamedEntry>, string]>([
  ['the desk', { facts: { operator: '田村' }, actorName: null }, '担当窓口'],
  ['the desk, before its rows named it', { act: 'ip-suspension' }, '担当窓口'],
  ['the desk, whose suspension ends', { act: 'ip-resumption' }, '担当窓口'],
  ['a person', { actorName: '佐藤 花子' }, '佐藤 花子 様'],
  ['somebody anonymised', { actorName: '' }, '（個人情報を消去した利用者）'],
  ['an applicant', { address: '192.0.2.1' }, 'お手続き中の方'],
  ['somebody whose registration ended', { accountId: 'x' }, 'お手続き中の方'],
  ['nobody', {}, '自動処理'],
])('names %s', (_, given, who) => {
  expect(logLine({ ...entry, ...given }, 'ja').who).toBe(who);
});

it('shows of the facts a closed list only', () => {
  const facts = {
    operator: '田村',
    corporation: 'secret',
    corporateNumber: '12***',
    run: 'secret',
  };
  expect(JSON.stringify(logLine({ ...entry, facts }, 'ja'))).not.toMatch(/田村|secret|12/);
});

it('speaks in the same words of mailboxes and login IDs whatever others did with them', () => {
  const alike = [
    ['mail-limit', 'mailbox-limit', 'network-mail-limit', 'company-limit'],
    ['login-id-taken', 'login-id-is-password'],
    ['numbers-unmatched', 'invoice-unmatched', 'invoices-missing'],
  ] as const;
  for (const group of alike)
    expect(new Set(group.map((reason) => REASON_WORDS[reason].text)).size).toBe(1);
});

it('offers a company every kind of act but those of no company', () => {
  const offered = acts.filter((act) =>
    COMPANY_TOPICS.some((topic) => topic === ACT_WORDS[act].topic),
  );
  expect(acts.length - offered.length).toBe(23);
});

it.each<[string, Partial<NamedEntry>, string]>([
  [
    'a half sign-in',
    { reason: 'second-factor-needed' },
    'パスワードを確認し、確認コードをお願いしました / 途中 / ',
  ],
  ['a sign-in with the app', { facts: { factor: 'totp' } }, 'ログインしました / 完了 / '],
  [
    'a sign-in with a recovery code',
    { facts: { factor: 'recovery-code' } },
    'リカバリーコードでログインしました / 完了 / ',
  ],
  [
    'a password before something that matters',
    { act: 'password-confirmation', facts: { by: 'password' } },
    'パスワードを入力して、本人確認をしました / 完了 / ',
  ],
  [
    'a code before something that matters',
    { act: 'password-confirmation', facts: { by: 'totp' } },
    '確認コードを入力して、本人確認をしました / 完了 / ',
  ],
  [
    'the same of a row that does not say which',
    { act: 'password-confirmation', facts: { by: 'factor' } },
    '重要な操作の前に、本人確認をしました / 完了 / ',
  ],
  [
    'a recovery that the factor is missing for',
    { act: 'password-reset', reason: 'second-factor-needed' },
    'パスワードを再登録しようとしました / できませんでした / 2段階認証が必要でした',
  ],
  [
    'a policy',
    { act: 'second-factor-policy', facts: { before: 'nobody', policy: 'administrators' } },
    '2段階認証を求める方の設定を変更しました（変更前：どなたにも求めない、変更後：管理者に求める） / 完了 / ',
  ],
])('tells of %s', (_, given, said) => {
  const { what, details, result, why } = logLine({ ...entry, ...given }, 'ja');
  const inBrackets = details.length > 0 ? `（${details.join('、')}）` : '';
  expect(`${what}${inBrackets} / ${result} / ${why}`).toBe(said);
});
