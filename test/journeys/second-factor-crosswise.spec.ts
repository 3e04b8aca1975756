import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { proved } from '../support/factor-recovery.js';
import { companyExists } from '../support/members.js';
import { asksForEmail } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { asked, gives, hasFactor, type Equipped } from '../support/second-factor.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

interface Owner extends Equipped {
  member: Member;
}

async function owner(): Promise<Owner> {
  const { suzuki: member } = await companyExists(running);
  return { member, ...(await hasFactor(running, member)) };
}

/** Sends a code in answer to a question. @returns whether it counted */
type Answering = (code: string) => Promise<boolean>;

const hidden = ({ page }: Visitor) =>
  Object.fromEntries(
    page.root
      .querySelectorAll('main form input[type=hidden]')
      .map((field) => [field.getAttribute('name')!, field.getAttribute('value') ?? '']),
  );

function answering(person: Visitor, path: string, field = 'code'): Answering {
  const fields = hidden(person);
  return async (code) => {
    const { status } = await person.sends('POST', path, { fields: { ...fields, [field]: code } });
    return status === 303;
  };
}

async function signedInByNext({ member, app }: Owner): Promise<Visitor> {
  const person = await asked(running, member);
  await gives(person, await app.nextCode());
  return person;
}

/** Each place that takes a code, and what leads in front of it. */
const PLACES: Record<string, (owner: Owner) => Promise<Answering>> = {
  'the sign-in': async ({ member }) =>
    answering(await asked(running, member), '/login/second-factor'),
  'a recovery': async ({ member }) => {
    const person = await proved(running, member);
    return answering(person, person.page.path);
  },
  'the question': async (given) => {
    const person = await signedInByNext(given);
    const long = "update sessions set factor_confirmed_at = genkan_now() - interval '6 minutes'";
    await running.pool.query(`${long} where account_id = $1`, [given.member.id]);
    await asksForEmail(person, `new-${given.member.email}`);
    return answering(person, '/me/email');
  },
};

/** Takes no codes of the paper. */
const APP_PLACES = {
  ...PLACES,
  'the trial of the app': async (given: Owner) => {
    const person = await signedInByNext(given);
    await person.opens('/me/second-factor');
    return answering(person, '/me/second-factor', 'testedFactorCode');
  },
};

type Places = typeof PLACES;
type CodeOf = (owner: Owner) => Promise<string>;

const KINDS: [kind: string, codeOf: CodeOf, places: Places][] = [
  ['a code of the app', ({ app }) => app.nextCode(), APP_PLACES],
  ['a recovery code', ({ codes }) => Promise.resolve(codes[0]!), PLACES],
];

describe.each(KINDS)('%s', (_, codeOf, places) => {
  async function inFrontOfAll() {
    const given = await owner();
    const answers: Answering[] = [];
    for (const place of Object.values(places)) answers.push(await place(given));
    return { answers, code: await codeOf(given) };
  }

  it.each(Object.keys(places).map((name, at) => [name, at] as const))(
    'that counted for %s counts nowhere else',
    async (__, first) => {
      const { answers, code } = await inFrontOfAll();
      expect(await answers[first]!(code)).toBe(true);
      const others = answers.filter((___, at) => at !== first);
      for (const answer of others) expect(await answer(code)).toBe(false);
    },
  );

  it('that is given at all places at once counts at one', async () => {
    const { answers, code } = await inFrontOfAll();
    const counted = await Promise.all(answers.map((answer) => answer(code)));
    expect(counted.filter(Boolean)).toHaveLength(1);
  });
});
