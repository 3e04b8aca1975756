import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { holdSignedIn } from '../../auth/sessions/hold-signed-in.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import type { PersonDetails } from '../../identity/person-details.js';
import type { Language } from '../../web/texts.js';

const PROFILE = ['name', 'nameKana', 'department', 'phone'] as const;

@Injectable()
export class OwnAccount {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  /** With its company. */
  async of({ accountId }: SignedIn): Promise<Account> {
    const stored = { populate: ['corporation'], refresh: true } as const;
    return this.em.findOneOrFail(Account, accountId, stored);
  }

  /** @returns what is another from now on */
  async changeProfile(person: SignedIn, profile: PersonDetails): Promise<(keyof PersonDetails)[]> {
    let changed: (keyof PersonDetails)[] = [];
    await this.#change('profile-change', person, (account) => {
      changed = PROFILE.filter((field) => account[field] !== profile[field]);
      account.change(profile);
    });
    return changed;
  }

  /** The language of mails, and of the pages in this browser. */
  async changeLanguage(person: SignedIn, language: Language): Promise<void> {
    await this.#change('language-change', person, (account) => {
      account.language = language;
    });
  }

  async #change(
    act: 'profile-change' | 'language-change',
    person: SignedIn,
    change: (account: Account) => void,
  ): Promise<void> {
    await inTransaction(this.em, async () => {
      await holdSignedIn(this.em, person);
      change(await this.em.findOneOrFail(Account, person.accountId));
      await this.audit.record(act, 'done', person);
    });
  }
}
