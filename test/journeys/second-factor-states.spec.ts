import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { Operator } from '../support/command.js';
import { asksSince15Days } from '../support/factor-policy.js';
import { listExists } from '../support/ip-lists.js';
import { companyExists, deletes, signedIn, type Company } from '../support/members.js';
import { isSignedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';
import { gives, hasFactor, isAsked, type Equipped } from '../support/second-factor.js';

const ADDRESS = '203.0.113.9';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
afterEach(() => running.clock.reset());

type Change = (company: Company) => Promise<unknown>;

interface State {
  /** Else 鈴木 of the staff. */
  who?: 'tanaka' | 'suzuki';
  change: Change;
  status: number;
  words: string;
}

const suspends = async (company: Company, who: 'tanaka' | 'suzuki') => {
  const person = await signedIn(running, company.sato);
  await person.opens(`/accounts/${company[who].id}/suspension`);
  await person.presses('利用を停止');
};

/** What an administrator, the desk or a case does to somebody with a factor, and what is told then. */
const STATES: Record<string, State> = {
  'a suspended account': {
    change: (company) => suspends(company, 'suzuki'),
    status: 403,
    words: 'このアカウントは利用を停止されているため',
  },
  'a suspended administrator': {
    who: 'tanaka',
    change: (company) => suspends(company, 'tanaka'),
    status: 403,
    words: 'このアカウントは利用を停止されているため',
  },
  'a deleted account': {
    change: (company) => deletes(running, company, company.suzuki),
    status: 403,
    words: 'このアカウントは削除されているため',
  },
  'a closed company': {
    change: ({ corporation: { corporateNumber } }) =>
      new Operator(running).types('corporation', 'close', corporateNumber, '--reason', '解約'),
    status: 403,
    words: '貴社のご利用が停止されているため',
  },
  'an address that the list refuses': {
    change: ({ corporation }) => listExists(running, corporation, ['198.51.100.0/24']),
    status: 403,
    words: 'アクセス制限エラー',
  },
  'a newcomer who is held': {
    change: ({ suzuki }) =>
      running.pool.query(
        `update accounts set held_until = genkan_now() + interval '1 day' where id = $1`,
        [suzuki.id],
      ),
    status: 200,
    words: '',
  },
};

/** Gives the right password at the login page. */
async function enters(member: Member): Promise<Visitor> {
  const person = running.visitor({ address: ADDRESS });
  await signsIn(person, member);
  return person;
}

/** All that somebody with the password sees before the factor. */
function seenOf({ posted, page }: Visitor): unknown {
  const shown = page.html
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, 'ID')
    .replaceAll(/[\da-f]{8}-[\da-f]{4}/g, 'NUMBER')
    .replaceAll(/nonce="[^"]+"/g, 'NONCE');
  return [posted!.status, posted!.headers.location, page.status, shown];
}

describe.each(Object.entries(STATES))(
  '%s',
  (_, { who = 'suzuki', change, status, words }: State) => {
    it('is told behind the factor alone', async () => {
      const company = await companyExists(running);
      const member = company[who];
      const { app } = await hasFactor(running, member);
      const before = seenOf(await enters(member));
      await change(company);
      const person = await enters(member);
      expect(seenOf(person)).toEqual(before);
      await gives(person, await app.wrongCode());
      expect(person.page.h1).toBe('確認コードの入力');
      await gives(person, await app.code());
      expect(person.page.status).toBe(status);
      expect(person.page.text).toContain(words);
      expect(await isSignedIn(person)).toBe(false);
    });

    it('that comes between password and factor counts', async () => {
      const company = await companyExists(running);
      const { app } = await hasFactor(running, company[who]);
      const person = await enters(company[who]);
      expect(isAsked(person)).toBe(true);
      await change(company);
      await gives(person, await app.code());
      expect(await isSignedIn(person)).toBe(false);
    });
  },
);

async function refused(): Promise<Equipped & { sato: Member }> {
  const { corporation, sato } = await companyExists(running);
  const equipped = await hasFactor(running, sato);
  await listExists(running, corporation, ['198.51.100.0/24']);
  return { sato, ...equipped };
}

describe('an administrator whom the list refuses', () => {
  it('reaches the emergency lane behind the factor alone', async () => {
    const { sato, app } = await refused();
    const person = await enters(sato);
    const fields = { act: 'ticket', ticket: 'AAAABBBBCCCC', password: sato.password };
    const early = await person.sends('POST', '/ip-restriction/access', { fields });
    expect([early.status, early.headers.location]).toEqual([303, '/login']);
    await gives(person, await app.code());
    expect(person.page.h1).toBe('アクセス制限エラー');
    const late = await person.sends('POST', '/ip-restriction/access', { fields });
    expect(late.status).toBe(422);
    expect(late.text).toContain('この番号では開けません。');
  });
});

it('one of the staff whom the list refuses has no emergency lane behind the factor either', async () => {
  const { corporation, suzuki } = await companyExists(running);
  const { app } = await hasFactor(running, suzuki);
  await asksSince15Days(running, 'everybody', corporation);
  await listExists(running, corporation, ['198.51.100.0/24']);
  const person = await enters(suzuki);
  await gives(person, await app.code());
  expect(person.page.h1).toBe('アクセス制限エラー');
  expect(person.page.text).not.toContain('緊急用チケット');
  const fields = { act: 'ticket', ticket: 'AAAABBBBCCCC', password: suzuki.password };
  const used = await person.sends('POST', '/ip-restriction/access', { fields });
  expect(used.status).toBe(403);
  expect(await isSignedIn(person)).toBe(false);
});

it('a wrong password tells nothing of a factor', async () => {
  const { sato, suzuki } = await companyExists(running);
  await hasFactor(running, suzuki);
  const answers: unknown[] = [];
  for (const member of [sato, suzuki, { ...suzuki, loginId: 'nobody-at-all' }]) {
    const person = running.visitor();
    const fields = { loginId: member.loginId, password: 'wrong-2026-password', next: '/' };
    const { status, headers, text } = await person.sends('POST', '/login', { fields });
    const cookies = [headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split('=')[0]);
    const shown = text
      .replaceAll(member.loginId, 'LOGIN')
      .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, 'ID')
      .replaceAll(/[\da-f]{8}-[\da-f]{4}/g, 'NUMBER')
      .replaceAll(/nonce="[^"]+"/g, 'NONCE');
    answers.push([status, cookies, shown]);
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});
