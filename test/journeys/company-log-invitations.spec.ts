import { startApp, type RunningApp } from '../support/app.js';
import { accepts, invitationTo, invited, invites } from '../support/invitation.js';
import { saidIn } from '../support/log.js';
import { companyExists, signedIn } from '../support/members.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('names an invited person before and after the registration', async () => {
  const { sato } = await companyExists(running);
  const person = await signedIn(running, sato);
  const email = `mori-${sato.loginId}@sakura.example`;
  await invites(person, invited(email, { name: '森 直樹', nameKana: 'モリ ナオキ' }));
  const told = () => saidIn(person, { who: sato.loginId, what: 'people' });
  expect(await told()).toEqual(['森 直樹 様を招待しました']);
  await accepts(running.visitor(), await invitationTo(running, email), `mori-${sato.loginId}`);
  expect(await told()).toEqual(['森 直樹 様を招待しました']);
  await running.pool.query(`update accounts set name = '' where email = $1`, [email]);
  expect(await told()).toEqual(['（個人情報を消去した利用者）を招待しました']);
});
