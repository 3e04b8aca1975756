import { Injectable } from '@nestjs/common';
import type { FactorPolicy } from '../corporations/factor-policy.js';
import type { Role } from '../identity/role.js';
import type { MailKind } from './mail-kinds.js';
import { maskedEmail } from './masked-email.js';
import { MailQueue, type Addressee, type LinkInMail } from './mail-queue.js';

/** A link to object to the newcomer who did it, and until when that stops the newcomer at once. */
export type RemovalObjection = LinkInMail & { stopsUntil: Date; caseNumber: string };

export interface Deed {
  loginId: string;
  time: Date;
  /** The administrator's name; null when the person did it. */
  by: string | null;
  /** The login ID of a newcomer on probation who did it: names are chosen, and may be somebody else's. */
  newcomerLoginId?: string | undefined;
  /** Where an objection or the desk undid what a newcomer did; `by` is null. */
  caseNumber?: string;
  objection?: RemovalObjection | undefined;
}

/** An act of the desk on somebody's account. */
export interface DeskDeed {
  act: 'freeze' | 'release' | 'end-sessions';
  loginId: string;
  time: Date;
  why: string;
}

/** Somebody who became an administrator by the word of another one. */
export interface NewAdministrator {
  accountId: string;
  person: string;
  loginId: string;
  personEmail: string;
  by: string;
  /** The reader is the one whose word it was. */
  isOwnWord: boolean;
  /** By an invitation; otherwise by a change of the role. */
  isInvited: boolean;
  time: Date;
  isBillingContact: boolean;
}

/** About master data that an import changed. */
export interface MasterDataLetter {
  to: Addressee;
  news: {
    isEmailChanged: boolean;
    isAccountAdded: boolean;
    /** Masked; '' for none. */
    newEmail: string;
    /** The reader's address is no billing contact any more. */
    isFormer: boolean;
  };
}

/** Mails to people about what their administrators or the desk do, each called in the transaction of the act. */
@Injectable()
export class MemberMails {
  constructor(private readonly queue: MailQueue) {}

  /** アカウント削除のお知らせ. */
  deleted(to: Addressee, deed: Deed, deadline: Date) {
    return this.#queue('account-deleted', to, deed, { deadline });
  }

  /** アカウント復元のお知らせ. */
  restored(to: Addressee, deed: Deed, isSuspended: boolean) {
    return this.#queue('account-restored', to, deed, { isSuspended });
  }

  /** アカウント利用停止のお知らせ. */
  suspended(to: Addressee, deed: Deed) {
    return this.#queue('account-suspended', to, deed);
  }

  /** アカウント利用再開のお知らせ. */
  released(to: Addressee, deed: Deed) {
    return this.#queue('account-released', to, deed);
  }

  /** 招待: the links by which the invited people choose login ID and password. */
  invitations(letters: { to: Addressee; link: LinkInMail }[], inviter: string) {
    const linked = letters.map(({ to, link }) => {
      return { to, model: { inviter, ...this.queue.link('invitation', link) } };
    });
    return this.queue.queueAll('invitation', linked);
  }

  /** 権限変更のお知らせ: what the person may do from now on. @param by the administrator's name */
  roleChanged(to: Addressee, role: Role, by: string) {
    return this.queue.queue('role-changed', to, { by, isAdministrator: role === 'administrator' });
  }

  /** 管理者が追加されました: to the administrators, who can suspend at once, and the billing contact. */
  administratorMade(to: Addressee, { accountId, personEmail, ...news }: NewAdministrator) {
    const url = this.queue.url(`accounts/${accountId}`);
    const model = { ...news, personEmail: maskedEmail(personEmail), url };
    return this.queue.queue('administrator-made', to, model);
  }

  /** ご請求先の登録内容の変更のお知らせ: to the billing contact from before; to administrators where there was none. */
  masterDataChanged(letters: MasterDataLetter[], time: Date) {
    const complete = letters.map(({ to, news }) => ({ to, model: { ...news, time } }));
    return this.queue.queueAll('master-data-changed', complete);
  }

  /** ご利用の終了・再開のお知らせ: to the administrators and the billing contact. */
  corporationChanged(letters: Addressee[], deed: { isClosed: boolean; why: string; time: Date }) {
    const complete = letters.map((to) => ({ to, model: deed }));
    return this.queue.queueAll('corporation-closed', complete);
  }

  /** ログイン終了のお知らせ: an administrator ended all sign-ins of the person. */
  sessionsEnded(to: Addressee, deed: { by: string }) {
    return this.queue.queue('sessions-ended', to, deed);
  }

  /** 担当窓口による操作のお知らせ. */
  deskActed(to: Addressee, { act, ...deed }: DeskDeed) {
    const acts = { isFrozen: act === 'freeze', isReleased: act === 'release' };
    return this.queue.queue('desk-acted', to, { ...deed, ...acts });
  }

  /**
   * 2段階認証の設定のお願い: to somebody who is asked for a factor and has none.
   * @param by.isOfCompany the company's administrators decided so; otherwise the operator did
   */
  factorReminder(to: Addressee, deadline: Date, by: { isOfCompany: boolean }) {
    const url = this.queue.url('me/second-factor');
    return this.queue.queue('second-factor-reminder', to, { deadline, url, ...by });
  }

  /** 2段階認証の設定変更のお知らせ: to an administrator, of whom the company asks a factor now. */
  factorPolicyChanged(to: Addressee, policy: FactorPolicy, deed: { by: string; time: Date }) {
    const asks = {
      ofAdministrators: policy === 'administrators',
      ofEverybody: policy === 'everybody',
    };
    const url = this.queue.url('security');
    return this.queue.queue('second-factor-policy', to, { ...deed, ...asks, url });
  }

  /** 棚卸しのお願い: to an administrator, twice a year. */
  reviewReminder(to: Addressee) {
    return this.queue.queue('review-reminder', to, { url: this.queue.url('accounts/handover') });
  }

  #queue(
    mail: MailKind,
    to: Addressee,
    { objection, caseNumber, newcomerLoginId = '', ...deed }: Deed,
    more: object = {},
  ) {
    const opened = objection && this.queue.link('admin-enrollment/objection', objection);
    const objecting = {
      objectionUrl: opened?.url ?? null,
      objectionDeadline: opened?.deadline ?? null,
      stopsUntil: objection?.stopsUntil ?? null,
    };
    const by = { isOfCase: caseNumber !== undefined, newcomerLoginId };
    const about = { caseNumber: caseNumber ?? objection?.caseNumber };
    return this.queue.queue(mail, to, { ...deed, ...by, ...about, ...objecting, ...more });
  }
}
