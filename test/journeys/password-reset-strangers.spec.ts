import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Answer } from '../support/http.js';
import { isUsed } from '../support/proof.js';
import { newLink, shownLink } from '../support/recovery.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  await hasMailbox('1111111', 'ito@sakura.example');
});
afterAll(() => running.stop());

async function hasMailbox(corporateNumber: string, ...emails: string[]): Promise<void> {
  const name = `株式会社第${corporateNumber}`;
  const corporation = await running.people.corporationExists({ corporateNumber, name });
  for (const email of emails)
    await running.people.administratorExists({
      corporation,
      loginId: email,
      name: '伊藤 健',
      email,
    });
}

async function opensLink(email: string): Promise<Visitor> {
  const person = running.visitor();
  await person.sends('GET', await newLink(running, email));
  return person;
}

async function tries(person: Visitor, transferAccountNumber: string): Promise<Answer> {
  const fields = {
    corporateNumber: '1111111',
    transferAccountNumber,
    link: await shownLink(person),
  };
  return person.sends('POST', '/password-reset/numbers', { fields });
}

const succeeds = async (person: Visitor) => (await tries(person, '0012345')).status === 303;

describe('the recovery of a person with a live link and the right pair', () => {
  it('goes on after 110 wrong pairs from eleven mailboxes of one customer', async () => {
    const ito = await opensLink('ito@sakura.example');
    const guessers = Array.from({ length: 11 }, (_, index) => `guesser-${index}@karatachi.example`);
    await hasMailbox('7777777', ...guessers);
    for (const email of guessers) {
      for (let link = 1; link <= 2; link += 1) {
        const guesser = await opensLink(email);
        for (let guess = 1; guess <= 5; guess += 1)
          expect((await tries(guesser, '7654321')).status).toBe(422);
      }
      expect((await tries(await opensLink(email), '7654321')).status).toBe(429);
    }
    expect(await succeeds(ito)).toBe(true);
    expect(await succeeds(await opensLink('ito@sakura.example'))).toBe(true);
  });

  it('goes on whatever strangers who want to register used up', async () => {
    const keys = ['company', 'mail:own', 'mail:others'].map((key) => `proof:${key}:1111111`);
    await isUsed(running, 1000, 'proof:failures', ...keys);
    expect(await succeeds(await opensLink('ito@sakura.example'))).toBe(true);
  });
});
