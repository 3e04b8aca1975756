import { notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { AccountActRefusal } from './account-acts.js';
import type { MailRefused } from './account-mails.js';
import type { AccountReport } from './account-reports.js';

export const ACCOUNT_ACT_WORDS = {
  'end-waits': {
    title: say('待ち時間を終える'),
    effect: say('パスワードと確認コードの失敗による待ち時間を、すぐに終えます。'),
    done: notice.success(say('{name} 様の待ち時間を終えました。')),
  },
  release: {
    title: say('利用を再開する'),
    effect: say('以前と同じパスワードでログインできるようになります。メールでお知らせします。'),
    done: notice.success(say('{name} 様の利用を再開しました。メールでお知らせします。')),
  },
  'send-activation': {
    title: say('登録完了のメールを再送する'),
    effect: say('登録されたアドレスに新しいURLをお送りします。前のURLは使えなくなります。'),
    done: notice.success(say('{name} 様に登録完了のメールをお送りしました。')),
  },
  'send-recovery': {
    title: say('再登録のメールを送る'),
    effect: say(
      '登録されたアドレスに再登録のURLをお送りします。お手続きには、法人番号とお振込先口座番号が必要です。',
    ),
    done: notice.success(say('{name} 様に再登録のメールをお送りしました。')),
  },
  'end-sessions': {
    title: say('すべての端末からログアウトさせる'),
    effect: say('ログイン中の端末と記憶した端末を、すべて終えます。メールでお知らせします。'),
    done: notice.success(say('{name} 様をすべての端末からログアウトさせました。')),
  },
  freeze: {
    title: say('利用を停止する'),
    effect: say(
      'すぐにログアウトされ、担当窓口が再開するまでログインできません。メールでお知らせします。',
    ),
    done: notice.success(say('{name} 様の利用を停止しました。メールでお知らせします。')),
  },
};

export type AccountAct = keyof typeof ACCOUNT_ACT_WORDS;

const ACCOUNT_ACTS = Object.keys(ACCOUNT_ACT_WORDS) as AccountAct[];

export const ACT_REFUSALS: Record<AccountActRefusal | MailRefused, Sentence> = {
  'account-unknown': say('このアカウントは、もうありません。'),
  'state-changed': say(
    '現在の状態では、この操作はできません。「戻る」から、利用者の状況を確認してください。',
  ),
  'desk-decides': say('異議申し立てのあったアカウントです。事案の判断が先に必要です。'),
  'last-administrator': say(
    'ログインできる管理者がいなくなります。盗まれたアカウントであれば、下の確認に印を付けると、ただちに停止できます。',
  ),
  'newcomer-alone': say(
    '確認期間中の管理者だけが残ります。盗まれたアカウントであれば、下の確認に印を付けると、ただちに停止できます。',
  ),
  'removal-running': say(
    '2段階認証の解除のお手続きが進んでいます。その結果が出てから、操作してください。',
  ),
  'case-open': say('管理者の登録の事案の当事者です。事案を先に終えてください。'),
  'application-running': say('登録の途中のアカウントです。事案の判断が先に必要です。'),
  'case-at-desk': say('異議申し立てのある事案があります。事案の判断が先に必要です。'),
  'mail-too-soon': say(
    '同じメールを{time}にお送りしているため、続けてはお送りしません。3分たってから、もう一度操作してください。',
  ),
  'mail-limit': say('1時間に5通までお送りできます。時間をおいてから、もう一度操作してください。'),
};

export function isAccountAct(text: string): text is AccountAct {
  return Object.hasOwn(ACCOUNT_ACT_WORDS, text);
}

/** What the desk can do about somebody in this state; each act says by itself what else stands in its way. */
export function possibleActs(report: AccountReport): AccountAct[] {
  const { account, facts, diagnosis, sessions, knownBrowsers } = report;
  const { waitsUntil, factorWaitsUntil, canActivate } = facts;
  const { state, isStoppedByCase, hasProvedMailbox, corporation } = account;
  const advised = diagnosis.advice.act;
  const isPossible: Record<AccountAct, boolean> = {
    'end-waits': waitsUntil !== undefined || factorWaitsUntil !== undefined,
    release: state === 'suspended' && !isStoppedByCase && advised !== 'decide-case',
    // Nobody is there: the person applies again with another address.
    'send-activation': canActivate && advised !== 'apply-again',
    'send-recovery': hasProvedMailbox && corporation.state === 'active',
    'end-sessions': hasProvedMailbox && sessions + knownBrowsers > 0,
    freeze: account.canBeFrozen && state === 'active',
  };
  return ACCOUNT_ACTS.filter((act) => isPossible[act]);
}
