import { startApp, type RunningApp } from '../../support/app.js';
import { CompanyStates, unregistered } from '../../support/company-states.js';
import { answerIn, entersBy, DOORS } from '../../support/followed-pages.js';
import { guesses, isUsed, neutral, provesBehind, wrong } from '../../support/proof.js';

let running: RunningApp;
let states: CompanyStates;
beforeAll(async () => {
  running = await startApp();
  states = new CompanyStates(running);
});
afterAll(() => running.stop());

/** Behind the mailed link, with and without a case: nobody administers the company. */
const OPENED = {
  '/initiate': '登録のお申し込みを受け付けました',
  '/admin-enrollment': '管理者がまだ登録されていません',
};

describe.each(DOORS)('%s tells nobody of a case at the desk', (door) => {
  it('who does not have both numbers', async () => {
    const [disputed, quiet] = [await unregistered(running), await unregistered(running)];
    await states.isDisputed(disputed);
    const answers = [];
    for (const { corporation } of [disputed, quiet]) {
      const { corporateNumber } = corporation;
      const { status, text } = await guesses(running.visitor(), corporateNumber, { door });
      answers.push([status, neutral(text, corporateNumber)]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('who has both numbers', async () => {
    const [disputed, quiet] = [await unregistered(running), await unregistered(running)];
    await states.isDisputed(disputed);
    const answers = [];
    for (const { corporation, honest } of [disputed, quiet]) {
      const person = running.visitor();
      await entersBy(door, person, corporation, honest);
      answers.push(answerIn(person));
    }
    expect(answers[0]).toBe(answers[1]);
  });

  it('who has not proved the mailbox, where numbers are compared behind the mailed link', async () => {
    const company = await unregistered(running);
    const { corporation, honest } = company;
    await states.isDisputed(company);
    await isUsed(running, 10, `proof:company:${corporation.corporateNumber}`);
    const pages = [];
    for (const shown of [corporation, wrong(corporation)]) {
      const who = { ...honest, email: `${pages.length}-${honest.email}` };
      const person = running.visitor();
      await entersBy(door, person, shown, who);
      const before = neutral(person.page.text, who.email);
      const link = await states.linkTo(who.email);
      await person.opens(link);
      const at = person.page.h1;
      await provesBehind(link, person);
      pages.push([before, at, person.page.h1]);
    }
    const [right, wrongPair] = pages;
    expect(right!.slice(0, 2)).toEqual(wrongPair!.slice(0, 2));
    expect(right![2]).toBe(OPENED[door]);
    expect(wrongPair![2]).toBe('番号を確認できませんでした');
  });
});
