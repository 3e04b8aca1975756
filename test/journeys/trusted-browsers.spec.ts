import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { answers, proved } from '../support/factor-recovery.js';
import { companyExists, type Company } from '../support/members.js';
import { isSignedIn, outcomesOf, signedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { choosesPassword, NEW_PASSWORD } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';
import {
  confirmsChange,
  gives,
  hasFactor,
  isAsked,
  type Equipped,
} from '../support/second-factor.js';

const TRUST = '今お使いの端末では、30日間、確認コードの入力を省略する';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

interface Trusting extends Equipped {
  company: Company;
  member: Member;
  /** Signed in, in a browser that is not asked again. */
  person: Visitor;
}

async function trusting(): Promise<Trusting> {
  const company = await companyExists(running);
  const member = company.suzuki;
  const equipped = await hasFactor(running, member);
  const person = await trusts(member, await equipped.app.code());
  return { company, member, person, ...equipped };
}

async function trusts(member: Member, code: string): Promise<Visitor> {
  const person = running.visitor();
  await signsIn(person, member);
  person.checks(TRUST);
  await gives(person, code);
  expect(await isSignedIn(person)).toBe(true);
  return person;
}

/** Signs out and gives the password again. */
async function comesAgain(person: Visitor, member: Member): Promise<boolean> {
  await person.sends('POST', '/logout', { fields: {} });
  await signsIn(person, member);
  return isAsked(person);
}

it('a browser that a thief made trusted ends with the recovery codes that its owner makes anew', async () => {
  const { member, person: thief, app } = await trusting();
  const owner = running.visitor();
  await running.clock.advance('1 minute');
  await signsIn(owner, member);
  await gives(owner, await app.code());
  await owner.opens('/me/second-factor/recovery-codes/renewal');
  await owner.presses('新しく10個発行する');
  await confirmsChange(owner, await app.nextCode());
  expect(owner.page.notice).toContain('リカバリーコードを新しく発行しました。');
  expect(await isSignedIn(thief)).toBe(false);
  await signsIn(thief, member);
  expect(isAsked(thief)).toBe(true);
});

describe('a trusted browser', () => {
  it('is not asked for 30 days, to the second, and is asked then', async () => {
    const { member, person } = await trusting();
    expect(await comesAgain(person, member)).toBe(false);
    expect(person.page.path).toBe('/');
    await running.clock.advance('20 days');
    expect(await comesAgain(person, member)).toBe(false);
    await running.clock.advance('9 days 23 hours 59 minutes 59 seconds');
    expect(await comesAgain(person, member)).toBe(false);
    await running.clock.advance('1 second');
    expect(await comesAgain(person, member)).toBe(true);
  });

  it('is one by choice alone, and goes on being one where the choice is not made again', async () => {
    const { member, app } = await trusting();
    const other = running.visitor();
    await signsIn(other, member);
    await gives(other, await app.nextCode());
    expect(await comesAgain(other, member)).toBe(true);
  });

  it('is trusted with one account, and by its cookie', async () => {
    const { member, person } = await trusting();
    const yours = await trusting();
    expect(await comesAgain(person, yours.member)).toBe(true);
    const thief = running.visitor();
    const [id = ''] = yours.person.jar.cookies.get('device')!.value.split('.');
    thief.jar.cookies.set('device', { value: `${id}.${'A'.repeat(43)}.x`, attributes: '' });
    await signsIn(thief, yours.member);
    expect(isAsked(thief)).toBe(true);
    expect(member.id).not.toBe(yours.member.id);
  });

  it('is asked for the factor before its changes all the same', async () => {
    const { member, person } = await trusting();
    await comesAgain(person, member);
    await person.opens('/me/second-factor/removal');
    await person.presses('2段階認証を解除する');
    expect(person.page.h1).toBe('本人確認');
  });
});

describe('the list of trusted browsers', () => {
  it('stands beside the sessions, and each can be ended', async () => {
    const { member, person, app } = await trusting();
    const other = await trusts(member, await app.nextCode());
    await person.opens('/me/sessions');
    expect(person.page.text).toContain('確認コードを省略する端末');
    const rows = person.page.root.querySelectorAll('table').at(-1)!.querySelectorAll('tbody tr');
    expect(rows.map(({ structuredText }) => structuredText.includes('今お使いの端末'))).toEqual([
      true,
      false,
    ]);
    expect(rows[0]!.structuredText).toMatch(/Windows の Firefox[^]*11\/22 9:01[^]*12\/22 9:01/);
    await person.presses('省略をやめる', '今お使いの端末');
    expect(person.page.notice).toContain('確認コードをお願いします。');
    expect((await outcomesOf(running, 'trust-end')).at(-1)).toBe('done');
    expect(await comesAgain(person, member)).toBe(true);
    expect(await comesAgain(other, member)).toBe(false);
  });

  it('knows none of anybody else', async () => {
    const { person } = await trusting();
    const yours = await trusting();
    const [deviceId = ''] = yours.person.jar.cookies.get('device')!.value.split('.');
    for (const id of [deviceId, 'x', '']) {
      const fields = { act: 'end-trust', deviceId: id };
      await person.sends('POST', '/me/sessions', { fields });
      await person.opens('/me/sessions');
      expect(person.page.notice).toContain('省略は、すでに終わっています。');
    }
    expect(await comesAgain(yours.person, yours.member)).toBe(false);
  });
});

/** What ends all trust of an account; the password from then on is returned where it is another. */
const ENDS: Record<string, (trusting: Trusting) => Promise<string | void>> = {
  'a new password': async ({ person, member }) => {
    const password = 'yama-no-ue-2031';
    await person.opens('/me/password');
    person.fills('現在のパスワード', member.password);
    person.fills('新パスワード', password);
    person.fills('パスワード確認', password);
    await person.presses('パスワードを変更する');
    return password;
  },
  'a recovery': async ({ member, app }) => {
    const person = await proved(running, member);
    await answers(person, await app.nextCode());
    await choosesPassword(person);
    await person.presses('登録');
    return NEW_PASSWORD;
  },
  'another role': async ({ company, member }) => {
    const sato = await signedIn(running, company.sato);
    await sato.opens(`/accounts/${member.id}`);
    const version = sato.page.content('[name=version]').getAttribute('value')!;
    const fields = {
      name: member.name,
      nameKana: 'スズキ イチロウ',
      role: 'administrator',
      version,
    };
    const answer = await sato.sends('POST', `/accounts/${member.id}`, { fields });
    expect(answer.status).toBe(303);
  },
  'all sessions ended by an administrator': async ({ company, member }) => {
    const sato = await signedIn(running, company.sato);
    await sato.opens(`/accounts/${member.id}`);
    await sato.presses('すべての端末からログアウトさせる');
  },
};

it.each(Object.entries(ENDS))('%s ends it', async (_, end) => {
  const before = await trusting();
  const password = (await end(before)) ?? before.member.password;
  expect(await comesAgain(before.person, { ...before.member, password })).toBe(true);
});

it('a factor that is removed and set up again does not find the former trust', async () => {
  const { member, person, app } = await trusting();
  const other = await trusts(member, await app.nextCode());
  await running.clock.advance('10 minutes');
  await person.opens('/me/second-factor/removal');
  await person.presses('2段階認証を解除する');
  await confirmsChange(person, await app.code());
  await hasFactor(running, member);
  for (const browser of [person, other]) expect(await comesAgain(browser, member)).toBe(true);
});
