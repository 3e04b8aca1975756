import type { INestApplicationContext } from '@nestjs/common';
import { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { Passwords } from '../auth/passwords/passwords.js';
import { Corporation } from '../corporations/corporation.entity.js';
import { TransferAccountDigest } from '../corporations/transfer-account-digest.js';
import { TransferAccount } from '../corporations/transfer-account.entity.js';
import { lockNumber } from '../database/advisory-locks.js';
import { databaseNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { inTransaction } from '../database/transaction.js';
import { inUnitOfWork } from '../database/unit-of-work.js';
import { Account } from '../identity/account.entity.js';
import { emailKey, loginIdKey } from '../identity/login-id.js';
import { demoCompanies, type DemoCompany, type DemoPerson } from './demo-companies.js';

/** Puts the demo companies into an empty database; one that holds any company is left alone. */
export async function loadDemo(app: INestApplicationContext): Promise<void> {
  const em = app.get(EntityManager);
  await inUnitOfWork(() =>
    inTransaction(em, async () => {
      // Processes that start together load one after the other.
      await sql`select pg_advisory_xact_lock(${lockNumber('demo-companies')})`.execute(tables(em));
      if ((await em.count(Corporation)) > 0) return;
      for (const company of demoCompanies) {
        const corporation = addCompany(app, em, company);
        for (const person of company.people) await addPerson(app, em, corporation, person);
      }
    }),
  );
}

function addCompany(
  app: INestApplicationContext,
  em: EntityManager,
  company: DemoCompany,
): Corporation {
  const { corporateNumber, name, nameKana, billingEmail, transferAccountNumber } = company;
  const corporation = em.create(Corporation, { corporateNumber, name, nameKana, billingEmail });
  em.create(TransferAccount, {
    corporation,
    digest: app.get(TransferAccountDigest).of(company),
    lastDigits: transferAccountNumber.slice(-3),
  });
  return corporation;
}

async function addPerson(
  app: INestApplicationContext,
  em: EntityManager,
  corporation: Corporation,
  { password, ...person }: DemoPerson,
): Promise<void> {
  em.create(Account, {
    ...person,
    corporation,
    state: 'active',
    loginIdKey: loginIdKey(person.loginId),
    emailKey: emailKey(person.email),
    passwordHash: await app.get(Passwords).hash(password),
    activatedAt: await databaseNow(em),
  });
}
