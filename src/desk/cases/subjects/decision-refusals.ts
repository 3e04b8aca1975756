import type { Reviewed } from '../../../admin-enrollment/applications/reviews.js';
import type { Appointed } from '../../../admin-enrollment/cases/appointments.js';
import type { DeskRefusal } from '../../../admin-enrollment/cases/desk-decisions.js';
import type { RemovalRefusal } from '../../../auth/lost-factor/removal-beginning.js';
import { SECOND_WORD_REFUSALS } from '../../../identity/second-word-refusals.js';
import { say, type Sentence } from '../../../web/sentence.js';

type RefusalOf<T extends { ok: boolean }> =
  Extract<T, { ok: false }> extends { reason: infer R } ? R : never;

export type DecisionRefusal =
  | RefusalOf<Reviewed>
  | RefusalOf<Appointed>
  | DeskRefusal
  | Exclude<RemovalRefusal, 'second-person-needed'>;

const OVER = say('すでに判断の済んだ事案です。');

/** Nobody decides without what was said meanwhile; the page shows it. */
export const HEARD_MEANWHILE = say(
  'このページを開いたあとに、異議またはご説明が届きました。このページの内容を確かめてから、もう一度押してください。',
);

/** Why a case cannot be decided so, and what can be done instead. */
export const DECISION_REFUSALS: Record<DecisionRefusal, Sentence> = {
  'case-unknown': OVER,
  'case-over': OVER,
  'case-closed': say('完了した事案です。先に対応を再開してください。'),
  'case-queued': say('この法人の別の事案を待っています。先にその事案を判断してください。'),
  'mailbox-unproved': say(
    'お申し込みの方がメールをまだ確認していないため、承認できません。取り消すか、別の方を指名してください。',
  ),
  'newcomer-erased': say(
    '登録された方のアカウントは消去されているため、承認できません。取り消すか、別の方を指名してください。',
  ),
  'login-id-needed': say(
    '登録された方のログインIDが決まっていないため、承認できません。取り消すか、別の方を指名してください。',
  ),
  ...SECOND_WORD_REFUSALS,
  'appointment-other': say(
    '指名されている方のメールアドレスと違います。事案のページでご確認ください。',
  ),
  'appointment-missing': say('確認を待つ方が指名されていません。'),
  'numbers-unmatched': say(
    '承認はできません。却下して、ご請求書の番号で改めてお申し込みいただくようご案内ください。',
  ),
  'corporation-closed': say('ご利用を停止している法人です。先に、法人のご利用を再開してください。'),
  'administrators-exist': say(
    '管理者のいる法人のため、承認はできません。管理者からの招待か、管理者の追加登録（/admin-enrollment）をご案内してから、却下してください。',
  ),
  'no-administrators': say(
    '管理者のいない法人のため、承認はできません。新規登録（/initiate）をご案内してから、却下してください。',
  ),
  'login-id-taken': say(
    'このログインIDは、ほかの方が使っています。却下し、改めてお申し込みいただくようご案内ください。',
  ),
  'account-unknown': say('このアカウントは、もうありません。'),
  'state-changed': say('2段階認証が設定されていないか、解除できる状態ではありません。'),
  'removal-running': say('解除の手続きは、すでに始まっています。'),
};
