import { Reviews } from '../../src/admin-enrollment/applications/reviews.js';
import { Appointments } from '../../src/admin-enrollment/cases/appointments.js';
import { DeskDecisions } from '../../src/admin-enrollment/cases/desk-decisions.js';
import type { RunningApp } from './app.js';
import { BY_NAKAI, BY_TAMURA } from './desk-people.js';
import type { Corporation } from './people.js';
import { activates, applicant, registers, type Applicant } from './registration.js';
import { applies, objects, provesForReview } from './succession.js';

let companies = 0;

/** A company that nobody administers, and whose invoice a thief has. */
export interface Unregistered {
  corporation: Corporation;
  billing: string;
  thief: Applicant;
  honest: Applicant;
}

export function unregistered({ people }: RunningApp): Promise<Unregistered> {
  companies += 1;
  const billing = `keiri-${companies}@sumire.example`;
  return people
    .corporationExists({
      corporateNumber: String(8_400_000 + companies),
      name: `すみれ第${companies}株式会社`,
      billingEmail: billing,
    })
    .then((corporation) => ({
      corporation,
      billing,
      thief: applicant(`sumire-thief-${companies}`, { name: '山田 悪子' }),
      honest: applicant(`sumire-honest-${companies}`, { name: '正直 花子' }),
    }));
}

/** What becomes of such companies. */
export class CompanyStates {
  constructor(private readonly running: RunningApp) {}

  async linkTo(email: string, subject = ''): Promise<string> {
    const { mailbox } = this.running;
    return new URL(mailbox.linkIn(await mailbox.mailTo(email, subject))).pathname;
  }

  async administratorsOf({ id }: Corporation): Promise<string[]> {
    const { rows } = await this.running.pool.query<{ login: string }>(
      `select a.login_id as login from usable_administrators u join accounts a using (id)
       where u.corporation_id = $1 order by 1`,
      [id],
    );
    return rows.map(({ login }) => login);
  }

  async caseOf({ id }: Corporation, state: string): Promise<string> {
    const { rows } = await this.running.pool.query<{ number: string }>(
      `select case_number as number from enrollments where corporation_id = $1 and state = $2`,
      [id, state],
    );
    return rows[0]!.number;
  }

  async thiefComesIn(
    { corporation, thief }: Unregistered,
    enters: typeof registers = registers,
  ): Promise<void> {
    await enters(this.running.visitor(), corporation, thief);
    await activates(this.running.visitor(), await this.linkTo(thief.email));
  }

  /** The billing contact objects. @returns the number of the thief's case */
  async isDisputed(company: Unregistered): Promise<string> {
    await this.thiefComesIn(company);
    await this.#objects(company, '最初の管理者が登録されました');
    return this.caseOf(company.corporation, 'objected');
  }

  /** The billing contact objects before the thief's mailbox is proved. */
  async isStopped(company: Unregistered): Promise<void> {
    const { corporation, thief, billing } = company;
    const { mailbox } = this.running;
    await registers(this.running.visitor(), corporation, thief);
    await mailbox.everythingIsSent();
    const told = mailbox.unread(billing).find(({ text }) => text.includes(thief.name));
    await objects(this.running.visitor(), mailbox.linkIn(told!));
    await activates(this.running.visitor(), await this.linkTo(thief.email));
  }

  /** Two of the desk name somebody. @returns that mailbox */
  async isNamed(company: Unregistered): Promise<string> {
    const number = await this.isDisputed(company);
    const email = `ogawa-${company.thief.loginId}@sumire.example`;
    const desk = this.running.app.get(Appointments);
    await desk.give(number, { name: '小川 恵', nameKana: 'オガワ メグミ', email }, BY_TAMURA);
    await desk.confirm(number, email, BY_NAKAI);
    return email;
  }

  /** Somebody else waits for the desk, which sent the thief away. */
  async isReviewed(company: Unregistered): Promise<void> {
    const number = await this.isDisputed(company);
    const other = applicant(`other-${company.thief.loginId}`);
    const person = this.running.visitor();
    await registers(person, company.corporation, other);
    await provesForReview(this.running, person, other, await this.linkTo(other.email));
    await this.running.app.get(DeskDecisions).dismiss(number, BY_TAMURA);
  }

  /** The same, and the desk lets the other one begin. */
  async isAllowed(company: Unregistered): Promise<void> {
    await this.isReviewed(company);
    const number = await this.caseOf(company.corporation, 'review');
    await this.running.app.get(Reviews).grant(number, BY_TAMURA);
  }

  /** A succession is at the desk, and the desk keeps the administrator from before out. */
  async isFrozen(company: Unregistered): Promise<void> {
    const { corporation, thief } = company;
    await this.running.people.administratorExists({
      corporation,
      loginId: `frozen-${thief.loginId}`,
      name: '佐藤 花子',
    });
    await this.thiefComesIn(company, applies);
    await this.#objects(company, '管理者が追加登録されました');
    await this.freezesAll(corporation);
  }

  async freezesAll({ id }: Corporation): Promise<void> {
    await this.running.pool.query(
      `update accounts set state = 'suspended', frozen_by_desk = true, suspended_at = genkan_now()
       where corporation_id = $1 and state = 'active'`,
      [id],
    );
  }

  async closes({ id }: Corporation): Promise<void> {
    await this.running.pool.query(`update corporations set state = 'closed' where id = $1`, [id]);
  }

  async #objects({ billing }: Unregistered, subject: string): Promise<void> {
    await objects(this.running.visitor(), await this.linkTo(billing, subject));
  }
}
