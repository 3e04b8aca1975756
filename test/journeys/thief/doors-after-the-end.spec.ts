import { startApp, type RunningApp } from '../../support/app.js';
import { CompanyStates, unregistered, type Unregistered } from '../../support/company-states.js';
import { answerIn, DOORS, entersBy, followsPage, leadsOf } from '../../support/followed-pages.js';
import { applicant, registers, signsIn } from '../../support/registration.js';
import { applies } from '../../support/succession.js';

let running: RunningApp;
let states: CompanyStates;
beforeAll(async () => {
  running = await startApp();
  states = new CompanyStates(running);
});
afterAll(() => running.stop());

const WAITS = '再開されると、期限までは同じURLから登録できます。';
const ENDED = '今は新しいお申し込みを受け付けられません。';

describe('where the company is closed', () => {
  it.each(DOORS)('%s answers as to a wrong pair', async (door) => {
    const { corporation, honest } = await unregistered(running);
    await states.closes(corporation);
    const person = running.visitor();
    await entersBy(door, person, corporation, honest);
    expect(person.page.status).toBe(422);
  });

  it.each([
    ['waits', async () => undefined, WAITS],
    ['was stopped by a case', (company: Unregistered) => states.isDisputed(company), ENDED],
    ['lost', (company: Unregistered) => states.thiefComesIn(company), ENDED],
  ] as const)(
    'the link and the sign-in of an application that %s say so, and lead to the desk alone',
    async (_, comes, sentence) => {
      const company = await unregistered(running);
      const { corporation, honest } = company;
      await registers(running.visitor(), corporation, honest);
      const link = await states.linkTo(honest.email);
      await comes(company);
      await states.closes(corporation);
      const person = running.visitor();
      await person.opens(link);
      for (const goes of [async () => undefined, () => signsIn(person, honest)]) {
        await goes();
        expect(person.page.status).toBe(410);
        expect(person.page.text).toContain('法人のご利用が停止されているため');
        expect(person.page.text).toContain(sentence);
        expect(leadsOf(person)).toEqual([]);
      }
    },
  );
});

describe('where a succession ended unproved, and nobody administers any more', () => {
  it('the sign-in leads to the door of today', async () => {
    const { corporation, honest } = await unregistered(running);
    const loginId = `gone-${honest.loginId}`;
    await running.people.administratorExists({ corporation, loginId, name: '佐藤 花子' });
    const who = applicant(`late-${honest.loginId}`);
    await applies(running.visitor(), corporation, who);
    await states.linkTo(who.email);
    await states.freezesAll(corporation);
    await running.clock.advance('25 hours');
    const person = running.visitor();
    await signsIn(person, who);
    expect(answerIn(person)).toBe('410 お申し込みは終わっています');
    expect(leadsOf(person)).toEqual(['/initiate']);
    expect(await followsPage(running, person, corporation, who)).toBe('TOPページ');
  });
});
