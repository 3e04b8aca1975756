import { Injectable } from '@nestjs/common';
import { say, type Sentence } from '../web/sentence.js';
import { MailQueue, type Addressee, type LinkInMail } from './mail-queue.js';
import { maskedEmail } from './masked-email.js';

interface ChangedEmail {
  email: string;
  time: Date;
  /** Null where an administrator asked: the old mailbox may be a stranger's, whom it is taken from. */
  address: string | null;
}

/** Mails to people about their own accounts. One method a mail, called in its transaction. */
@Injectable()
export class OwnAccountMails {
  constructor(private readonly queue: MailQueue) {}

  /** メールアドレス変更, to the new address: the link that proves it. */
  emailChangeProof(to: Addressee, requestedBy: string | undefined, link: LinkInMail) {
    const model = { requestedBy, ...this.queue.link('email-change', link) };
    const asked = { ...to, askedFrom: to.corporationId };
    return this.queue.queue('email-change-proof', asked, model, link);
  }

  /** メールアドレス変更, to the old address: that it was asked for, and by whom. */
  emailChangeRequested(
    to: Addressee,
    requestedBy: string | undefined,
    { email, ...change }: ChangedEmail,
  ) {
    const model = { requestedBy, newEmail: maskedEmail(email), ...change };
    return this.queue.queue('email-change-requested', to, model);
  }

  /** メールアドレス変更, to the old address: it was changed, and for 72 hours it can be undone. */
  emailChanged(to: Addressee, { email, ...change }: ChangedEmail, undo: LinkInMail) {
    const opened = this.queue.link('email-change/undo', undo);
    const model = { newEmail: maskedEmail(email), ...change, ...opened };
    return this.queue.queue('email-changed', to, model);
  }

  /** To the old address, which is the account's again. */
  emailChangeUndone(to: Addressee, facts: { time: Date; address: string }) {
    return this.queue.queue('email-change-undone', to, facts);
  }

  /** パスワード変更のお知らせ: time and address of the change. */
  passwordChanged(to: Addressee, facts: { time: Date; address: string }) {
    return this.queue.queue('password-changed', to, facts);
  }

  /**
   * 2段階認証: it is asked for from now on.
   * @param more.link for the first one: the reader did not set it up
   * @param more.isNewcomer nothing was open yet that could end
   */
  secondFactorSetUp(
    to: Addressee,
    facts: { time: Date; address: string },
    { isNewcomer = false, link }: { isNewcomer?: boolean; link?: LinkInMail } = {},
  ) {
    const opened = link && this.queue.link('second-factor-report', link);
    return this.queue.queue('second-factor-set-up', to, {
      ...facts,
      isNewcomer,
      url: null,
      ...opened,
    });
  }

  /** 2段階認証: factors and password are gone, and a recovery leads on. */
  secondFactorCleared(to: Addressee, isReported: boolean) {
    return this.queue.queue('second-factor-cleared', to, { isReported });
  }

  /** 2段階認証: the password alone is asked for again. */
  secondFactorRemoved(to: Addressee, facts: { time: Date; address: string; dueAt: Date | null }) {
    return this.queue.queue('second-factor-removed', to, facts);
  }

  /** 2段階認証: another app in the place of the one before. */
  secondFactorExchanged(to: Addressee, facts: { time: Date; address: string }) {
    return this.queue.queue('second-factor-exchanged', to, facts);
  }

  /** 2段階認証: one more way to answer the question. */
  passkeyAdded(to: Addressee, facts: { passkey: string; time: Date; address: string }) {
    return this.queue.queue('passkey-added', to, facts);
  }

  passkeyRemoved(to: Addressee, facts: { passkey: string; time: Date; address: string }) {
    return this.queue.queue('passkey-removed', to, facts);
  }

  /** 2段階認証: its counter was behind, which happens to copies. */
  passkeyCopied(to: Addressee, facts: { passkey: string; time: Date; address: string }) {
    return this.queue.queue('passkey-copied', to, facts);
  }

  /** 2段階認証: the codes on the former paper count no more. */
  recoveryCodesRenewed(to: Addressee, facts: { time: Date; address: string }) {
    return this.queue.queue('recovery-codes-renewed', to, facts);
  }

  /**
   * 2段階認証: a code of the paper was used, which thieves of a paper do too.
   * @param facts.led behind the last one of a sign-in, an open session exchanges the app
   */
  recoveryCodeUsed(
    to: Addressee,
    { led, ...facts }: { time: Date; address: string; left: number; led: string | undefined },
  ) {
    const is = { isRefused: led === 'refused', isSignIn: led === 'open' };
    const told = { ...facts, ...is, isRecovery: led === 'recovery', usedFor: usedFor(led) };
    return this.queue.queue('recovery-code-used', to, told);
  }

  /** 2段階認証: somebody has all that is asked before it, and tries. */
  wrongCodes(to: Addressee, facts: { time: Date; address: string }) {
    return this.queue.queue('wrong-codes', to, facts);
  }

  /** 2段階認証: somebody gave the right password from a new network, and nothing more. */
  halfSignIn(to: Addressee, facts: { time: Date; address: string; browser: Sentence }) {
    return this.queue.queue('half-sign-in', to, facts);
  }

  /** 新しい環境からのログイン: browser, address, and the link to report the sign-in. */
  newEnvironment(
    to: Addressee,
    facts: { isFirst: boolean; time: Date; address: string; browser: Sentence },
    link: LinkInMail,
  ) {
    const opened = this.queue.link('sign-in-report', link);
    return this.queue.queue('new-environment', to, { ...facts, ...opened });
  }
}

/** The act in which a factor was given. */
function usedFor(led: string | undefined): Sentence {
  if (led === undefined) return say('ログイン中の本人確認');
  return led === 'recovery' ? say('パスワード再登録') : say('ログイン');
}
