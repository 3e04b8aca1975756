/**
 * Everything that a thief with last month's invoice tries in one go, at companies with one, two and
 * five administrators and with none. Beside this file:
 *
 * | tried                                                        | in                                   |
 * | ------------------------------------------------------------ | ------------------------------------ |
 * | closed pages, own mailbox, self-deletion, approval of oneself | successor, generated                 |
 * | recovery as the victim, a known password of a witness        | as-the-victim                        |
 * | two cases, two thieves                                       | two-cases                            |
 * | the objector is the thief                                    | at-the-desk                          |
 * | no administrator was there; nobody could sign in             | first-registration, given-away       |
 */
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { changesEmail } from '../../support/own-account.js';
import { asksElsewhere } from '../../support/recovery.js';
import {
  activates,
  applicant,
  registers,
  signsIn,
  type Applicant,
} from '../../support/registration.js';
import { applies, objectionLink, objects, provesForReview } from '../../support/succession.js';
import {
  closedActs,
  covetedCompany,
  possessionsOf,
  SIZES,
  thiefSignsIn,
} from '../../support/thief.js';

const HOUR = 3_600_000;
let running: RunningApp;

interface Target {
  id: string;
}

async function ownOf({ loginId }: Applicant): Promise<{ id: string; case: string; state: string }> {
  const { rows } = await running.pool.query<{ id: string; case: string; state: string }>(
    `select a.id, a.state, e.id as case from accounts a join enrollments e on e.account_id = a.id
     where a.login_id_key = $1`,
    [loginId],
  );
  return rows[0]!;
}

const posts = async (thief: Visitor, path: string, fields: Record<string, string>) =>
  (await thief.sends('POST', path, { fields })).status;

/** All that is closed to newcomers, and the own case. */
async function triesWhatIsClosed(
  thief: Visitor,
  people: Parameters<typeof closedActs>[0],
  ownCase: string,
): Promise<void> {
  for (const [what, path, fields] of closedActs(people)) {
    const { status } = await thief.sends(fields ? 'POST' : 'GET', path, fields && { fields });
    expect([what, status]).toEqual([what, 403]);
  }
  for (const path of [ownCase, `${ownCase}/approval`])
    expect(await posts(thief, `/admin-enrollment/cases/${path}`, { act: 'object' })).toBe(403);
}

async function movesOwnMailbox(thief: Visitor, { email, loginId }: Applicant): Promise<void> {
  await running.mailbox.isReadBy(email);
  await changesEmail(running, thief, email, `${loginId}@evil.example`);
}

describe.each([
  [0, 'without'],
  [24, 'without'],
  [0, 'with'],
  [24, 'with'],
])('everything at once, where newcomers wait %i hours, %s second factors', (hours, factors) => {
  beforeAll(async () => {
    running = await startApp({ enrollmentHold: hours * HOUR });
  });
  afterAll(() => running.stop());

  it.each(SIZES)('is nothing after one objection (%i administrators)', async (size) => {
    const coveted = await covetedCompany(running, size, {
      withFactors: factors === 'with',
    });
    const { corporation, sato, kato, others, hayashi, yamada, suzuki } = coveted;
    const second = applicant(`second-${sato.loginId}`, { name: '二番 手' });
    const possessions = () => possessionsOf(running, corporation, [suzuki.loginId, second.loginId]);
    const before = await possessions();
    const thief = await thiefSignsIn(running, coveted);
    const own = await ownOf(suzuki);
    await triesWhatIsClosed(thief, coveted, own.case);
    await movesOwnMailbox(thief, suzuki);
    await asksElsewhere(running, sato.email);
    await applies(running.visitor(), corporation, second);
    expect(await possessions()).toEqual(before);

    const link = await objectionLink(running, sato);
    expect(await posts(thief, `/accounts/${yamada.id}/suspension`, { act: 'suspend' })).toBe(303);
    const removes = ({ id }: Target) =>
      posts(thief, '/accounts/deletion', { accountId: id, ownAccount: 'yes' });
    for (const person of [yamada, hayashi, sato, ...others])
      expect(await removes(person)).toBe(303);
    // Somebody who can sign in is always left: the newcomer, where nobody else is.
    expect(await removes(own)).toBe(kato ? 303 : 409);
    await objects(running.visitor(), link);
    expect(await possessions()).toEqual(before);
    expect((await thief.sends('GET', '/accounts')).status).toBe(303);
    await signsIn(thief, suzuki);
    expect(thief.page.h1).not.toBe('TOPページ');
  });

  it('is nothing where nobody was administrator, after the billing contact objected', async () => {
    const billingEmail = 'keiri@buna.example';
    const given = { corporateNumber: '5005005', name: 'ぶな株式会社', billingEmail };
    const corporation = await running.people.corporationExists(given);
    const mallory = applicant('mallory', { name: '山田 悪子' });
    const accomplice = applicant('accomplice', { name: '共犯 者' });
    const possessions = () =>
      possessionsOf(running, corporation, [mallory.loginId, accomplice.loginId]);
    const before = await possessions();
    const thief = running.visitor();
    await registers(thief, corporation, mallory);
    await activates(thief, running.mailbox.linkIn(await running.mailbox.mailTo(mallory.email)));
    await signsIn(thief, mallory);
    expect(thief.page.h1).toBe('TOPページ');
    const own = await ownOf(mallory);
    const people = { sato: own, hayashi: own, former: own, suspended: own };
    await triesWhatIsClosed(thief, people, own.case);
    await movesOwnMailbox(thief, mallory);
    const itself = { accountId: own.id, ownAccount: 'yes' };
    expect(await posts(thief, '/accounts/deletion', itself)).toBe(409);
    const partner = running.visitor();
    await registers(partner, corporation, accomplice).catch(() => undefined);
    expect(partner.page.status).toBe(409);

    const link = running.mailbox.linkIn(await running.mailbox.mailTo(billingEmail));
    await objects(running.visitor(), link);
    expect(await possessions()).toEqual(before);
    expect((await ownOf(mallory)).state).toBe('suspended');
    expect((await thief.sends('GET', '/accounts')).status).toBe(303);
    await registers(partner, corporation, accomplice);
    const another = running.mailbox.linkIn(await running.mailbox.mailTo(accomplice.email));
    await provesForReview(running, partner, accomplice, another);
    await signsIn(partner, accomplice);
    expect(partner.page.status).toBe(422);
    expect(await possessions()).toEqual(before);
  });
});
