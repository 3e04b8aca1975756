import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { dismiss } from '../../support/desk-people.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
} from '../../support/succession.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

async function idOf(loginId: string): Promise<string> {
  const { rows } = await running.pool.query<{ id: string }>(
    'select id from accounts where login_id_key = $1',
    [loginId],
  );
  return rows[0]!.id;
}

async function caseOf(loginId: string): Promise<string> {
  const { rows } = await running.pool.query<{ number: string }>(
    'select case_number as number from enrollments where account_id = $1',
    [await idOf(loginId)],
  );
  return rows[0]!.number;
}

async function linkTo(email: string): Promise<string> {
  return running.mailbox.linkIn(await running.mailbox.mailTo(email));
}

/** A thief who is the first administrator of a company, on probation, and the honest successor. */
async function thiefIsFirst() {
  companies += 1;
  const corporation = await running.people.corporationExists({
    corporateNumber: `920000${companies}`,
    name: `くぬぎ第${companies}株式会社`,
  });
  const first = applicant(`first-${companies}`);
  const thief = running.visitor();
  await registers(thief, corporation, first);
  await activates(thief, await linkTo(first.email));
  await signsIn(thief, first);
  await running.mailbox.isReadBy(first.email);
  const honest = applicant(`honest-${companies}`, { name: '鈴木 一郎' });
  const person = running.visitor();
  await applies(person, corporation, honest);
  const activation = await linkTo(honest.email);
  return { corporation, first, thief, honest, person, activation };
}

describe('a newcomer on probation', () => {
  it('hears of another case without any way to decide it, and the desk is mailed', async () => {
    const { first, thief, person, activation, honest } = await thiefIsFirst();
    expect((await running.mailbox.mailTo(running.config.deskMail)).text).toContain('佐藤 花子 様');
    await running.mailbox.nothingFor(first.email);
    await activates(person, activation);
    const told = await running.mailbox.mailTo(first.email);
    for (const part of [told.text, told.html]) {
      expect(part).toContain('鈴木 一郎 様');
      expect(part).toContain('担当窓口までお電話ください');
      expect(part).not.toMatch(/admin-enrollment\/objection|承認してください/);
    }
    const desk = await running.mailbox.mailTo(running.config.deskMail);
    expect(desk.subject).toContain('異議を申し立てられる方のいない登録');
    expect(desk.text).toContain(`/desk/cases/${await caseOf(honest.loginId)}\n`);
    await thief.opens('/');
    expect(thief.page.text).not.toContain('管理者の追加登録がありました');
  });

  it('removes no newcomer of another case, proved or not', async () => {
    const { first, thief, honest, person, activation } = await thiefIsFirst();
    const accountId = await idOf(honest.loginId);
    const removes = async (who: typeof thief, id: string) => [
      (await who.sends('POST', '/accounts/deletion', { fields: { accountId: id } })).status,
      (await who.sends('POST', `/accounts/${id}/suspension`, { fields: { act: 'suspend' } }))
        .status,
    ];
    const fields = { accountId };
    expect((await thief.sends('POST', '/accounts/deletion', { fields })).status).toBe(409);
    await activates(person, activation);
    await signsIn(person, honest);
    expect(await removes(thief, accountId)).toEqual([409, 409]);
    expect(await removes(person, await idOf(first.loginId))).toEqual([409, 409]);
  });
});

it('who is approved by time while another case runs is not removed by its newcomer', async () => {
  const { first, honest, person, activation } = await thiefIsFirst();
  await running.clock.advance('1 hour');
  await activates(person, activation);
  await running.clock.advance('71 hours 30 minutes');
  await signsIn(person, honest);
  const accountId = await idOf(first.loginId);
  const fields = { accountId };
  expect((await person.sends('POST', '/accounts/deletion', { fields })).status).toBe(409);
});

describe('a witness who came by a case', () => {
  it('is shown to the desk as such, and objects no more once the desk dismissed that case', async () => {
    const left = await leftBehind(running);
    const { corporation, suzuki } = left;
    await takesOverAndSignsIn(running, left);
    await running.clock.advance('11 days');
    const second = applicant(`second-${suzuki.loginId}`, { name: '高橋 次郎' });
    await applies(running.visitor(), corporation, second);
    await activates(running.visitor(), await linkTo(second.email));
    const links = await Promise.all(
      [suzuki, left.sato].map(({ email }) => objectionLink(running, { ...left.sato, email })),
    );
    const operator = new Operator(running);
    const [own, number] = [await caseOf(suzuki.loginId), await caseOf(second.loginId)];
    await objects(running.visitor(), new URL(links[0]!).pathname, '高橋は知りません。');
    await running.mailbox.everythingIsSent();
    const desk = running.mailbox.unread(running.config.deskMail).at(-1)!;
    expect(desk.text).toContain(`管理者として登録された方です（受付番号：${own}）`);
    expect((await operator.types('enrollment', 'list')).out).toMatch(
      new RegExp(`^${number} .* 1 objected \\(1 came by a case\\)$`, 'm'),
    );
    expect((await operator.types('enrollment', 'show', number)).out).toContain(
      `came by case ${own} (completed)`,
    );
    await dismiss(operator, own);
    const late = running.visitor();
    await late.opens(new URL(links[0]!).pathname);
    expect(late.page.status).toBe(410);
    expect(late.page.text).toContain('お客様の追加登録を担当窓口が取り消した');
  });
});
