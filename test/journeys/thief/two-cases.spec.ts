import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { grant, TAMURA } from '../../support/desk-people.js';
import type { Mail } from '../../support/mailbox.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import { applies, isReviewed, objectionLink, objects } from '../../support/succession.js';
import { covetedCompany, possessionsOf, SIZES, thiefSignsIn } from '../../support/thief.js';

const HOUR = 3_600_000;
let running: RunningApp;

async function caseOf(corporationId: string, state: string): Promise<string> {
  const { rows } = await running.pool.query<{ number: string }>(
    'select case_number as number from enrollments where corporation_id = $1 and state = $2',
    [corporationId, state],
  );
  return rows[0]?.number ?? '';
}

const status = async (who: Visitor, path: string, fields: Record<string, string>) =>
  (await who.sends('POST', path, { fields })).status;

/** Commands know the service by another address than this test. */
const linkIn = (mail: Mail | undefined) => new URL(running.mailbox.linkIn(mail!)).pathname;

describe.each([0, 24])('where newcomers wait %i hours', (hours) => {
  beforeAll(async () => {
    running = await startApp({ enrollmentHold: hours * HOUR });
  });
  afterAll(() => running.stop());

  describe('a thief with two applications', () => {
    it('has the second one with the desk beside the first, also while that is at the desk', async () => {
      const coveted = await covetedCompany(running, 1);
      const { corporation, sato } = coveted;
      const thief = await thiefSignsIn(running, coveted);
      const second = applicant(`second-${sato.loginId}`, { name: '二番 手' });
      expect(thief.page.h1).toBe('TOPページ');
      await isReviewed(running, running.visitor(), corporation, second);
      await objects(running.visitor(), await objectionLink(running, sato));
      const { rows } = await running.pool.query<{ state: string; told: number }>(
        `select e.state, (select count(*)::int from witnesses w where w.enrollment_id = e.id) as told
       from enrollments e where e.corporation_id = $1 order by e.created_at`,
        [corporation.id],
      );
      expect(rows).toEqual([
        { state: 'objected', told: 1 },
        { state: 'review', told: 1 },
      ]);
      await running.mailbox.nothingFor(second.email);
    });

    it('cannot approve of the second as the first administrator of the company', async () => {
      const corporation = await running.people.corporationExists({
        corporateNumber: `88000${hours}`,
        name: 'ひいらぎ株式会社',
      });
      const first = applicant('hiiragi-1');
      const thief = running.visitor();
      await registers(thief, corporation, first);
      await activates(thief, running.mailbox.linkIn(await running.mailbox.mailTo(first.email)));
      if (hours > 0) await running.clock.advance(`${hours} hours`);
      await signsIn(thief, first);
      const second = applicant('hiiragi-2', { name: '二番 手' });
      await applies(running.visitor(), corporation, second);
      const { rows } = await running.pool.query<{ id: string }>(
        `select id from enrollments where corporation_id = $1 and kind = 'succession'`,
        [corporation.id],
      );
      const path = `/admin-enrollment/cases/${rows[0]!.id}/approval`;
      expect(await status(thief, path, {})).toBe(403);
    });
  });

  describe('two thieves', () => {
    it.each(SIZES)('get nothing one after the other (%i administrators)', async (size) => {
      const coveted = await covetedCompany(running, size);
      const { corporation, sato, kato, hayashi, suzuki } = coveted;
      const thief = await thiefSignsIn(running, coveted);
      const second = applicant(`second-${sato.loginId}`, { name: '二番 手' });
      const possessions = () =>
        possessionsOf(running, corporation, [suzuki.loginId, second.loginId]);
      const before = await possessions();
      const review = await isReviewed(running, running.visitor(), corporation, second);
      for (const { id } of [hayashi, kato ?? sato])
        expect(await status(thief, '/accounts/deletion', { accountId: id })).toBe(303);
      await objects(running.visitor(), await objectionLink(running, sato));
      expect(await possessions()).toEqual(before);
      const operator = new Operator(running);
      const number = await caseOf(corporation.id, 'objected');
      await operator.types('enrollment', 'dismiss', number, ...TAMURA);
      await running.mailbox.everythingIsSent();
      expect(running.mailbox.unread(second.email)).toEqual([]);
      await grant(operator, review);

      await running.mailbox.everythingIsSent();
      const partner = running.visitor();
      const mails = running.mailbox.unread(second.email);
      await activates(partner, linkIn(mails.at(-1)));
      if (hours > 0) await running.clock.advance(`${hours} hours`);
      await signsIn(partner, second);
      expect(partner.page.h1).toBe('TOPページ');
      for (const { id } of [hayashi, sato])
        expect(await status(partner, '/accounts/deletion', { accountId: id })).toBe(303);
      const told = running.mailbox
        .unread((kato ?? sato).email)
        .filter(({ text }) => text.includes('二番 手'));
      await objects(running.visitor(), linkIn(told[0]));
      expect(await possessions()).toEqual(before);
      expect(await caseOf(corporation.id, 'objected')).toBeTruthy();
    });
  });
});
