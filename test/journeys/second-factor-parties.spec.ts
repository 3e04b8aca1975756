import { startApp, type RunningApp } from '../support/app.js';
import { signsIn } from '../support/registration.js';
import { gives, hasFactor } from '../support/second-factor.js';
import { objectionLink, objects, takesOver } from '../support/succession.js';
import { covetedCompany } from '../support/thief.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('taking a factor off rests for the parties of a case that is at the desk', async () => {
  const coveted = await covetedCompany(running);
  const { sato, yamada } = coveted;
  const kato = coveted.kato!;
  const own = await hasFactor(running, sato);
  await hasFactor(running, kato);
  await hasFactor(running, yamada);
  await takesOver(running, coveted);
  await objects(running.visitor(), await objectionLink(running, sato));
  const person = running.visitor();
  await signsIn(person, sato);
  await gives(person, await own.app.nextCode());
  const fields = { code: await own.app.nextCode() };
  const statuses = [];
  for (const { id } of [kato, yamada])
    statuses.push((await person.sends('POST', `/accounts/${id}/second-factor`, { fields })).status);
  expect(statuses).toEqual([409, 303]);
});
