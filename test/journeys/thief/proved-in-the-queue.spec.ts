import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { dismiss, grant, uphold } from '../../support/desk-people.js';
import { activates, applicant, signsIn } from '../../support/registration.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  provesForReview,
  takesOver,
} from '../../support/succession.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterAll(() => running.stop());

const numberOf = async (name: string) => {
  const text = 'select case_number as number from enrollments where applicant = $1';
  return (await running.pool.query<{ number: string }>(text, [name])).rows[0]!.number;
};

/** The mailbox is proved behind a thief, whom the desk sends away. */
async function proved(name: string) {
  const left = await leftBehind(running);
  const suzuki = { ...left.suzuki, name: `${name} 泥棒` };
  const honest = applicant(`honest-${suzuki.loginId}`, { name });
  const person = running.visitor();
  await applies(person, left.corporation, honest);
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(honest.email));
  await takesOver(running, { ...left, suzuki });
  const review = await provesForReview(running, person, honest, link);
  const ofHonest = await objectionLink(running, left.sato);
  await dismiss(operator, await numberOf(suzuki.name));
  await grant(operator, review);
  return { honest, person, number: await numberOf(name), ofHonest };
}

describe('a newcomer who proved the mailbox while another case ran', () => {
  it('is stopped with the mail of the grant after an objection, and let stay then', async () => {
    const { honest, person, number, ofHonest } = await proved('正直 花子');
    await objects(running.visitor(), ofHonest);
    const shown = await operator.types('enrollment', 'show', number);
    expect(shown.out).toMatch(/mailbox proved \d{4}-/);
    expect(await uphold(operator, number)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('not confirmed the mail'),
    });
    const mail = await running.mailbox.mailTo(honest.email, '登録');
    await activates(person, new URL(running.mailbox.linkIn(mail)).pathname);
    await signsIn(person, honest);
    expect(person.page.h1).not.toBe('TOPページ');
    expect(await uphold(operator, number)).toMatchObject({ exitCode: 0, err: '' });
    await signsIn(person, honest);
    expect(person.page.h1).toBe('TOPページ');
    expect((await person.sends('GET', '/accounts/new')).status).toBe(200);
  });

  it('is let stay by nobody before the mail of the grant is confirmed', async () => {
    const { honest, person, number } = await proved('正直 次郎');
    const upheld = await uphold(operator, number);
    expect(upheld).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('not confirmed the mail'),
    });
    const mail = await running.mailbox.mailTo(honest.email, '登録');
    await activates(person, new URL(running.mailbox.linkIn(mail)).pathname);
    await signsIn(person, honest);
    expect(person.page.h1).toBe('TOPページ');
  });
});
