import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import {
  deskPersonExists,
  givesPassword,
  signsInAtDesk,
  type DeskPerson,
} from '../../support/desk.js';

const MANY_WRONG = '担当窓口の確認コードの間違いが続いています';

let running: RunningApp;
let tamura: DeskPerson;
beforeAll(async () => {
  running = await startApp();
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
});
beforeEach(() => running.clock.advance('1 day'));
afterAll(() => running.stop());

/** Wrong codes, in front of the sign-in's question or of the one before something that matters. */
async function errs(who: Visitor, times: number, path = '/desk/login/second-factor') {
  const fields = { code: await tamura.app.wrongCode(), next: '/desk' };
  for (let time = 0; time < times; time += 1)
    expect((await who.sends('POST', path, { fields })).status).toBe(422);
}

it('tells the owner of five wrong codes, whichever browsers gave them, once a day', async () => {
  const [known, stranger] = [running.visitor(), running.visitor()];
  await signsInAtDesk(known, tamura);
  await running.mailbox.isReadBy(tamura.email);
  await errs(known, 2, '/desk/confirmation');
  await givesPassword(stranger, tamura);
  await errs(stranger, 2);
  await running.mailbox.nothingFor(tamura.email);
  await errs(stranger, 1);
  const mail = await running.mailbox.mailTo(tamura.email, MANY_WRONG);
  expect(mail.text).toContain('/desk/me/password');
  await errs(stranger, 1);
  await running.mailbox.nothingFor(tamura.email);
});
