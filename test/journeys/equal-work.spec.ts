import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation } from '../support/people.js';
import { appliesByMail, guessedAt, guesses, isUsed, neutral, wrong } from '../support/proof.js';
import { applicant } from '../support/registration.js';
import { awayFromSchedules, workOf } from '../support/work.js';

const PASSWORD = 'sakura-2026-mochi';
const UNKNOWN = '8999999';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  for (const loginId of ['sato', 'suzuki', 'tanaka'])
    await running.people.administratorExists({ corporation: sakura, loginId, name: '佐藤 花子' });
});
afterAll(() => running.stop());

const enters = (loginId: string, password: string, person: Visitor = running.visitor()) =>
  person.sends('POST', '/login', { fields: { loginId, password } });

/** What an outsider sees of an answer, without what differs between any two. */
function seenOf({ posted }: Visitor, ...typed: string[]): unknown {
  const { status, headers, text } = posted!;
  const kept = Object.entries(headers).filter(([name]) => !/^(?:date|x-request-id)$/.test(name));
  return [status, kept.map(([name, value]) => neutral(`${name}: ${value}`, ...typed)), text];
}

describe('while numbers are compared behind the mail', () => {
  it('right, wrong and unknown pairs get the same answers for the same work', async () => {
    const corporation = await guessedAt(running);
    await isUsed(running, 10, `proof:company:${UNKNOWN}`);
    const seen: unknown[] = [];
    const links: string[] = [];
    await awayFromSchedules();
    for (const [who, company] of Object.entries({
      'work.aaa': corporation,
      'work.bbb': wrong(corporation),
      'work.ccc': { ...corporation, corporateNumber: UNKNOWN },
    })) {
      const person = running.visitor();
      const { statements, hashes } = await workOf(async () => {
        links.push(await appliesByMail(running, company, applicant(who), person));
        await running.mailbox.everythingIsSent();
      });
      expect(statements.filter((text) => text.includes('transfer_accounts'))).toEqual([]);
      expect(hashes).toBe(1);
      seen.push([statements.toSorted(), seenOf(person, who)]);
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);

    const [link] = links;
    const person = running.visitor();
    const opening = await workOf(() => person.opens(link!));
    expect(opening.statements.filter((text) => text.includes('transfer_accounts'))).toEqual([]);
    const pressing = await workOf(() => person.presses('登録を完了する'));
    expect(pressing.statements.filter((text) => text.includes('transfer_accounts'))).toHaveLength(
      1,
    );
  });
});

it('a wrong pair costs on the page what one of an unknown company costs', async () => {
  const works = [];
  for (const number of [sakura.corporateNumber, '8999998'])
    works.push((await workOf(() => guesses(running.visitor(), number))).statements.toSorted());
  expect(works[0]).toEqual(works[1]);
});

describe('a login ID that waits', () => {
  it.each(['sato', 'nobody-here'])('takes no hash (%s)', async (loginId) => {
    const first = await workOf(() => enters(loginId, 'wrong-1234'));
    expect(first.hashes).toBe(1);
    for (let times = 1; times < 6; times += 1) await enters(loginId, 'wrong-1234');
    for (const password of ['wrong-1234', PASSWORD]) {
      const { hashes, statements } = await workOf(() => enters(loginId, password));
      expect([hashes, statements]).toEqual([0, ['find-credentials']]);
    }
  });

  it('takes none in a known browser that waits, either', async () => {
    const own = running.visitor();
    expect((await enters('suzuki', PASSWORD, own)).status).toBe(303);
    await own.sends('POST', '/logout', { fields: {} });
    for (let times = 0; times < 6; times += 1) await enters('suzuki', 'wrong-1234', own);
    const { hashes, statements } = await workOf(() => enters('suzuki', PASSWORD, own));
    expect([hashes, statements]).toEqual([0, ['find-credentials']]);
    expect((await enters('suzuki', PASSWORD)).status).toBe(303);
  });
});

it('a sign-in looks nothing up before it has a turn, not even the session of its cookie', async () => {
  const person = running.visitor();
  expect((await enters('tanaka', PASSWORD, person)).status).toBe(303);
  await running.mailbox.everythingIsSent();
  const { statements } = await workOf(() => enters('tanaka', PASSWORD, person));
  expect(statements[0]).toBe('find-credentials');
  const refused = await enters('tanaka', 'wrong-1234', person);
  expect(refused.status).toBe(422);
  expect(refused.text).not.toContain('佐藤 花子');
});
