import { say, type Sentence } from '../../web/sentence.js';
import { secondsUntil } from '../../web/wait.js';
import type { DoorFacts } from './door-facts.js';
import { advise, type PhoneAdvice } from './help.js';
import { waitSaid } from './wait-words.js';

const ASKED = say('パスワードのあとに確認コードが必要です。');
const WRONG = say(
  'スマートフォンの時刻を自動設定にし、アプリの当サイトの項目をご確認ください。リカバリーコードも使えます。',
);

/** Who has a factor takes off another's at once; the others set up their own first. */
const BY_ADMINISTRATOR = {
  staff: [
    say(
      'アプリもリカバリーコードもお手元にないときは、貴社の管理者の方に解除をご依頼ください。2段階認証を設定済みの方なら、「担当者情報変更」のページですぐに解除できます。',
    ),
    say(
      'アプリもリカバリーコードもお手元にないときは、貴社の管理者の方に解除をご依頼ください。その方がご自分の2段階認証を設定すると、「担当者情報変更」のページで解除できます。',
    ),
  ],
  administrator: [
    say(
      'アプリもリカバリーコードもお手元にないときは、貴社のほかの管理者の方に解除をご依頼ください。2段階認証を設定済みの方なら、「担当者情報変更」のページですぐに解除できます。',
    ),
    say(
      'アプリもリカバリーコードもお手元にないときは、貴社のほかの管理者の方に解除をご依頼ください。その方がご自分の2段階認証を設定すると、「担当者情報変更」のページで解除できます。',
    ),
  ],
} as const;
const BY_ONESELF = say(
  'アプリもリカバリーコードもお手元にないときは、ログインのページから解除の手続きをお願いします。',
);
const IN_HAND = say(
  '2段階認証の紛失は、事案（{number}）で承っています。お手続きをやり直していただく必要はありません。担当窓口の2名の判断で、解除を始めます。',
);
const COLLEAGUES_WAIT = say(
  '管理者の登録の事案（{number}）を担当窓口が判断するまで、ほかの管理者の方による解除はできません。アプリもリカバリーコードもお手元にないときは、担当窓口で紛失を承ります。',
);
const OBJECTED = say(
  '前回の解除には異議の申し立てがあったため、次の解除は担当窓口が判断します。アプリもリカバリーコードもお手元にないときは、担当窓口で紛失を承ります。',
);

export function ofFactor(facts: DoorFacts): PhoneAdvice {
  const { factorWaitsUntil, removal, now } = facts;
  if (factorWaitsUntil)
    return {
      ...advise('end-waits', waitSaid('code', secondsUntil(factorWaitsUntil, now))),
      also: WRONG,
    };
  if (removal?.endsAt)
    return advise(
      'wait',
      say('2段階認証の解除の手続き中です。{time}から、メールのURLで設定し直せます。', {
        time: removal.endsAt,
      }),
    );
  const { sentence: also, ...lost } = ofLostFactor(facts);
  return { ...lost, sentence: ofCode(facts), also };
}

/** Most who fail have the app at hand. */
export function ofCode({ wrongCodes }: DoorFacts): Sentence {
  return wrongCodes.count > 0 ? WRONG : ASKED;
}

/** Colleagues are the fastest, then the desk where it alone may begin, then the person's own way. */
function ofLostFactor({ account, colleagues, lossCase, isRemovalAtDesk }: DoorFacts): PhoneAdvice {
  const { areThere, haveFactor, caseAtDesk } = colleagues;
  const [atOnce, onceSetUp] = BY_ADMINISTRATOR[account.role];
  if (account.role === 'staff' || (areThere && !caseAtDesk))
    return advise('ask-administrator', haveFactor ? atOnce : onceSetUp);
  if (lossCase)
    return { ...advise('decide-loss-case', numbered(IN_HAND, lossCase)), caseNumber: lossCase };
  if (areThere) return advise('open-loss-case', numbered(COLLEAGUES_WAIT, caseAtDesk!));
  return isRemovalAtDesk ? advise('open-loss-case', OBJECTED) : advise('lost-factor', BY_ONESELF);
}

function numbered({ text }: Sentence, number: string): Sentence {
  return { text, values: { number } };
}
