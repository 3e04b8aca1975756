import { say, type Sentence } from '../../web/sentence.js';

/** The one act that helps: the desk's own, or what the person or the company does. */
export type HelpfulAct = keyof typeof HELP;

/** What to say on the telephone to somebody who is identified, and the one act that helps. */
export interface PhoneAdvice {
  sentence: Sentence;
  act: HelpfulAct;
  /** Said after it. */
  also?: Sentence;
  /** Where mails do not arrive, with why they do not if that is said before the sentence. */
  mail?: { cause: Sentence | null };
  /** Where a case is the act, and has a page at the desk. */
  caseNumber?: string;
  /** Where the registration of an administrator is the act. */
  enrollmentNumber?: string;
}

/** Of whom, and of what, the page with the act is. */
interface HelpedParty {
  account: string;
  corporation: string;
  caseNumber: string;
}

interface Help {
  label: Sentence;
  /** Does the same from a terminal; absent where nobody of the desk acts. */
  command?: string;
  /** Absent where nobody of the desk acts. */
  page?: (party: HelpedParty) => string;
}

const ofAccount =
  (path: string) =>
  ({ account }: HelpedParty) =>
    `/desk/accounts/${account}${path}`;
const ofCorporation =
  (path: string) =>
  ({ corporation }: HelpedParty) =>
    `/desk/corporations/${corporation}${path}`;

const HELP = {
  'end-waits': {
    label: say('待ち時間を終える'),
    command: 'account end-waits',
    page: ofAccount('/acts/end-waits'),
  },
  release: {
    label: say('利用を再開する'),
    command: 'account release',
    page: ofAccount('/acts/release'),
  },
  'send-activation': {
    label: say('登録完了のメールを再送する'),
    page: ofAccount('/acts/send-activation'),
  },
  'send-recovery': {
    label: say('再登録のメールを送る'),
    page: ofAccount('/acts/send-recovery'),
  },
  'ask-address': {
    label: say('伺ったIPアドレスで確かめる'),
    page: ofAccount('#address'),
  },
  'suspend-ip-restriction': {
    label: say('IPアドレス制限を一時停止する'),
    command: 'suspend-ip-restriction',
    page: ofCorporation('/acts/suspend-ip-restriction'),
  },
  'open-corporation': {
    label: say('法人の利用を再開する'),
    command: 'corporation open',
    page: ofCorporation('/acts/open'),
  },
  'decide-case': {
    label: say('事案を確認する'),
    command: 'enrollment show',
    page: (party) =>
      party.caseNumber ? `/desk/cases/${party.caseNumber}` : ofCorporation('#cases')(party),
  },
  'ask-administrator': {
    label: say('管理者の方を確認する'),
    page: ofCorporation('#administrators'),
  },
  'lost-factor': {
    label: say('解除の手続きをご案内する'),
    command: 'account remove-factor',
  },
  'open-loss-case': {
    label: say('2段階認証の紛失を受け付ける'),
    command: 'account remove-factor',
    page: ({ account }) => `/desk/cases/new?account=${account}`,
  },
  'decide-loss-case': {
    label: say('事案を開く'),
    command: 'account remove-factor',
    page: ({ caseNumber }) => `/desk/cases/${caseNumber}`,
  },
  'open-untold-case': {
    label: say('事案を開く'),
    command: 'enrollment show',
    page: ({ caseNumber }) => `/desk/cases/${caseNumber}`,
  },
  register: { label: say('新規登録をご案内する') },
  'apply-again': { label: say('お申し込みのやり直しをご案内する') },
  'add-administrator': { label: say('管理者の追加登録をご案内する') },
  'set-up-factor': { label: say('2段階認証の設定をご案内する') },
  'end-trial': { label: say('試行の終了をご案内する') },
  'wait-for-trial': { label: say('試行の終了をお待ちいただく') },
  'await-mail': { label: say('届いたメールをご案内する') },
  wait: { label: say('少しお待ちいただく') },
} satisfies Record<string, Help>;

export function helpOf(act: HelpfulAct): Help {
  return HELP[act];
}

export function advise(act: HelpfulAct, sentence: Sentence): PhoneAdvice {
  return { act, sentence };
}

/** The same where mails do not arrive. @param cause said before the sentence */
export function adviseOnMail(
  act: HelpfulAct,
  sentence: Sentence,
  cause: Sentence | null = null,
): PhoneAdvice {
  return { act, sentence, mail: { cause } };
}
