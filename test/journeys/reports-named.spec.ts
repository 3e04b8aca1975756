import { startApp, type RunningApp } from '../support/app.js';
import { companyExists, type Company } from '../support/members.js';
import { signedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { setsUpFactor } from '../support/second-factor.js';

let running: RunningApp;
let place: Company;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  place = await companyExists(running);
});

interface Report {
  happens: (member: Member) => Promise<void>;
  button: string;
}

const reports: Record<string, Report> = {
  'a sign-in': {
    happens: async (member) => {
      await signedIn(running, member);
      await signedIn(running, member);
    },
    button: 'すべての端末からログアウトする',
  },
  'a second factor': {
    happens: async (member) => {
      await setsUpFactor(running, await signedIn(running, member));
    },
    button: '2段階認証を解除し、パスワードを使えなくする',
  },
};

describe.each(Object.entries(reports))('the report of %s', (_, { happens, button }) => {
  it('names whose account it is, in both of two tabs and when it is done', async () => {
    const { sato, suzuki } = place;
    const links: string[] = [];
    for (const member of [sato, suzuki]) {
      await happens(member);
      links.push(running.mailbox.linkIn(await running.mailbox.mailTo(member.email)));
    }
    const person = running.visitor();
    await person.opens(links[0]!);
    expect(person.page.facts['氏名']).toBe(`${sato.name} 様`);
    expect(person.page.facts['法人名']).toBe(place.corporation.name);
    const other = person.tab();
    await other.opens(links[1]!);
    expect(other.page.facts['氏名']).toBe(`${suzuki.name} 様`);
    await person.presses(button);
    expect(person.page.status).toBe(409);
    expect(person.page.facts['氏名']).toBe(`${suzuki.name} 様`);
    await other.presses(button);
    expect(other.page.path).toContain('/completed');
    expect(other.page.facts['氏名']).toBe(`${suzuki.name} 様`);
    await person.opens(links[0]!);
    await other.reloads();
    expect(other.page.facts['氏名']).toBeUndefined();
  });
});
