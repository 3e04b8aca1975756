import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { proved } from '../support/factor-recovery.js';
import { formOn } from '../support/form-post.js';
import type { Corporation, Member } from '../support/people.js';
import {
  asked,
  gives,
  sakuraExists,
  somebodyWithFactor,
  type AuthenticatorApp,
} from '../support/second-factor.js';
import { questionTo, SoftwareKey } from '../support/software-key.js';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
});
afterAll(() => running.stop());

/** Of a passkey that counted up to 40. */
interface Owner {
  member: Member;
  app: AuthenticatorApp;
  key: SoftwareKey;
}

async function owner(): Promise<Owner> {
  const { member, app } = await somebodyWithFactor(running, sakura);
  const key = new SoftwareKey();
  await key.isOf(running, member);
  return { member, app, key };
}

async function signedIn({ member, app }: Owner): Promise<Visitor> {
  const person = await asked(running, member);
  await gives(person, await app.nextCode());
  return person;
}

/** A page that a passkey answers. */
interface Ceremony {
  opens: (owner: Owner) => Promise<Visitor>;
  button: string;
  field: string;
}

const CEREMONIES: Record<string, Ceremony> = {
  'a sign-in': {
    opens: ({ member }) => asked(running, member),
    button: 'ログイン',
    field: 'factorPasskey',
  },
  'a recovery': {
    opens: ({ member }) => proved(running, member),
    button: '確認',
    field: 'factorPasskey',
  },
  'a confirmation': {
    opens: async (own) => {
      const person = await signedIn(own);
      await running.clock.advance('6 minutes');
      await person.opens('/me/second-factor/recovery-codes/renewal');
      await person.presses('新しく10個発行する');
      return person;
    },
    button: '操作を続ける',
    field: 'factorPasskey',
  },
  'a test': {
    opens: async (own) => {
      const person = await signedIn(own);
      await person.opens('/me/second-factor');
      return person;
    },
    button: '確認コードを試す',
    field: 'testedFactorPasskey',
  },
};

async function answers(person: Visitor, { button, field }: Ceremony, answer: string) {
  return (await formOn(person, button, { typed: { [field]: answer } })()).status;
}

const PAIRS = Object.keys(CEREMONIES).flatMap((from) =>
  Object.keys(CEREMONIES).flatMap((to) => (from === to ? [] : [[from, to] as const])),
);

it.each(PAIRS)('the answer to the question of %s is none to that of %s', async (from, to) => {
  const own = await owner();
  const given = questionTo(await CEREMONIES[from]!.opens(own));
  const ceremony = CEREMONIES[to]!;
  const person = await ceremony.opens(own);
  const signed = (question: typeof given, counter: number) =>
    own.key.answer({ ...question, origin: running.url, counter });
  expect(await answers(person, ceremony, signed(given, 41))).toBe(422);
  expect(await answers(person, ceremony, signed(questionTo(person), 42))).toBe(303);
});
