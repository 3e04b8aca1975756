import type { DecisionOnCase } from '../../../cases/case-entry.entity.js';
import type { CaseKind } from '../../../cases/desk-case.entity.js';
import { notice, type Notice } from '../../../web/notices.js';
import { say, type Sentence } from '../../../web/sentence.js';

/** Whoever applied hears nothing about the numbers, so nothing of why either. */
const IN_THE_LOG = say(
  'この事案と、法人の管理者が見る操作の記録に残ります。お申し込みの方にはお知らせしません。例：ご請求先にお電話で確認しました。',
);

interface DecisionWords {
  title: Sentence;
  effect: Sentence;
  /** The same where somebody objected. */
  effectIfObjected?: Sentence;
  done: Notice;
  /** Where another application of the company comes first. */
  doneInQueue?: Notice;
  /** Who reads the reason, where that is not the usual. */
  whyHint?: Sentence;
  isDanger: boolean;
}

/** Those that a case may ever need; what is possible now is another question (decision-offers.ts). */
const ABOUT_ENROLLMENTS: DecisionOnCase[] = [
  'grant',
  'refuse',
  'uphold',
  'dismiss',
  'give',
  'confirm',
];
const DECISIONS_ABOUT: Partial<Record<CaseKind, DecisionOnCase[]>> = {
  review: ABOUT_ENROLLMENTS,
  succession: ABOUT_ENROLLMENTS,
  untold: ABOUT_ENROLLMENTS,
  'lost-factor': ['remove-factor'],
};

/** What the desk decides; the command that does the same stands in docs/operations.md. */
export const DECISION_WORDS: Record<DecisionOnCase, DecisionWords> = {
  grant: {
    title: say('お申し込みを承認する'),
    effect: say('通常の登録と同じように進みます。お申し込みの方に、登録のご案内をお送りします。'),
    effectIfObjected: say(
      '異議があるため、お申し込みの方がメールアドレスを確認しても、ご利用は停止したままになり、改めて判断が必要です。双方のメールが届く方にお知らせします。',
    ),
    done: notice.success(say('お申し込みを承認し、登録のご案内をお送りしました。')),
    doneInQueue: notice.success(
      say(
        'お申し込みを承認しました。この法人の別の方のお手続きが進んでいるため、登録のご案内は、それが終わりしだいお送りします。順番待ちであることは、メールでお知らせしました。',
      ),
    ),
    whyHint: IN_THE_LOG,
    isDanger: false,
  },
  refuse: {
    title: say('お申し込みを却下する'),
    effect: say('登録は行われません。お申し込みの方に、メールでお知らせします。'),
    effectIfObjected: say('登録は行われません。双方のメールが届く方にお知らせします。'),
    done: notice.success(say('お申し込みを却下しました。')),
    whyHint: IN_THE_LOG,
    isDanger: true,
  },
  uphold: {
    title: say('登録を承認する'),
    effect: say(
      '登録された方は、ほかの管理者と同じ管理者になります。双方のメールが届く方に、理由をお知らせします。異議があるときなどは、2人の判断が必要です。',
    ),
    done: notice.success(say('登録を承認しました。双方のメールが届く方にお知らせします。')),
    isDanger: false,
  },
  dismiss: {
    title: say('登録を取り消す'),
    effect: say(
      '登録された方のアカウントは削除され、その方が削除・停止した利用者は元に戻ります。双方のメールが届く方に、理由をお知らせします。',
    ),
    done: notice.success(say('登録を取り消しました。双方のメールが届く方にお知らせします。')),
    isDanger: true,
  },
  give: {
    title: say('別の方を管理者に指名する'),
    effect: say(
      '別のオペレーターが確認すると、登録された方は停止され、指名した方に登録のご案内をお送りします。その方がメールアドレスを確認すると、管理者が交代します。',
    ),
    done: notice.success(say('{person} 様を指名しました。別のオペレーターの確認を待っています。')),
    whyHint: say(
      'この事案に残り、確認するオペレーターが読みます。お客様にはお知らせしません。例：代表の方からお電話で承りました。',
    ),
    isDanger: true,
  },
  confirm: {
    title: say('2人目として指名を確認する'),
    effect: say(
      '登録された方は停止され、指名された方に登録のご案内をお送りします。指名された方のメールアドレスを、ご自分で確かめて入力してください。',
    ),
    done: notice.success(say('指名を確認し、{person} 様に登録のご案内をお送りしました。')),
    isDanger: true,
  },
  'remove-factor': {
    title: say('2段階認証の解除を始める'),
    effect: say(
      '2人目の判断で始まり、72時間後に2段階認証が解除されます。パスワードも使えなくなるため、ご本人は再登録します。法人の皆さまとご請求先にお知らせします。',
    ),
    done: notice.success(
      say('2段階認証の解除が始まりました。法人の皆さまとご請求先にお知らせします。'),
    ),
    isDanger: true,
  },
};

export const SECOND_PERSON = notice.info(
  say('1人目の判断を記録しました。別のオペレーターが同じ判断をするまで、何も変わりません。'),
);

export function isDecisionAbout(kind: CaseKind, text: string): text is DecisionOnCase {
  return DECISIONS_ABOUT[kind]?.some((decision) => decision === text) ?? false;
}
