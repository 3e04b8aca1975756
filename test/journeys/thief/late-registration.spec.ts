import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { onlyCase, TAMURA } from '../../support/desk-people.js';
import type { Corporation } from '../../support/people.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import { objects } from '../../support/succession.js';

type Applicant = ReturnType<typeof applicant>;

let running: RunningApp;
let operator: Operator;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
beforeEach(() => running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00')));
afterAll(() => running.stop());

interface Registered {
  corporation: Corporation;
  mallory: Applicant;
  billing: string;
  /** The billing contact's link to object. */
  objection: string;
}

/** A thief registers as a company's first administrator, and leaves the mail alone. */
async function registered(): Promise<Registered> {
  companies += 1;
  const billing = `keiri-${companies}@sugi.example`;
  const corporation = await running.people.corporationExists({
    corporateNumber: String(8_100_000 + companies),
    name: `すぎ第${companies}株式会社`,
    billingEmail: billing,
  });
  const mallory = applicant(`late-${companies}`, { name: '山田 悪子' });
  await registers(running.visitor(), corporation, mallory);
  await running.mailbox.mailTo(mallory.email);
  const objection = running.mailbox.linkIn(await running.mailbox.mailTo(billing));
  return { corporation, mallory, billing, objection };
}

/** The thief has the mail sent again, after the right password. @returns the new link */
async function sentAgain({ mallory }: Registered): Promise<string> {
  const thief = running.visitor();
  await signsIn(thief, mallory);
  await thief.presses('メールを再送する');
  return running.mailbox.linkIn(await running.mailbox.mailTo(mallory.email));
}

const states = async ({ corporation }: Registered) =>
  (
    await running.pool.query(
      `select e.state as case, a.state from enrollments e left join accounts a on a.id = e.account_id
       where e.corporation_id = $1`,
      [corporation.id],
    )
  ).rows[0];

const heading = ({ page }: Visitor) => [page.status, page.h1];

describe.each(['25 hours', '167 hours'])('a first registration that is %s old', (age) => {
  it('can be objected to by the first mail, and the newcomer stays out', async () => {
    const story = await registered();
    await running.clock.advance(age);
    const contact = running.visitor();
    await contact.opens(story.objection);
    expect(heading(contact)).toEqual([200, '新規登録への異議申し立て']);
    await objects(contact, story.objection, '申し込んでいません。');
    expect(contact.page.h1).toBe('異議申し立てを受け付けました');
    const thief = running.visitor();
    await activates(thief, await sentAgain(story));
    expect(thief.page.notice).toContain('異議申し立てがあった');
    expect(await states(story)).toEqual({ case: 'objected', state: 'suspended' });
  });

  it('ends by a reader of the mailbox who did not apply', async () => {
    const story = await registered();
    await running.clock.advance(age);
    const person = running.visitor();
    await person.opens(await sentAgain(story));
    await person.follows('申し込んでいません');
    await person.presses('このお申し込みを取り消す');
    expect(heading(person)).toEqual([200, 'お申し込みを取り消しました']);
    expect(await states(story)).toEqual({ case: 'withdrawn', state: null });
  });

  it('stands in the desk’s list, and ends by its word', async () => {
    const story = await registered();
    await running.clock.advance(age);
    const { number } = await onlyCase(running, story);
    const list = await operator.types('enrollment', 'list');
    expect(list.out).toMatch(new RegExp(`^${number} {2}initial {2}awaiting-activation `, 'm'));
    const dismissed = await operator.types('enrollment', 'dismiss', number, ...TAMURA);
    expect(dismissed).toMatchObject({ exitCode: 0, err: '' });
    expect(await states(story)).toEqual({ case: 'refused', state: null });
  });

  it('is told to the billing contact once more when the newcomer comes in', async () => {
    const story = await registered();
    await running.clock.advance(age);
    await activates(running.visitor(), await sentAgain(story));
    const mail = await running.mailbox.mailTo(story.billing);
    expect(mail.subject).toBe('[法人WEBシステム] 最初の管理者が登録されました');
    expect(mail.text).toContain('ご本人がメールアドレスを確認しました。');
    const contact = running.visitor();
    await objects(contact, running.mailbox.linkIn(mail));
    expect(await states(story)).toEqual({ case: 'objected', state: 'suspended' });
    await contact.opens(story.objection);
    expect(heading(contact)).toEqual([200, '異議申し立てを受け付けました']);
  });
});

describe('a first registration that is activated within a day', () => {
  it('is told to the billing contact as an application, and once more as a registration', async () => {
    const story = await registered();
    await running.clock.advance('23 hours 59 minutes');
    await activates(running.visitor(), await sentAgain(story));
    expect(await states(story)).toEqual({ case: 'running', state: 'active' });
    const { text } = await running.mailbox.mailTo(story.billing, '最初の管理者が登録されました');
    expect(text).toContain('登録された方：山田 悪子 様');
    await running.mailbox.nothingFor(story.billing);
  });
});

describe('a first registration whose seven days are over', () => {
  it('comes to life by nothing, and every page and the desk say that it is over', async () => {
    const story = await registered();
    await running.clock.advance('167 hours');
    const link = await sentAgain(story);
    await running.clock.advance('1 hour');
    const thief = running.visitor();
    await thief.opens(link);
    expect(thief.page.status).toBe(410);
    expect((await thief.sends('POST', link, { fields: {} })).status).toBe(410);
    await signsIn(thief, story.mallory);
    expect([thief.page.path, thief.page.status]).toEqual(['/activation', 410]);
    const contact = running.visitor();
    await contact.opens(story.objection);
    expect(heading(contact)).toEqual([410, 'この登録は終わっています']);
    const { number } = await onlyCase(running, story);
    expect((await operator.types('enrollment', 'list')).out).not.toContain(number);
    const dismissed = await operator.types('enrollment', 'dismiss', number, ...TAMURA);
    expect(dismissed.exitCode).toBe(1);
  });
});
