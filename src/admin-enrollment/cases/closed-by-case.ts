import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MailedLink } from '../../auth/mailed-links/mailed-link.entity.js';
import { ClosedAccounts } from '../../auth/sign-in/closed-accounts.js';
import { wayInto } from '../../corporations/hold-corporation.js';
import { tables } from '../../database/tables.js';
import { Account } from '../../identity/account.entity.js';
import { page, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import { findCase } from '../hold-case.js';
import { EntitledWitnesses } from '../objections/entitled-witnesses.js';

const DISMISSED = say('登録は取り消されています');
const REMOVED = say('新しく登録された管理者が、このアカウントを削除または利用停止しました');
const CLOSED = { status: 403 };

/** Tells people whose account a case closed, after their right password, which case it was. */
@Injectable()
export class ClosedByCase implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly closed: ClosedAccounts,
    private readonly entitled: EntitledWitnesses,
  ) {}

  onModuleInit(): void {
    this.closed.explainBy(
      async (accountId) => (await this.#dismissed(accountId)) ?? this.#removed(accountId),
    );
  }

  /** A newcomer whom the desk sent away. */
  async #dismissed(account: string): Promise<Answer | undefined> {
    const dismissed = tables(this.em).selectFrom('dismissed_accounts').select('id');
    if (!(await dismissed.where('id', '=', account).executeTakeFirst())) return undefined;
    const { caseNumber, decidedAt, corporation } = (await findCase(this.em, { account }))!;
    const wayIn = await wayInto(this.em, corporation!.id);
    const model = { caseNumber, time: decidedAt, wayIn };
    return page('admin-enrollment/closed-newcomer', DISMISSED, model, CLOSED);
  }

  /** A witness whom the newcomer deleted or suspended, and who can still object. */
  async #removed(accountId: string): Promise<Answer | undefined> {
    const account = await this.em.findOneOrFail(Account, accountId, { refresh: true });
    const newcomer = account.state === 'deleted' ? account.deletedBy : account.suspendedBy;
    const enrollment = newcomer && (await findCase(this.em, { account: newcomer }));
    if (!enrollment) return undefined;
    const looked = await this.entitled.ofSignedIn(enrollment.id, accountId);
    if (!looked.ok) return undefined;
    const { witness } = looked;
    const mail = await this.em.findOne(
      MailedLink,
      { purpose: 'objection', subject: witness.id },
      { orderBy: { createdAt: 'desc' } },
    );
    const { applicant, caseNumber, stage, probationEndsAt } = enrollment;
    const stopsUntil = stage === 'probation' ? probationEndsAt : null;
    const deadlines = { sentAt: mail?.createdAt ?? null, endsAt: witness.endsAt, stopsUntil };
    const model = { applicant, caseNumber, hasObjected: witness.hasObjected, ...deadlines };
    return page('admin-enrollment/closed-witness', REMOVED, model, CLOSED);
  }
}
