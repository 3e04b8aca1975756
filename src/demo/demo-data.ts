import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Pool } from 'pg';
import { Passwords } from '../auth/passwords/passwords.js';
import { Corporation } from '../corporations/corporation.entity.js';
import { InvoiceDigest } from '../corporations/invoice-digest.js';
import { Invoice } from '../corporations/invoice.entity.js';
import { TransferAccountDigest } from '../corporations/transfer-account-digest.js';
import { TransferAccount } from '../corporations/transfer-account.entity.js';
import { lockNumber } from '../database/advisory-locks.js';
import { databaseNow, sqlBefore } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { inTransaction } from '../database/transaction.js';
import { inUnitOfWork } from '../database/unit-of-work.js';
import { Account } from '../identity/account.entity.js';
import { Operator } from '../identity/operator.entity.js';
import { emailKey, loginIdKey } from '../identity/login-id.js';
import {
  DEMO_PASSWORD,
  demoCompanies,
  type DemoCompany,
  type DemoPerson,
} from './demo-companies.js';
import { DemoFactors } from './demo-factors.js';
import { DemoOperators } from './desk/demo-operators.js';
import { issueDayOf, markOf } from './demo-invoices.js';

/**
 * Everything but what belongs to the installation, and the form that is being sent. The log refuses
 * it while its triggers are on, and a job that runs takes its own row away.
 */
const FORGET_EVERYTHING = `
  do $$
  declare
    logs regclass[] := 'audit_entries'::regclass
      || array(select inhrelid::regclass from pg_inherits where inhparent = 'audit_entries'::regclass);
    log regclass;
  begin
    foreach log in array logs loop
      execute format('alter table %s disable trigger audit_entries_append_only', log);
    end loop;
    execute (
      select 'truncate ' || string_agg(oid::regclass::text, ', ') from pg_class
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
        and not relispartition
        and relname not in ('genkan_migrations', 'secret_keys', 'job_runners', 'form_submissions',
                            'demo_ended_sessions', 'second_factor_minimum'));
    foreach log in array logs loop
      execute format('alter table %s enable trigger audit_entries_append_only', log);
    end loop;
    delete from graphile_worker._private_jobs where locked_at is null;
  end $$`;

/** Longer than `SESSION_ABSOLUTE_HOURS` may be. */
const LONGEST_SESSION_HOURS = 24 * 7;

/** The companies and people of the demo. */
@Injectable()
export class DemoData {
  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly passwords: Passwords,
    private readonly accountDigest: TransferAccountDigest,
    private readonly invoiceDigest: InvoiceDigest,
    private readonly factors: DemoFactors,
    private readonly operators: DemoOperators,
  ) {}

  /** Fills an empty database; one that holds any company gets what former versions did not have. */
  async load(): Promise<void> {
    await inUnitOfWork(() =>
      inTransaction(this.em, async () => {
        await this.#takeTurn();
        if ((await this.em.count(Corporation)) === 0) await this.#add(await this.#hash());
        else await this.#addWhatIsNew();
        if ((await this.em.count(Operator)) === 0) await this.operators.add(await this.#hash());
      }),
    );
  }

  /** Brings back the state of the first start: people, mails, sessions, jobs and log. */
  async reset(): Promise<void> {
    const passwordHash = await this.#hash();
    await inTransaction(this.em, async () => {
      await this.#takeTurn();
      await this.#rememberSessions();
      await sql.raw(FORGET_EVERYTHING).execute(tables(this.em));
      await this.#add(passwordHash);
      await this.operators.add(passwordHash);
    });
  }

  async #rememberSessions(): Promise<void> {
    const longAgo = sqlBefore({ hours: LONGEST_SESSION_HOURS });
    await tables(this.em)
      .deleteFrom('demo_ended_sessions')
      .where('ended_at', '<', longAgo)
      .execute();
    await tables(this.em)
      .insertInto('demo_ended_sessions')
      .columns(['id'])
      .expression((eb) => eb.selectFrom('sessions').select('id'))
      .execute();
  }

  /** Prepared, because each page of the demo asks it. */
  async hasEnded(sessionId: string): Promise<boolean> {
    const text = 'select from demo_ended_sessions where id = $1';
    const found = await this.pool.query({ name: 'ended-by-reset', text, values: [sessionId] });
    return found.rowCount === 1;
  }

  /** Processes that start together load one after the other. */
  async #takeTurn(): Promise<void> {
    await sql`select pg_advisory_xact_lock(${lockNumber('demo-companies')})`.execute(
      tables(this.em),
    );
  }

  #hash(): Promise<string> {
    return this.passwords.hash(DEMO_PASSWORD);
  }

  async #add(passwordHash: string): Promise<void> {
    const activatedAt = await databaseNow(this.em);
    for (const company of demoCompanies) {
      const corporation = this.#addCompany(company);
      this.#addInvoices(corporation, company, activatedAt);
      for (const person of company.people)
        await this.#addPerson(person, { corporation, passwordHash, activatedAt });
    }
  }

  async #addPerson(
    { role, name, nameKana, department, loginId, email, hasFactor }: DemoPerson,
    given: { corporation: Corporation; passwordHash: string; activatedAt: Date },
  ): Promise<void> {
    const account = this.em.create(Account, {
      ...given,
      role,
      name,
      nameKana,
      department,
      loginId,
      email,
      state: 'active',
      loginIdKey: loginIdKey(loginId),
      emailKey: emailKey(email),
      secondFactorSince: hasFactor ? given.activatedAt : null,
    });
    if (!hasFactor) return;
    await this.em.flush();
    await this.factors.add(account);
  }

  #addCompany(company: DemoCompany): Corporation {
    const { corporateNumber, name, nameKana, billingEmail, transferAccountNumber } = company;
    const master = { corporateNumber, name, nameKana, billingEmail };
    const corporation = this.em.create(Corporation, master);
    this.em.create(TransferAccount, {
      corporation,
      digest: this.accountDigest.of(company),
      lastDigits: transferAccountNumber.slice(-3),
    });
    return corporation;
  }

  #addInvoices(corporation: Corporation, { invoices }: DemoCompany, now: Date): void {
    for (const [place, invoice] of invoices.entries()) {
      const [digest] = this.invoiceDigest.all(corporation.corporateNumber, markOf(invoice));
      const issuedOn = issueDayOf(place, now);
      const secretKey = this.invoiceDigest.keyFingerprint;
      this.em.create(Invoice, { corporation, issuedOn, digest: digest!, secretKey });
    }
  }

  async #addWhatIsNew(): Promise<void> {
    const now = await databaseNow(this.em);
    for (const company of demoCompanies) {
      const { corporateNumber } = company;
      const corporation = await this.em.findOne(Corporation, { corporateNumber });
      if (!corporation) continue;
      if ((await this.em.count(Invoice, { corporation })) === 0)
        this.#addInvoices(corporation, company, now);
      await this.#addNewPeople(corporation, company, now);
    }
  }

  /** Those with a second factor, which came later than all others. */
  async #addNewPeople(corporation: Corporation, { people }: DemoCompany, activatedAt: Date) {
    for (const person of people.filter(({ hasFactor }) => hasFactor)) {
      const known = { loginIdKey: loginIdKey(person.loginId) };
      if ((await this.em.count(Account, known)) > 0) continue;
      const passwordHash = await this.#hash();
      await this.#addPerson(person, { corporation, passwordHash, activatedAt });
    }
  }
}
