import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import { Account } from '../../identity/account.entity.js';
import { loginIdKey } from '../../identity/login-id.js';
import { demoCompanies } from '../demo-companies.js';

/** The people of the demo as they are now: the tour stops, deletes and renames them. */
@Injectable()
export class Cast {
  constructor(private readonly em: EntityManager) {}

  async companies() {
    const people = demoCompanies.flatMap((company) => company.people);
    const loginIdKeys = people.map(({ loginId }) => loginIdKey(loginId));
    const accounts = await this.em.find(Account, { loginIdKey: { $in: loginIdKeys } });
    const changed = await this.#withOwnPassword(accounts.map(({ id }) => id));
    return demoCompanies.map((company) => ({
      ...company,
      people: company.people.map((person) => {
        const account = accounts.find(({ loginId }) => loginId === person.loginId);
        return {
          ...person,
          isAdministrator: person.role === 'administrator',
          state: account && account.stateNow !== 'active' ? account.shownState : null,
          hasOwnPassword: changed.has(account?.id),
        };
      }),
    }));
  }

  /** They chose one that the demo does not know. */
  async #withOwnPassword(ids: string[]): Promise<Set<string | null | undefined>> {
    const chosen = await this.em.find(
      AuditEntry,
      {
        accountId: { $in: ids },
        act: { $in: ['password-reset', 'password-change'] },
        reason: 'done',
      },
      { fields: ['accountId'] },
    );
    return new Set(chosen.map(({ accountId }) => accountId));
  }
}
