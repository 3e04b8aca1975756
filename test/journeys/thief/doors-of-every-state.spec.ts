import { startApp, type RunningApp } from '../../support/app.js';
import { CompanyStates, unregistered, type Unregistered } from '../../support/company-states.js';
import {
  ACCEPTED,
  answerIn,
  entersBy,
  followsPage,
  IN_REVIEW,
} from '../../support/followed-pages.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';

let running: RunningApp;
let states: CompanyStates;
beforeAll(async () => {
  running = await startApp();
  states = new CompanyStates(running);
});
afterAll(() => running.stop());

const EXIST = '409 すでに管理者が登録されています';
const NOBODY = '409 管理者がまだ登録されていません';
const LOST = '410 すでに管理者が登録されています';
const ENDED = '410 お申し込みは終わっています';
const FIRST = `200 ${ACCEPTED['/initiate']}`;
const NEXT = `200 ${ACCEPTED['/admin-enrollment']}`;
const CONFIRMS = '200 登録の確認';
const UNFINISHED = '200 登録がまだ完了していません';
const IN = 'TOPページ';

interface State {
  comes: (company: Unregistered) => Promise<unknown>;
  /**
   * What each door answers to the right pair; and to somebody who applied before, the mailed link and
   * the sign-in with the password.
   */
  answers: [initiate: string, succession: string, link: string, signIn: string];
  /** Where whoever does what the answer says is, once the mailbox is proved. */
  ends: string;
}

const STATES: Record<string, State> = {
  'nobody administers': {
    comes: async () => undefined,
    answers: [FIRST, NOBODY, CONFIRMS, UNFINISHED],
    ends: IN,
  },
  'the newcomer is on probation': {
    comes: (company) => states.thiefComesIn(company),
    answers: [EXIST, NEXT, LOST, LOST],
    ends: IN,
  },
  'the case is at the desk': {
    comes: (company) => states.isDisputed(company),
    answers: [FIRST, NOBODY, ENDED, ENDED],
    ends: IN_REVIEW,
  },
  'the case is at the desk, and nobody of it ever came to act': {
    comes: (company) => states.isStopped(company),
    answers: [FIRST, NOBODY, CONFIRMS, UNFINISHED],
    ends: IN_REVIEW,
  },
  'the named person did not come yet': {
    comes: (company) => states.isNamed(company),
    answers: [FIRST, NOBODY, ENDED, ENDED],
    ends: IN_REVIEW,
  },
  'the newcomer was sent away, and a review waits': {
    comes: (company) => states.isReviewed(company),
    answers: [FIRST, NOBODY, ENDED, ENDED],
    ends: IN_REVIEW,
  },
  'the desk let one of the others begin': {
    comes: (company) => states.isAllowed(company),
    answers: [FIRST, NOBODY, ENDED, ENDED],
    ends: IN_REVIEW,
  },
  'a succession is at the desk, and its administrator is frozen': {
    comes: (company) => states.isFrozen(company),
    answers: [FIRST, NOBODY, ENDED, ENDED],
    ends: IN_REVIEW,
  },
};

/** Somebody applies, and then the company comes into the state. */
async function comes(state: State) {
  const company = await unregistered(running);
  const { corporation, honest } = company;
  await registers(running.visitor(), corporation, honest);
  const link = await states.linkTo(honest.email);
  await state.comes(company);
  return { corporation, honest, link, person: running.visitor() };
}

describe.each(Object.entries(STATES))('where %s', (_, state) => {
  const [initiate, succession, ofLink, ofSignIn] = state.answers;

  it.each([
    ['/initiate', initiate],
    ['/admin-enrollment', succession],
  ] as const)('%s answers the right pair, and what it says works', async (door, answer) => {
    const { corporation, honest, person } = await comes(state);
    const who = applicant(`new-${honest.loginId}`);
    await entersBy(door, person, corporation, who);
    expect(answerIn(person)).toBe(answer);
    expect(await followsPage(running, person, corporation, who)).toBe(state.ends);
  });

  it('the link of before answers, and what it says works', async () => {
    const { corporation, honest, person, link } = await comes(state);
    await person.opens(link);
    expect(answerIn(person)).toBe(ofLink);
    if (ofLink !== CONFIRMS) {
      expect(await followsPage(running, person, corporation, honest)).toBe(state.ends);
      return;
    }
    await person.presses('登録を完了する');
    if (person.page.h1 !== IN_REVIEW) await signsIn(person, honest);
    expect(person.page.h1).toBe(state.ends);
  });

  it('the sign-in of before answers, and what it says works', async () => {
    const { corporation, honest, person } = await comes(state);
    await signsIn(person, honest);
    expect(answerIn(person)).toBe(ofSignIn);
    if (ofSignIn !== UNFINISHED) {
      expect(await followsPage(running, person, corporation, honest)).toBe(state.ends);
      return;
    }
    await person.presses('メールを再送する');
    await activates(person, await states.linkTo(honest.email));
    if (person.page.h1 !== IN_REVIEW) await signsIn(person, honest);
    expect(person.page.h1).toBe(state.ends);
  });
});
