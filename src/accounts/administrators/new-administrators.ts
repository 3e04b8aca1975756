import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { approvedAdministrators } from '../../corporations/hold-corporation.js';
import { Account } from '../../identity/account.entity.js';
import { MemberMails, type NewAdministrator } from '../../mail/member-mails.js';

interface NewAdministratorDeed extends Pick<NewAdministrator, 'isInvited' | 'time'> {
  by: { id: string; name: string };
}

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
  async tell(id: string, { by, ...deed }: NewAdministratorDeed): Promise<void> {
    const withCompany = { populate: ['corporation'] } as const;
    const account = await this.em.findOneOrFail(Account, id, withCompany);
    const { name: person, loginId, email: personEmail, corporation } = account;
    const whom = { accountId: id, person, loginId, personEmail };
    const news = { ...deed, ...whom, by: by.name, isOwnWord: false, isBillingContact: false };
    const approved = await approvedAdministrators(this.em, corporation.id);
    const others = { id: { $in: approved.filter((other) => other !== id) } };
    for (const { addressee } of await this.em.find(Account, others, withCompany)) {
      const isOwnWord = addressee.accountId === by.id;
      await this.mails.administratorMade(addressee, { ...news, isOwnWord });
    }
    if (!corporation.billingEmail) return;
    const contact = corporation.contactAt(corporation.billingEmail);
    await this.mails.administratorMade(contact, { ...news, isBillingContact: true });
  }
}
