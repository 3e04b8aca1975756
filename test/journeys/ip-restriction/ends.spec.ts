import { EndingEntries } from '../../../src/ip-restriction/lists/ending-entries.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { listExists } from '../../support/ip-lists.js';
import type { Corporation, Member } from '../../support/people.js';
import { signsIn } from '../../support/registration.js';

const OFFICE = '198.51.100.7';
const BRANCH = '203.0.113.9';
const START = new Date('2026-11-01T09:00:00+09:00');
const END = new Date('2026-12-01T00:00:00+09:00');

let running: RunningApp;
let corporation: Corporation;
let sato: Member;
let suzuki: Member;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(START);
  companies += 1;
  corporation = await running.people.corporationExists({
    corporateNumber: String(companies),
    name: '株式会社さくら',
  });
  const someone = (name: string) => ({ corporation, loginId: `${name}-${companies}`, name });
  sato = await running.people.administratorExists(someone('sato'));
  suzuki = await running.people.staffExists(someone('suzuki'));
});
afterEach(() => running.pool.query('update accounts set email = id::text || email'));

const office = { network: '198.51.100.0/24', label: '本社' };
const branch = { network: '203.0.113.0/24', label: '支店', endsAt: END };
/** The same places, registered as one address each. */
const officeAlone = { ...office, network: `${OFFICE}/32` };
const branchAlone = { ...branch, network: `${BRANCH}/32` };

async function visits(member: Member, address: string): Promise<Visitor> {
  const person = running.visitor({ address });
  await signsIn(person, member);
  return person;
}

async function getsIn(member: Member, address: string): Promise<boolean> {
  return (await visits(member, address)).page.status === 200;
}

/** The job, as if its hour had come. */
const tells = () => running.app.get(EndingEntries).tell();

it('at its end an entry admits nobody, at the next request already', async () => {
  await listExists(running, corporation, [office, branch]);
  expect(await getsIn(sato, OFFICE)).toBe(true);
  await running.clock.stopsAt(new Date(END.getTime() - 60_000));
  const person = await visits(suzuki, BRANCH);
  expect(person.page.h1).toBe('TOPページ');
  await running.clock.stopsAt(END);
  expect((await person.opens('/')).h1).toBe('アクセス制限エラー');
});

it('tells administrators 7 days and 1 day before, once each', async () => {
  await listExists(running, corporation, [office, branch]);
  await getsIn(sato, OFFICE);
  await tells();
  await running.mailbox.nothingFor(sato.email);
  await running.clock.stopsAt(new Date('2026-11-24T00:00:01+09:00'));
  await Promise.all([tells(), tells()]);
  await tells();
  const week = await running.mailbox.mailTo(sato.email);
  expect(week.subject).toContain('IPアドレスの登録がまもなく終わります');
  expect(week.text).toContain('203.0.113.0/24 支店');
  expect(week.text).toContain('2026年11月30日(月)まで');
  expect(week.text).not.toContain('残る予定');
  await running.mailbox.nothingFor(sato.email);
  // A new version with the same entry is no reason to tell it again.
  await listExists(running, corporation, [office, branch]);
  await tells();
  await running.mailbox.nothingFor(sato.email);
  await running.clock.stopsAt(new Date('2026-11-30T00:00:01+09:00'));
  await tells();
  await tells();
  expect((await running.mailbox.mailTo(sato.email)).text).toContain('203.0.113.0/24 支店');
  await running.clock.stopsAt(END);
  await tells();
  await running.mailbox.nothingFor(sato.email);
  await running.mailbox.nothingFor(suzuki.email);
});

it('what was registered for two days is announced one day before only', async () => {
  await running.clock.stopsAt(new Date(END.getTime() - 2 * 86_400_000));
  await listExists(running, corporation, [office, branch]);
  await tells();
  await running.mailbox.nothingFor(sato.email);
  await running.clock.stopsAt(new Date(END.getTime() - 3_600_000));
  await tells();
  expect((await running.mailbox.mailTo(sato.email)).text).toContain('支店');
});

describe('an end that would lock every administrator out', () => {
  it('is held back, shown and told, until one comes from an entry that lasts', async () => {
    await listExists(running, corporation, [office, branch]);
    expect(await getsIn(sato, BRANCH)).toBe(true);
    await running.clock.stopsAt(new Date('2026-11-24T00:00:01+09:00'));
    await tells();
    expect((await running.mailbox.mailTo(sato.email)).text).toContain('残る予定です');
    await running.clock.stopsAt(new Date(END.getTime() + 86_400_000));
    await tells();
    await tells();
    const kept = await running.mailbox.mailTo(sato.email);
    expect(kept.subject).toContain('期限を過ぎたIPアドレスの登録を残しています');
    await running.mailbox.nothingFor(sato.email);
    const person = await visits(sato, BRANCH);
    await person.opens('/ip-restriction');
    expect(person.page.text).toContain('期限後も継続中');
    expect(await getsIn(suzuki, BRANCH)).toBe(true);
    expect(await getsIn(suzuki, OFFICE)).toBe(true);
    expect((await person.opens('/')).h1).toBe('TOPページ');

    expect(await getsIn(sato, OFFICE)).toBe(true);
    expect((await person.opens('/')).h1).toBe('アクセス制限エラー');
    // Half a year later nobody came from the office any more: what is over stays over.
    await running.clock.stopsAt(new Date('2027-06-01T09:00:00+09:00'));
    expect(await getsIn(sato, BRANCH)).toBe(false);
  });

  it('is no reason to keep what no administrator used', async () => {
    const contractor = { network: '192.0.2.0/24', label: '業者', endsAt: END };
    await listExists(running, corporation, [branch, contractor]);
    await getsIn(sato, BRANCH);
    expect(await getsIn(suzuki, '192.0.2.5')).toBe(true);
    await running.clock.stopsAt(END);
    expect(await getsIn(suzuki, '192.0.2.5')).toBe(false);
    expect(await getsIn(sato, BRANCH)).toBe(true);
  });

  it('concerns the entry that ends last, of those that end one after the other', async () => {
    const earlier = { ...office, endsAt: new Date('2026-11-20T00:00:00+09:00') };
    await listExists(running, corporation, [earlier, branchAlone]);
    await getsIn(sato, OFFICE);
    await getsIn(sato, BRANCH);
    await running.clock.stopsAt(new Date(END.getTime() + 1));
    expect(await getsIn(sato, OFFICE)).toBe(false);
    expect(await getsIn(sato, BRANCH)).toBe(true);
  });

  it('counts today’s administrators, and 90 days', async () => {
    await listExists(running, corporation, [officeAlone, branch]);
    const yamada = await running.people.administratorExists({
      corporation,
      loginId: `yamada-${companies}`,
      name: '山田',
    });
    await getsIn(yamada, OFFICE);
    await getsIn(sato, BRANCH);
    await running.clock.stopsAt(END);
    expect(await getsIn(sato, BRANCH)).toBe(false);
    await running.pool.query(`update accounts set role = 'staff' where id = $1`, [yamada.id]);
    expect(await getsIn(sato, BRANCH)).toBe(true);

    const late = { network: '192.0.2.0/24', label: '旧事務所', endsAt: new Date('2027-06-01') };
    await listExists(running, corporation, [office, late]);
    await running.clock.stopsAt(new Date('2027-01-01'));
    expect(await getsIn(sato, '192.0.2.1')).toBe(true);
    await running.clock.stopsAt(new Date('2027-06-02'));
    expect(await getsIn(sato, '192.0.2.1')).toBe(false);
  });
});
