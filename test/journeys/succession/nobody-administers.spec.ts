import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { grant, TAMURA } from '../../support/desk-people.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import { applies, objects, provesForReview } from '../../support/succession.js';

const HOUR = 3_600_000;
let running: RunningApp;
afterEach(() => running.stop());

const mailOf = async (email: string) => running.mailbox.linkIn(await running.mailbox.mailTo(email));

describe('a successor of a newcomer whom the desk sent away', () => {
  it.each([
    ['before the objection', false],
    ['while the case is at the desk', true],
  ])(
    'acts at once, or by the word of the desk, where the mailbox was to be proved %s',
    async (_, isReviewed) => {
      running = await startApp({ enrollmentHold: 24 * HOUR });
      const billing = 'keiri@nire.example';
      const corporation = await running.people.corporationExists({
        corporateNumber: '6800001',
        name: 'にれ株式会社',
        billingEmail: billing,
      });
      const [thief, honest] = [applicant('nire-thief'), applicant('nire-honest')];
      await registers(running.visitor(), corporation, thief);
      await activates(running.visitor(), await mailOf(thief.email));
      const objection = await mailOf(billing);
      const person = running.visitor();
      await applies(person, corporation, honest);
      const link = await mailOf(honest.email);
      await objects(running.visitor(), objection);
      const review = isReviewed && (await provesForReview(running, person, honest, link));
      const { rows } = await running.pool.query<{ number: string }>(
        `select case_number as number from enrollments where kind = 'initial'`,
      );
      const operator = new Operator(running);
      const words = ['enrollment', 'dismiss', rows[0]!.number, ...TAMURA];
      const dismissed = await operator.typesWith({ ENROLLMENT_HOLD_HOURS: '24' }, ...words);
      expect(dismissed).toMatchObject({ exitCode: 0, err: '' });
      if (review) await grant(operator, review);
      const now = isReviewed ? await running.mailbox.mailTo(honest.email) : undefined;
      expect(now?.text ?? '').not.toContain('まではログインできません');
      await activates(person, now ? new URL(running.mailbox.linkIn(now)).pathname : link);
      expect(person.page.path).toBe('/login?next=%2Faccounts');
      await signsIn(person, honest);
      expect(person.page.h1).toBe('TOPページ');
      expect((await person.sends('GET', '/accounts/new')).status).toBe(403);
      const told = await running.mailbox.mailTo(billing);
      expect(told.text).toContain('/admin-enrollment/objection/');
    },
  );
});
