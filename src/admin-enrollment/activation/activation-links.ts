import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { LinkRefusal, MailedLink } from '../../auth/mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { isClosed } from '../../corporations/hold-corporation.js';
import { Account } from '../../identity/account.entity.js';
import { emailKey } from '../../identity/login-id.js';
import { Enrollment } from '../enrollment.entity.js';
import { ActivationMails, type WaitingNewcomer } from './activation-mails.js';
import { ChosenLoginId } from './chosen-login-id.js';
import { NewcomerFactor } from './newcomer-factor.js';
import type { NewcomerNeeds } from './newcomer-needs.js';

export type ActivationLook =
  | ({ ok: true; link: MailedLink; needs: NewcomerNeeds } & WaitingNewcomer)
  /** `link` is the one that does not work any more: its reader reads the account's mailbox. */
  | { ok: false; reason: LookRefusal; link?: MailedLink | undefined; isOver?: boolean };

/** `not-applied`: somebody else applied. `case-over`, or `isOver`: nothing is left to activate. */
export type LookRefusal =
  LinkRefusal | 'corporation-closed' | 'administrators-exist' | 'not-applied' | 'case-over';

/** The links that prove an applicant's mailbox. */
@Injectable()
export class ActivationLinks {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly mails: ActivationMails,
    private readonly loginIds: ChosenLoginId,
    private readonly factor: NewcomerFactor,
  ) {}

  /** Looks at a link without changing anything. */
  async look(token: string | undefined): Promise<ActivationLook> {
    const looked = await this.links.look('activation', token);
    const waiting = looked.link && (await this.mails.waiting(looked.link.subject));
    if (looked.ok && waiting) {
      const { account } = waiting;
      if (await isClosed(this.em, account.corporation.id))
        return { ok: false, reason: 'corporation-closed', link: looked.link };
      const loginId = await this.loginIds.isNeeded(account);
      const factor = await this.factor.isNeeded(waiting);
      const needs = { loginId, password: !account.passwordHash, factor };
      return { ok: true, link: looked.link, ...waiting, needs };
    }
    const { link } = looked;
    if (link && !waiting && (await this.isClosedFor(link.subject)))
      return { ok: false, reason: 'corporation-closed', link, isOver: true };
    if (link && (await this.mails.hasLost(link.subject)))
      return { ok: false, reason: 'administrators-exist', link };
    if (link && (await this.#isDenied(link))) return { ok: false, reason: 'not-applied', link };
    const isOver = link !== undefined && !waiting;
    if (isOver && (await this.#isCorrected(link))) return { ok: false, reason: 'link-replaced' };
    if (isOver && (await this.mails.isActivated(link.subject)))
      return { ok: false, reason: 'link-used', link };
    return { ok: false, reason: looked.ok ? 'case-over' : looked.reason, link, isOver };
  }

  /** No door takes the numbers of a closed company, so whoever never came to act is led to none. */
  async isClosedFor(accountId: string): Promise<boolean> {
    const registered = { id: accountId, state: 'registered' as const };
    const account = await this.em.findOne(Account, registered);
    return account !== null && isClosed(this.em, account.corporation.id);
  }

  /** Withdrawn, and the same mailbox has the mail of a newer application. */
  async #isCorrected({ subject }: MailedLink): Promise<boolean> {
    const former = await this.em.findOne(Enrollment, subject, { refresh: true });
    if (!former?.applicantEmail) return false;
    const { corporation, startedAt } = former;
    const mailbox = emailKey(former.applicantEmail);
    const newer = await this.em.find(
      Enrollment,
      { corporation, startedAt: { $gt: startedAt } },
      { refresh: true },
    );
    return newer.some((one) => !one.isOver && emailKey(one.applicantEmail ?? '') === mailbox);
  }

  async #isDenied({ subject }: MailedLink): Promise<boolean> {
    return (await this.em.count(Enrollment, { deniedSubject: subject })) > 0;
  }
}
