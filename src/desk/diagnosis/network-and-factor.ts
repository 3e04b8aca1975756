import { say, type Sentence } from '../../web/sentence.js';
import type { DoorFacts } from './door-facts.js';

export function networkDetail({ attempt, from, list, suspendedUntil }: DoorFacts): Sentence {
  if (!list?.restricts) return say('制限はありません。');
  if (suspendedUntil)
    return say('担当窓口が{time}まで制限を一時停止しています。', { time: suspendedUntil });
  if (!from) return say('制限があります。ご本人の接続元は、まだ分かりません。');
  const { isAdmitted } = attempt.account;
  const deadline = (!isAdmitted && list.isOnTrial && list.trialEndsAt) || null;
  const { address, at: time } = from;
  if (!time) return toldDetail(address, isAdmitted, deadline);
  const seen = { address, time };
  if (isAdmitted) return say('最後の接続元 {address}（{time}）は許可されています。', seen);
  return deadline
    ? say('最後の接続元 {address}（{time}）は、試行中の設定（{deadline}まで）に含まれません。', {
        ...seen,
        deadline,
      })
    : say('最後の接続元 {address}（{time}）は許可されていません。', seen);
}

/** Nobody came from there, as far as the log knows. */
function toldDetail(address: string, isAdmitted: boolean, deadline: Date | null): Sentence {
  if (isAdmitted) return say('伺った接続元 {address} は許可されています。', { address });
  return deadline
    ? say('伺った接続元 {address} は、試行中の設定（{deadline}まで）に含まれません。', {
        address,
        deadline,
      })
    : say('伺った接続元 {address} は許可されていません。', { address });
}

export function factorDetail(facts: DoorFacts): Sentence {
  const { account, factorDueAt, removal, removalEndedAt } = facts;
  const since = account.secondFactorSince;
  if (removal?.endsAt)
    return say('設定済みです。解除の手続き中です（{time}から設定し直せます）。', {
      time: removal.endsAt,
    });
  if (removalEndedAt)
    return say(
      '設定済みです。解除のお手続きは、法人のご利用の終了により{time}に終わりました。必要なときは、始めからやり直しです。',
      { time: removalEndedAt },
    );
  if (since) return codesDetail(since, facts);
  return factorDueAt
    ? say('未設定です（期限 {time}。そのあとのログインでは設定に進みます）。', {
        time: factorDueAt,
      })
    : say('未設定です。求められていません。');
}

function codesDetail(since: Date, { wrongCodes: { count, last } }: DoorFacts): Sentence {
  if (!last) return say('{time}に設定されています。', { time: since });
  return say(
    '{since}に設定済み。確認コードを{count}回間違えています（最後は{time}、{address}）。',
    {
      since,
      count,
      time: last.at,
      address: last.address,
    },
  );
}
