import { suspenderOf } from '../../identity/account-states.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { DoorFacts } from './door-facts.js';

const OBJECTED = say('異議申し立てにより停止しています。');
const BY_TWO_OF_DESK = say('管理者の登録の事案で、担当窓口の判断により停止しています。');

export function stateDetail(facts: DoorFacts): Sentence {
  const { account, now, freeze, isObjected } = facts;
  const { heldUntil, suspendedAt, deletedAt, isStoppedByCase, frozenByDesk } = account;
  const state = account.stateNow as keyof typeof STATES;
  if (state === 'held') return say('{time}まで保留中です。', { time: heldUntil! });
  if (state === 'suspended') {
    const suspender = suspenderOf({ state, isStoppedByCase, frozenByDesk });
    if (!suspender) return isObjected ? OBJECTED : BY_TWO_OF_DESK;
    const time = suspendedAt ?? now;
    if (suspender === 'company') return say('管理者の方が{time}に停止しました。', { time });
    return freeze
      ? say('担当窓口（{operator}）が{time}に停止しました。理由：{why}', { ...freeze, time })
      : say('担当窓口が{time}に停止しました。', { time });
  }
  if (state === 'deleted') return deletedDetail(facts, deletedAt ?? now);
  return STATES[state];
}

const STATES = {
  active: say('ご利用中です。'),
  registered: say('登録の完了を待っています。'),
  held: say('保留中です。'),
  suspended: say('停止しています。'),
  deleted: say('削除されています。'),
};

function deletedDetail({ account, dismissal, colleagues, now }: DoorFacts, time: Date): Sentence {
  if (dismissal && !account.anonymisedAt)
    return say('担当窓口が{time}に、管理者の登録の取り消しにより削除しました。', { time });
  if (account.anonymisedAt) return say('削除され、個人情報は消去されています。');
  const end = account.restorableUntil;
  if (!end || !account.isRestorable(now)) return say('{time}に削除されました。', { time });
  return colleagues.areThere
    ? say('{time}に削除されました。{end}まで、管理者の方が元に戻せます。', { time, end })
    : say('{time}に削除されました。元に戻せる管理者の方がいません。', { time });
}

export function caseDetail({ ownCase, witnessed }: DoorFacts): Sentence {
  if (ownCase) return say('この方の登録の事案は、{number} です。', { number: ownCase.caseNumber });
  if (witnessed.length > 0)
    return say('以前からの管理者として、未決の事案 {number} の当事者です。', {
      number: witnessed.join('、'),
    });
  return say('関係する事案はありません。');
}
