import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { NAKAI, TAMURA } from '../../support/desk-people.js';
import { chooses } from '../../support/members.js';
import type { Corporation, Member } from '../../support/people.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import { applies, objectionLink, objects } from '../../support/succession.js';

let running: RunningApp;
let operator: Operator;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

/** 佐藤 administers it, 林 is staff, and the invoices go to a billing contact. */
async function company() {
  companies += 1;
  const billing = `keiri-${companies}@sugi.example`;
  const corporation = await running.people.corporationExists({
    corporateNumber: String(6_000_000 + companies),
    name: `すぎ第${companies}株式会社`,
    billingEmail: billing,
  });
  const named = (login: string, name: string) => ({
    corporation,
    loginId: `${login}-${companies}`,
    name,
  });
  const sato = await running.people.administratorExists(named('sato', '佐藤 花子'));
  const hayashi = await running.people.staffExists(named('hayashi', '林 三郎'));
  return { corporation, sato, hayashi, billing, number: companies };
}

const newcomer = (login: string) => applicant(`${login}-${companies}`, { name: '盗人 太郎' });

async function casesOf({ id }: Corporation): Promise<{ number: string; state: string }[]> {
  const { rows } = await running.pool.query<{ number: string; state: string }>(
    `select case_number as number, state from enrollments where corporation_id = $1
     order by created_at`,
    [id],
  );
  return rows;
}

async function statesOf({ id }: Corporation): Promise<Record<string, string>> {
  const { rows } = await running.pool.query<{ login: string; state: string }>(
    'select login_id as login, state from accounts where corporation_id = $1',
    [id],
  );
  return Object.fromEntries(rows.map(({ login, state }) => [login, state]));
}

const mailOf = async (email: string) => running.mailbox.linkIn(await running.mailbox.mailTo(email));

async function leaves(person: Visitor, member: Member): Promise<void> {
  await signsIn(person, member);
  await chooses(person, member);
  person.checks('自分のアカウントも削除する');
  await person.presses('削除');
}

/** 佐藤 left; the desk sent the successor away; a thief registers first and removes the staff. */
async function thiefAloneWithStaff() {
  const found = await company();
  const { corporation, sato, hayashi, billing } = found;
  const successor = newcomer('successor');
  await applies(running.visitor(), corporation, successor);
  await activates(running.visitor(), await mailOf(successor.email));
  await running.clock.advance('80 hours');
  await leaves(running.visitor(), sato);
  const [{ number } = { number: '' }] = await casesOf(corporation);
  for (const words of [TAMURA, NAKAI])
    await operator.types('enrollment', 'dismiss', number, ...words);
  const thief = running.visitor();
  const entered = newcomer('thief');
  await registers(thief, corporation, entered);
  await activates(thief, await mailOf(entered.email));
  await signsIn(thief, entered);
  await chooses(thief, hayashi);
  await thief.presses('削除');
  expect(await statesOf(corporation)).toMatchObject({ [hayashi.loginId]: 'deleted' });
  const mails = running.mailbox.all().filter(({ to }) => to === billing);
  return { ...found, entered, objection: running.mailbox.linkIn(mails.at(-1)!) };
}

describe('a company in which nobody but staff would be left', () => {
  it('is brought back by an objection, and the desk ends the case', async () => {
    const { corporation, hayashi, entered, objection } = await thiefAloneWithStaff();
    const contact = running.visitor();
    await objects(contact, objection, '泥棒です。');
    expect([contact.page.status, contact.page.h1]).toEqual([200, '異議申し立てを受け付けました']);
    expect(await statesOf(corporation)).toMatchObject({
      [hayashi.loginId]: 'active',
      [entered.loginId]: 'suspended',
    });
    const list = await operator.types('enrollment', 'list');
    const nobody = `nobody administers  ${corporation.corporateNumber}  ${corporation.name}`;
    expect(list.out).toContain(`${nobody}  its case waits for a decision`);
    const number = (await casesOf(corporation)).at(-1)!.number;
    const dismissed = await operator.types('enrollment', 'dismiss', number, ...TAMURA);
    expect(dismissed).toMatchObject({ exitCode: 0, err: '' });
    expect((await operator.types('enrollment', 'list')).out).toContain(
      `${nobody}  it registers anew at /initiate`,
    );
    expect((await operator.types('doctor')).out).toMatch(/^warn {2}cases: \d+ companies have/m);

    const honest = newcomer('honest');
    const person = running.visitor();
    await registers(person, corporation, honest);
    await activates(person, await mailOf(honest.email));
    await signsIn(person, honest);
    expect(person.page.h1).toBe('TOPページ');
    expect((await operator.types('enrollment', 'list')).out).not.toContain(nobody);
  });

  it('is given to the person whom the desk names', async () => {
    const { corporation, entered, hayashi, number: company } = await thiefAloneWithStaff();
    const number = (await casesOf(corporation)).at(-1)!.number;
    const email = ['--email', `ogawa-${company}@example.jp`];
    const who = ['--name', '小川 恵', '--kana', 'おがわ めぐみ'];
    await operator.types('enrollment', 'give', number, ...who, ...email, ...TAMURA);
    const confirmed = await operator.types('enrollment', 'confirm', number, ...email, ...NAKAI);
    expect(confirmed).toMatchObject({ exitCode: 0, err: '' });
    expect(await statesOf(corporation)).toMatchObject({
      [hayashi.loginId]: 'active',
      [entered.loginId]: 'suspended',
    });
  });

  it('is left by a successor whom the billing contact objects to on the tenth day', async () => {
    const { corporation, sato, hayashi, billing } = await company();
    const successor = newcomer('successor');
    await applies(running.visitor(), corporation, successor);
    await activates(running.visitor(), await mailOf(successor.email));
    const objection = await objectionLink(running, { ...sato, email: billing });
    await running.clock.advance('80 hours');
    const person = running.visitor();
    await signsIn(person, successor);
    await person.sends('POST', `/accounts/${hayashi.id}/suspension`, {
      fields: { act: 'suspend' },
    });
    await leaves(running.visitor(), sato);
    expect(await statesOf(corporation)).toMatchObject({ [hayashi.loginId]: 'suspended' });
    await running.clock.advance('7 days');
    await objects(running.visitor(), objection, '知らない人です。');
    const [{ number } = { number: '' }] = await casesOf(corporation);
    const refused = await operator.types('account', 'freeze', successor.loginId, ...TAMURA);
    expect(refused).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('genkan enrollment'),
    });
    const dismissed = await operator.types('enrollment', 'dismiss', number, ...TAMURA);
    expect(dismissed).toMatchObject({ exitCode: 0, err: '' });
    expect(await statesOf(corporation)).toMatchObject({
      [hayashi.loginId]: 'active',
      [successor.loginId]: 'deleted',
    });
  });
});
