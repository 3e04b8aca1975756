import type { WayIn } from '../../corporations/hold-corporation.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { DoorFacts } from './door-facts.js';
import { advise, type HelpfulAct, type PhoneAdvice } from './help.js';

const OF_CASE = say(
  'アカウントは、管理者の登録の手続きに関連して削除されています。担当窓口で状況を確認します。',
);
const DELETED: Record<WayIn, PhoneAdvice> = {
  invitation: advise(
    'ask-administrator',
    say('アカウントは削除されています。ご利用には、貴社の管理者の方からの新しい招待が必要です。'),
  ),
  desk: advise(
    'decide-case',
    say(
      'アカウントは削除されています。元に戻したり招待したりできる管理者の方がいらっしゃらないため、担当窓口で状況を確認します。',
    ),
  ),
  registration: advise(
    'register',
    say(
      'アカウントは削除されています。貴社には管理者の方がいらっしゃらないため、ご利用には、新規登録をお願いします。',
    ),
  ),
};
/** The next step of somebody whom the desk sent away, as the page behind the right password says it. */
const AFTER_DISMISSAL: Record<WayIn, Sentence> = {
  invitation: say('貴社のご利用が必要な場合は、貴社の管理者の方に招待をご依頼ください。'),
  desk: say('貴社のご利用が必要な場合は、受付番号を添えて担当窓口までご連絡ください。'),
  registration: say(
    '貴社には管理者の方がいらっしゃいません。ご利用が必要な場合は、新規登録をお願いします。',
  ),
};

export function ofDeletion({
  account,
  dismissal,
  colleagues: { wayIn },
  witnessed,
  now,
}: DoorFacts): PhoneAdvice {
  if (dismissal) return ofDismissal(dismissal, wayIn);
  if (witnessed.length > 0) return advise('decide-case', OF_CASE);
  const end = account.restorableUntil;
  if (wayIn !== 'invitation' || !end || !account.isRestorable(now)) return DELETED[wayIn];
  return advise(
    'ask-administrator',
    say(
      'アカウントは削除されています。{end}までは、貴社の管理者の方が元に戻せます。管理者の方にご依頼ください。',
      { end },
    ),
  );
}

function ofDismissal(
  { at: time, number, why }: NonNullable<DoorFacts['dismissal']>,
  wayIn: WayIn,
): PhoneAdvice {
  const decided = { time, number };
  const sentence = why
    ? say('担当窓口が{time}に、管理者の登録（{number}）を取り消しました。理由：{why}', {
        ...decided,
        why,
      })
    : say('担当窓口が{time}に、管理者の登録（{number}）を取り消しました。', decided);
  const act: HelpfulAct = 'decide-case';
  return { act, sentence, also: AFTER_DISMISSAL[wayIn] };
}
