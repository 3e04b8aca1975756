import { startApp, type RunningApp } from '../support/app.js';
import { office } from '../support/invitation.js';
import { invitedOf, listOf, pastes } from '../support/invitation-import.js';
import { applicant, entersDetails, entersNumbers } from '../support/registration.js';
import { lockIsWaitedFor } from '../support/until.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('a registration whose entries were forgotten before its turn is not made of them', async () => {
  const kashi = { corporateNumber: '2000007', name: 'かし株式会社' };
  const corporation = await running.people.corporationExists(kashi);
  const person = running.visitor();
  await entersNumbers(person, corporation);
  await entersDetails(person, applicant('kashi', { email: 'kashi@example.jp' }));
  const holder = await running.pool.connect();
  await holder.query('begin');
  await holder.query('select from flows for update');
  const pressed = person.presses('登録');
  await lockIsWaitedFor(running.pool, { about: 'flows' });
  await holder.query('delete from flows');
  await holder.query('commit');
  holder.release();
  await pressed;
  expect(person.page.notice).toContain('最初のページに戻りました');
  await running.mailbox.nothingFor('kashi@example.jp');
});

it('a list of people that was forgotten before its turn is not sent', async () => {
  const { person, corporation } = await office(running);
  await pastes(person, listOf(1).text);
  await person.presses('1名を招待する');
  const { text, emails } = listOf(2);
  await pastes(person, text);
  const holder = await running.pool.connect();
  await holder.query('begin');
  await holder.query(`select from limit_counters where key like 'mail:runs:%' for update`);
  const pressed = person.presses('2名を招待する');
  await lockIsWaitedFor(running.pool, { about: 'take_limits' });
  await running.pool.query('delete from flows');
  await holder.query('commit');
  holder.release();
  await pressed;
  expect(person.page.notice).toContain('最初のページに戻りました');
  expect(await invitedOf(running, corporation)).toBe(1);
  await running.mailbox.nothingFor(emails[0]!);
});
