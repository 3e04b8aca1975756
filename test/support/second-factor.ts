import { hotp, stepAt } from '../../src/auth/second-factor/totp.js';
import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import { textOf } from './page.js';
import type { Corporation, Member } from './people.js';
import { signsIn } from './registration.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An authenticator app that read a picture, or whose owner typed the key. */
export class AuthenticatorApp {
  readonly #secret: Buffer;

  constructor(
    private readonly running: RunningApp,
    key: string,
  ) {
    const bits = [...key.replaceAll(' ', '')].map((letter) =>
      BASE32.indexOf(letter).toString(2).padStart(5, '0'),
    );
    this.#secret = Buffer.from(
      bits
        .join('')
        .match(/.{8}/g)!
        .map((byte) => parseInt(byte, 2)),
    );
  }

  /** What it shows now. @param ahead of a telephone whose clock is so many steps fast */
  async code(ahead = 0): Promise<string> {
    return hotp(this.#secret, stepAt(await this.running.clock.now()) + ahead);
  }

  /** The next one that it shows. */
  async nextCode(): Promise<string> {
    await this.running.clock.advance('30 seconds');
    return this.code();
  }

  async wrongCode(): Promise<string> {
    const right = await Promise.all([-1, 0, 1].map((ahead) => this.code(ahead)));
    return ['111111', '222222', '333333', '444444'].find((code) => !right.includes(code))!;
  }
}

export interface Equipped {
  app: AuthenticatorApp;
  /** As printed. */
  codes: string[];
}

/** From the own account to the page with the recovery codes. */
export async function setsUpFactor(running: RunningApp, person: Visitor): Promise<Equipped> {
  await person.opens('/me/second-factor');
  await person.follows('認証アプリを設定する');
  const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
  person.fills('確認コード', await app.code());
  await person.presses('確認して設定する');
  return { app, codes: shownCodes(person) };
}

export function shownCodes(person: Visitor): string[] {
  return person.page.root.querySelectorAll('#recovery-codes li').map(textOf);
}

/** Somebody who has a factor since a while, and no session. */
export async function hasFactor(running: RunningApp, member: Member): Promise<Equipped> {
  const person = running.visitor();
  await signsIn(person, member);
  const equipped = await setsUpFactor(running, person);
  await running.clock.advance('1 minute');
  return equipped;
}

export async function gives(person: Visitor, code: string): Promise<void> {
  person.fills('確認コード', code);
  await person.presses('ログイン');
}

/** In front of the question before a change of the own factors. */
export async function confirmsChange(person: Visitor, code: string): Promise<void> {
  expect(person.page.h1).toBe('本人確認');
  person.fills('確認コード', code);
  await person.presses('操作を続ける');
}

export async function givesRecoveryCode(person: Visitor, code: string): Promise<void> {
  await person.follows('認証アプリが使えないときは、リカバリーコードを使う');
  person.fills('リカバリーコード', code);
  await person.presses('ログイン');
}

export function isAsked(person: Visitor): boolean {
  return person.page.path.startsWith('/login/second-factor');
}

/** A company with its administrator. */
export async function sakuraExists(running: RunningApp): Promise<Corporation> {
  const given = { corporateNumber: '1234567', name: '株式会社さくら' };
  const corporation = await running.people.corporationExists(given);
  await running.people.administratorExists({ corporation, loginId: 'sato', name: '佐藤 花子' });
  return corporation;
}

let people = 0;

/** Another one of the company's people, who set a factor up a minute ago. */
export async function somebodyWithFactor(
  running: RunningApp,
  corporation: Corporation,
  as: 'staff' | 'administrator' = 'staff',
): Promise<Equipped & { member: Member }> {
  people += 1;
  const given = { corporation, loginId: `equipped-${people}`, name: '鈴木 次郎' };
  const member = await running.people[`${as}Exists`](given);
  return { member, ...(await hasFactor(running, member)) };
}

/** A new browser of somebody with a factor, in front of the question. */
export async function asked(running: RunningApp, member: Member): Promise<Visitor> {
  const person = running.visitor();
  await signsIn(person, member);
  expect(isAsked(person)).toBe(true);
  return person;
}

/** In a session of somebody whose first factor can be reported no more; the last code is not fresh. */
export async function longEquipped(running: RunningApp, member: Member) {
  const { app, codes } = await hasFactor(running, member);
  await running.mailbox.isReadBy(member.email);
  await running.clock.advance('80 hours');
  const person = await asked(running, member);
  await gives(person, await app.code());
  await running.mailbox.isReadBy(member.email);
  await running.clock.advance('10 minutes');
  return { person, app, codes };
}
