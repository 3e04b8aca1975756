import { BillingContacts } from '../../src/admin-enrollment/cases/billing-contacts.js';
import type { RunningApp } from './app.js';
import { deskCases } from './desk-case.js';
import type { Corporation } from './people.js';
import { activates, applicant, registers } from './registration.js';

let companies = 0;

/** 野田 becomes the first administrator of a company, and no mail reaches its billing contact. */
export async function firstUntold(running: RunningApp, billingEmail?: string) {
  companies += 1;
  const corporation = await running.people.corporationExists({
    corporateNumber: `42${companies}`,
    name: `株式会社もみじ${companies}`,
    ...(billingEmail && { billingEmail }),
  });
  if (billingEmail) running.mailbox.refuses(billingEmail, 550, '5.1.1 User unknown');
  const noda = applicant(`noda-${companies}`, { name: '野田 剛' });
  const person = running.visitor();
  await registers(person, corporation, noda);
  await activates(person, running.mailbox.linkIn(await running.mailbox.mailTo(noda.email)));
  await running.mailbox.everythingIsSent();
  const [found] = await deskCases(running, corporation);
  expect(found).toMatchObject({ kind: 'untold', state: 'new' });
  return { corporation, noda, person, number: found!.number };
}

/** The invoices go elsewhere, as the master data says by now. */
export async function hasContact(
  running: RunningApp,
  { id }: Corporation,
  billingEmail: string,
): Promise<void> {
  await running.pool.query('update corporations set billing_email = $1 where id = $2', [
    billingEmail,
    id,
  ]);
  await running.app.get(BillingContacts).run();
  await running.mailbox.everythingIsSent();
}

/** Of the probation; a clock that moves on would sign the desk out. */
export async function probationIsOver(running: RunningApp, { id }: Corporation): Promise<void> {
  for (const table of ['enrollments', 'accounts'])
    await running.pool.query(
      `update ${table} set probation_ends_at = genkan_now() where corporation_id = $1`,
      [id],
    );
}
