import { Injectable } from '@nestjs/common';
import type { Operator, OperatorRole } from '../identity/operator.entity.js';
import { MailQueue, type LinkInMail, type Recipient } from './mail-queue.js';

/** What became of somebody of the desk. */
export interface OperatorChange {
  person: string;
  loginId: string;
  /** Masked. */
  address: string;
  isNowLead: boolean;
  by: string;
  why: string;
  deed: 'added' | 'reset' | 'ended' | 'factor' | OperatorRole;
  time: Date;
}

/** What a lead changed of everybody's TOP page, and the entries in one line each, before and after. */
export interface TopPageChange {
  by: string;
  isNotices: boolean;
  what: string;
  was: string[];
  is: string[];
  time: Date;
}

type Reader = Pick<Operator, 'name' | 'email'>;

/** Mails to the people of the desk, each queued in the transaction that causes it. */
@Injectable()
export class OperatorMails {
  constructor(private readonly queue: MailQueue) {}

  /** 担当窓口のログインの設定: the link to the choice of a password and the set-up of a factor. */
  setUp(
    { name, email, loginId }: Reader & { loginId: string },
    link: LinkInMail,
    by: string | null,
  ) {
    const model = { ...this.queue.link('desk/set-up', link), loginId, by };
    return this.queue.queue('operator-set-up', recipient({ name, email }), model);
  }

  /** ログインの設定の変更: to its owner, who changed the password or the second factor. */
  signInChanged(to: Reader, facts: { isPassword: boolean; time: Date; address: string }) {
    return this.queue.queue('operator-sign-in-changed', recipient(to), facts);
  }

  /** 確認コードの間違い: to the owner; login ID and password are known to whoever went so far. */
  wrongCodes(to: Reader, facts: { time: Date; address: string }) {
    return this.queue.queue('operator-wrong-codes', recipient(to), facts);
  }

  /** リカバリーコードの使用: to the owner; thieves of a paper use them too. */
  recoveryCodeUsed(
    to: Reader,
    { led, ...facts }: { time: Date; address: string; left: number; led: string | undefined },
  ) {
    const told = { ...facts, isSignIn: led === 'open' };
    return this.queue.queue('operator-recovery-code-used', recipient(to), told);
  }

  /** オペレーターの変更: to the others of the desk. */
  operatorChanged(to: Reader, change: OperatorChange) {
    return this.#changed(recipient(to), change);
  }

  /** The same to the mailbox of the desk. */
  operatorChangedForDesk(change: OperatorChange) {
    return this.#changed({ ...this.queue.desk, name: '' }, change);
  }

  /** TOPページの変更: to the leads of the desk. */
  topPageChanged(to: Reader, change: TopPageChange) {
    return this.queue.queue('top-page-changed', recipient(to), { ...change });
  }

  /** The same to the mailbox of the desk. */
  topPageChangedForDesk(change: TopPageChange) {
    const to = { ...this.queue.desk, name: '' };
    return this.queue.queue('top-page-changed', to, { ...change });
  }

  #changed(to: Recipient, { deed, ...news }: OperatorChange) {
    const is = { isAdded: deed === 'added', isReset: deed === 'reset', isEnd: deed === 'ended' };
    const also = { isFactor: deed === 'factor', isLead: deed === 'lead' };
    return this.queue.queue('operator-changed', to, { ...news, ...is, ...also });
  }
}

/** The desk works in Japanese; its pages speak English too. */
function recipient({ name, email }: Reader) {
  return { name, email, language: 'ja' } as const;
}
