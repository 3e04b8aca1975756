import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { CookieJar } from '../support/cookie-jar.js';
import { asksForEmail, isSignedIn, outcomesOf } from '../support/own-account.js';
import type { Corporation } from '../support/people.js';
import { asked, gives, sakuraExists, somebodyWithFactor } from '../support/second-factor.js';
import { twoTapsLeadWhereOneLeads, type Story } from '../support/two-taps.js';

let running: RunningApp;
let corporation: Corporation;
beforeAll(async () => {
  running = await startApp();
  corporation = await sakuraExists(running);
});
afterAll(() => running.stop());

const GO_ON = '操作を続ける';

/** Somebody whose factor was given a while ago. */
async function longSignedIn() {
  const equipped = await somebodyWithFactor(running, corporation);
  const person = await asked(running, equipped.member);
  await gives(person, await equipped.app.nextCode());
  const longAgo = "update sessions set factor_confirmed_at = genkan_now() - interval '6 minutes'";
  await running.pool.query(`${longAgo} where account_id = $1`, [equipped.member.id]);
  return { ...equipped, person };
}

/** The same, in front of the question, with its code filled in. */
async function interrupted(begin: (person: Visitor) => Promise<unknown>) {
  const equipped = await longSignedIn();
  const { person, app, member } = equipped;
  await begin(person);
  expect(person.page.h1).toBe('本人確認');
  const code = await app.nextCode();
  person.fills('確認コード', code);
  const hidden = person.page.root.querySelectorAll('main input[type=hidden]');
  const waiting = Object.fromEntries(
    hidden.map((field) => [field.getAttribute('name')!, field.getAttribute('value')!]),
  );
  return { person, member, waiting, fields: { ...waiting, code } };
}

const changesAddress = (to: string) => (person: Visitor) => asksForEmail(person, to);
const renewsCodes = async (person: Visitor) => {
  await person.opens('/me/second-factor/recovery-codes/renewal');
  await person.presses('新しく10個発行する');
};

const stories: Record<string, Story> = {
  'a change of the address': async () => [
    (await interrupted(changesAddress('twice@new.example'))).person,
    GO_ON,
  ],
  'new recovery codes': async () => [(await interrupted(renewsCodes)).person, GO_ON],
};

describe.each(Object.entries(stories))('two taps on the question before %s', (_, begin) => {
  it('lead where one leads', () => twoTapsLeadWhereOneLeads(begin));
});

describe('a form that goes on with a code', () => {
  it('leads its repetition where it led, however late that comes, and counts no wrong code', async () => {
    const { person, fields } = await interrupted(changesAddress('late@new.example'));
    const before = (await outcomesOf(running, 'password-confirmation')).length;
    const twin = person.tab(person.jar.copy());
    for (const browser of [person, twin]) {
      const answer = await browser.sends('POST', '/me/email', { fields });
      expect([answer.status, answer.headers.location]).toEqual([303, '/me/email']);
      expect(await isSignedIn(browser)).toBe(true);
    }
    const outcomes = await outcomesOf(running, 'password-confirmation');
    expect(outcomes.slice(before)).toEqual(['done']);
  });

  it('leads its repetition on where the act left no successor to the cookie', async () => {
    const { person, fields } = await interrupted(changesAddress('ended@new.example'));
    const twin = person.tab(person.jar.copy());
    await person.sends('POST', '/me/email', { fields });
    const renewed =
      "update sessions set secret_hash = decode(repeat('00', 32), 'hex') where id = $1";
    const [id] = person.jar.cookies.get('session')!.value.split('.');
    await running.pool.query(renewed, [id]);
    const answer = await twin.sends('POST', '/me/email', { fields });
    expect([answer.status, answer.headers.location]).toEqual([303, '/me/email']);
  });

  it('acts once when it is sent ten times at once', async () => {
    const { person, member, fields } = await interrupted(changesAddress('ten@new.example'));
    const twins = Array.from({ length: 10 }, () => person.tab(person.jar.copy()));
    const answers = await Promise.all(
      twins.map((twin) => twin.sends('POST', '/me/email', { fields })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303));
    for (const twin of twins) expect(await isSignedIn(twin)).toBe(true);
    const { rowCount } = await running.pool.query(
      'select from email_changes where account_id = $1',
      [member.id],
    );
    expect(rowCount).toBe(1);
  });

  it('gives its cookies to nobody without the code', async () => {
    const { person, waiting, fields } = await interrupted(changesAddress('thief@new.example'));
    const thief = person.tab(person.jar.copy());
    await person.sends('POST', '/me/email', { fields });
    for (const guess of [waiting, { ...waiting, code: '000000' }]) {
      const answer = await thief.sends('POST', '/me/email', { fields: guess });
      expect(answer.headers['set-cookie']?.join() ?? '').not.toContain('session=');
    }
    expect(await isSignedIn(thief)).toBe(false);
  });

  it('gives its cookies to nobody who tries codes out on it', async () => {
    const { person, waiting, fields } = await interrupted(changesAddress('tries@new.example'));
    const thief = person.jar.copy();
    await person.sends('POST', '/me/email', { fields });
    const tries = (code: string) =>
      person.tab(thief.copy()).sends('POST', '/me/email', { fields: { ...waiting, code } });
    for (let wrong = 0; wrong < 10; wrong += 1) await tries(String(wrong).repeat(6));
    const right = await tries(fields.code);
    expect(right.headers['set-cookie']?.join() ?? '').not.toContain('session=');
  });

  it('keeps its cookies and what it did for its own visit, however often others send it', async () => {
    const { person, fields } = await interrupted(changesAddress('others@new.example'));
    const twin = person.tab(person.jar.copy());
    await person.sends('POST', '/me/email', { fields });
    const stranger = running.visitor({ address: '10.97.0.1' });
    for (let times = 0; times < 11; times += 1) {
      const answer = await stranger.tab(new CookieJar()).sends('POST', '/me/email', { fields });
      expect(answer.headers['set-cookie']?.join() ?? '').not.toMatch(/session=\w/);
    }
    // A telephone that left its wireless network.
    twin.movesTo('10.96.0.1');
    const { headers } = await twin.sends('POST', '/me/email', { fields });
    expect(headers['set-cookie']?.join()).toMatch(/session=.*notice=/);
    expect(await isSignedIn(twin)).toBe(true);
  });

  it('keeps whoever sent a form with a mistake twice signed in, and leads back to it', async () => {
    const { person, fields } = await interrupted(changesAddress('no address'));
    const twin = person.tab(person.jar.copy());
    const [first, second] = await Promise.all(
      [person, twin].map((tab) => tab.sends('POST', '/me/email', { fields })),
    );
    expect([first!.status, second!.status].toSorted()).toEqual([303, 422]);
    for (const tab of [person, twin]) expect(await isSignedIn(tab)).toBe(true);
    const led = first!.status === 303 ? first! : second!;
    expect(led.headers.location).toBe('/me/email');
  });
});
