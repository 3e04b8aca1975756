import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import { ACCOUNT_STATES } from '../../identity/account-states.js';
import { Account } from '../../identity/account.entity.js';
import { DemoFactors } from '../demo-factors.js';
import { demoCompanies, type DemoCompany, type DemoPerson } from '../demo-companies.js';

/** Of a company; the tour makes few. */
const MOST_SHOWN = 30;

type WayIn = 'button' | 'login-page' | null;

/** The people of the demo as they are now: the tour registers, stops, deletes and renames them. */
@Injectable()
export class Cast {
  constructor(
    private readonly em: EntityManager,
    private readonly factors: DemoFactors,
  ) {}

  async companies() {
    const companies = [];
    for (const company of demoCompanies)
      companies.push({ ...company, people: await this.#peopleOf(company) });
    return companies;
  }

  async #peopleOf({ corporateNumber, people }: DemoCompany) {
    const accounts = await this.em.find(
      Account,
      { corporation: { corporateNumber }, anonymisedAt: null },
      { orderBy: { createdAt: 'asc', loginIdKey: 'asc' }, limit: MOST_SHOWN },
    );
    const known = people.map(({ loginId }) => loginId);
    const others = accounts.filter(({ loginId }) => !known.includes(loginId));
    const changed = await this.#withOwnPassword(accounts.map(({ id }) => id));
    const codes = await this.factors.codesOf(accounts.map(({ id }) => id));
    const acting = accounts.filter(({ isActingAdministrator }) => isActingAdministrator);
    return [
      ...people.map((person) => ({
        person,
        account: accounts.find(({ loginId }) => loginId === person.loginId),
      })),
      ...others.map((account) => ({ person: undefined, account })),
    ].map(({ person, account }) => ({
      ...shown(person, account),
      isOnlyAdministrator: acting.length === 1 && acting[0] === account,
      code: (account && codes.get(account.id)) ?? null,
      way: wayIn(account, person === undefined || changed.has(account?.id)),
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

function shown(person: DemoPerson | undefined, account: Account | undefined) {
  const { name = '', department = '', role = 'staff' } = account ?? person ?? {};
  return {
    name,
    department,
    loginId: person?.loginId ?? account?.shownLoginId ?? '',
    part: person?.part ?? null,
    isAdministrator: role === 'administrator',
    state: account?.stateNow === 'active' ? null : (account?.shownState ?? ACCOUNT_STATES.deleted),
  };
}

function wayIn(account: Account | undefined, hasOwnPassword: boolean): WayIn {
  if (!account || account.state === 'deleted') return null;
  return hasOwnPassword ? 'login-page' : 'button';
}
