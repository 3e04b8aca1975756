import type { INestApplicationContext } from '@nestjs/common';
import { EntityManager } from '@mikro-orm/postgresql';
import { emailKey, loginIdKey } from '../identity/login-id.js';
import { Passwords } from '../auth/passwords.js';
import { TransferAccountDigest } from '../corporations/transfer-account-digest.js';
import { sql, sqlOne } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { demoCompanies, type DemoCompany, type DemoPerson } from './demo-companies.js';

/** Arbitrary: processes that start together load one after the other. */
const DEMO_LOCK = 7_305_419;

/** Puts the demo companies into an empty database; one that holds any company is left alone. */
export async function loadDemo(app: INestApplicationContext): Promise<void> {
  const em = app.get(EntityManager);
  await inTransaction(em, async () => {
    await sql(em, 'select pg_advisory_xact_lock($1)', [DEMO_LOCK]);
    const found = await sql(em, 'select from corporations limit 1');
    if (found.length > 0) return;
    for (const company of demoCompanies) {
      const corporationId = await addCompany(app, em, company);
      for (const person of company.people) await addPerson(app, em, corporationId, person);
    }
  });
}

async function addCompany(
  app: INestApplicationContext,
  em: EntityManager,
  company: DemoCompany,
): Promise<string> {
  const { corporateNumber, name, nameKana, billingEmail, transferAccountNumber } = company;
  const added = await sqlOne<{ id: string }>(
    em,
    `insert into corporations (corporate_number, name, name_kana, billing_email)
     values ($1, $2, $3, $4) returning id`,
    [corporateNumber, name, nameKana, billingEmail],
  );
  await sql(
    em,
    'insert into transfer_accounts (corporation_id, digest, last_digits) values ($1, $2, $3)',
    [added!.id, app.get(TransferAccountDigest).of(company), transferAccountNumber.slice(-3)],
  );
  return added!.id;
}

async function addPerson(
  app: INestApplicationContext,
  em: EntityManager,
  corporationId: string,
  person: DemoPerson,
): Promise<void> {
  const { role, loginId, name, nameKana, department, email, password } = person;
  await sql(
    em,
    `insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana, department,
                           email, email_key, password_hash, activated_at)
     values ($1, $2, 'active', $3, $4, $5, $6, $7, $8, $9, $10, genkan_now())`,
    [
      corporationId,
      role,
      loginId,
      loginIdKey(loginId),
      name,
      nameKana,
      department,
      email,
      emailKey(email),
      await app.get(Passwords).hash(password),
    ],
  );
}
