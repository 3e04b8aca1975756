import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { approvedAdministrators } from '../../corporations/hold-corporation.js';
import { Account } from '../../identity/account.entity.js';
import { MemberMails, type NewAdministrator } from '../../mail/member-mails.js';

/** Somebody becomes an administrator by the word of another one. */
@Injectable()
export class NewAdministrators {
  constructor(
    private readonly em: EntityManager,
    private readonly mails: MemberMails,
  ) {}

  /**
   * Tells the billing contact and each administrator, in the caller's transaction: also the one
   * whose word it was, because the account may be in wrong hands. Newcomers on probation hear of it as little as of invitations.
   */
  async tell(id: string, deed: Pick<NewAdministrator, 'by' | 'isInvited' | 'time'>): Promise<void> {
    const withCompany = { populate: ['corporation'] } as const;
    const { name: person, corporation } = await this.em.findOneOrFail(Account, id, withCompany);
    const news = { ...deed, person, isBillingContact: false };
    const approved = await approvedAdministrators(this.em, corporation.id);
    const others = { id: { $in: approved.filter((other) => other !== id) } };
    for (const { addressee } of await this.em.find(Account, others, withCompany))
      await this.mails.administratorMade(addressee, news);
    const { id: corporationId, name: corporationName, billingEmail: email } = corporation;
    if (!email) return;
    const contact = { corporationId, corporationName, name: '', email, language: 'ja' as const };
    await this.mails.administratorMade(contact, { ...news, isBillingContact: true });
  }
}
