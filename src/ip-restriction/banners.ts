import type { SignedIn } from '../auth/sessions/sessions.js';
import type { Banner } from '../web/banner.js';
import { say } from '../web/sentence.js';
import { timeLeft } from '../web/timeline.js';

const OPEN = ['/ip-restriction', '/help'];
const EDIT = { label: say('設定の編集へ進む'), path: '/ip-restriction/draft' };
const FINISH = { label: say('試行の確定または終了へ進む'), path: '/ip-restriction/trial' };
const REPAIRED = say(
  '緊急用チケットでログインしています。今の場所から通常どおりログインできるようになりましたので、ログアウトして、ログインし直してください。',
);
const LOOK = { label: say('登録内容を確認する'), path: '/ip-restriction' };

/** Of a session that a ticket opened. @param hasTrial a list of the company is on trial */
export function emergencyBanner(
  { now, emergencyUntil: end, isAdmitted }: SignedIn,
  hasTrial: boolean,
): Banner {
  const left = timeLeft(now, end!);
  if (isAdmitted && !hasTrial) return { left, sentence: REPAIRED, next: null, onlyOpen: OPEN };
  const sentence = say(
    '緊急用チケットでログインしています。{end}（日本時間）まで、IPアドレス制限のページだけを開けます。',
    { end: end! },
  );
  return { left, sentence, next: hasTrial ? FINISH : EDIT, onlyOpen: OPEN };
}

/** For administrators, while the desk suspends the restriction. */
export function suspensionBanner(person: SignedIn): Banner | undefined {
  const { now, role, isNewcomer, suspendedUntil: end } = person;
  if (end === null || role !== 'administrator' || isNewcomer) return undefined;
  const sentence = say(
    '担当窓口がIPアドレス制限を一時停止しています。{end}（日本時間）まで、どのIPアドレスからもログインできます。',
    { end },
  );
  return { left: timeLeft(now, end), sentence, next: LOOK };
}
