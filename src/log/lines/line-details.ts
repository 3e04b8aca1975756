import type { Act } from '../../audit/acts.js';
import { say, type Sentence } from '../../web/sentence.js';
import { translate, type Language } from '../../web/texts.js';
import { POLICY_WORDS } from '../../accounts/security/policy-words.js';
import { changeInWords, entryInWords } from '../../accounts/top/entry-in-words.js';
import type { ContentEntries, ContentKind } from '../../operator-content.js';
import type { FactorPolicy } from '../../corporations/factor-policy.js';
import type { NamedEntry } from './named-entries.js';

const FIELDS: Record<string, Sentence> = {
  name: say('氏名'),
  nameKana: say('フリガナ'),
  department: say('部署'),
  phone: say('電話番号'),
  role: say('権限'),
  corporationName: say('法人名'),
  corporationKana: say('法人名カナ'),
  billingEmail: say('請求先メールアドレス'),
  transferAccount: say('お振込先口座番号'),
};
/** What ended a removal of a factor or a case, or took back the first of two words of the desk. */
export const CAUSE_WORDS: Record<string, Sentence> = {
  'factor-used': say('2段階認証が使われたため'),
  'factor-changed': say('2段階認証が変更または解除されたため'),
  heard: say('異議や説明が寄せられたため'),
  'other-word': say('別の判断が示されたため'),
  'case-closed': say('お申し出への対応が完了したため'),
  approved: say('以前からの管理者が登録を承認したため'),
  withdrawn: say('お申し込みが取り消されたため'),
  expired: say('登録が完了しないまま、お申し込みが終わったため'),
  refused: say('指名された方が管理者になったため'),
  told: say('異議を申し立てられる方にお知らせできたため'),
  'account-deleted': say('利用者が削除されたため'),
  'account-erased': say('利用者の個人情報が消去されたため'),
  'corporation-closed': say('法人のご利用が終了したため'),
  'operator-left': say('判断した方が担当窓口を離れたため'),
  'operator-reset': say('判断した方のログインの設定をやり直したため'),
};
/** Acts of no company: the desk alone reads them. */
const CONTENT: ReadonlySet<Act> = new Set(['notices-change', 'applications-change']);
const IMPORTS: ReadonlySet<Act> = new Set([
  'master-data-import',
  'invoice-import',
  'import-upload',
  'import-report',
  'import-discard',
]);

const ROLE_CHANGES: Record<string, Sentence> = {
  staff: say('権限を管理者に変更'),
  administrator: say('権限を担当者に変更'),
};

/** What else is known of it, and may be known to the company: the closed list of shown facts. */
export function lineDetails(entry: NamedEntry, language: Language): string[] {
  const { act, facts, listNumber } = entry;
  const { caseNumber, why, hours, count, fields, roleBefore, format, reminders } = facts;
  const { file } = facts;
  const { before, policy } = facts as { before?: FactorPolicy; policy?: FactorPolicy };
  const details = [
    fields && changedIn(String(fields), language),
    isGiven(fields, 'role') && ROLE_CHANGES[String(roleBefore)],
    listNumber !== null && say('第{number}版', { number: listNumber }),
    caseNumber && say('受付番号：{caseNumber}', { caseNumber: String(caseNumber) }),
    act === 'page-access' && facts.path && say('ページ：{path}', { path: String(facts.path) }),
    act === 'ip-suspension' && hours && say('{hours}時間', { hours: Number(hours) }),
    CONTENT.has(act) && changeInWords(facts),
    ...(CONTENT.has(act) ? contentDetails(facts, language) : []),
    IMPORTS.has(act) && file && say('ファイル：{file}', { file: String(file) }),
    (act.endsWith('-word-end') || act === 'lost-factor-end') && CAUSE_WORDS[String(facts.cause)],
    act === 'session-end' && say('{count}台', { count: Number(count) }),
    act === 'invitation' && count && say('まとめて{count}名', { count: Number(count) }),
    reminders !== undefined && (reminders ? say('お知らせする') : say('お知らせしない')),
    before && say('変更前：{policy}', { policy: translate(POLICY_WORDS[before], language) }),
    policy && say('変更後：{policy}', { policy: translate(POLICY_WORDS[policy], language) }),
    facts.sharedMailbox &&
      say('メールアドレスを共有している方のうち、どなたの操作かは分かりません'),
    format && String(format).toUpperCase(),
    why && say('理由：{why}', { why: String(why) }),
  ];
  return details.flatMap((detail) => (detail ? translate(detail as Sentence, language) : []));
}

/** What customers saw on the TOP page before, and after. */
function contentDetails({ was, is }: NamedEntry['facts'], language: Language): Sentence[] {
  const told = (label: Sentence, entries: unknown) => {
    const known = JSON.parse(String(entries ?? '[]')) as ContentEntries[ContentKind][];
    return known.map((entry) => ({ ...label, values: { entry: entryInWords(entry, language) } }));
  };
  return [...told(say('変更前：{entry}'), was), ...told(say('変更後：{entry}'), is)];
}

function isGiven(fields: unknown, name: string): boolean {
  return String(fields).split(',').includes(name);
}

function changedIn(fields: string, language: Language): Sentence {
  const names = fields.split(',').map((name) => translate(FIELDS[name] ?? name, language));
  return say('変更した項目：{fields}', { fields: names.join(language === 'ja' ? '、' : ', ') });
}
