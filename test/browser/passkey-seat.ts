import type { Page } from 'playwright-core';
import type { Member } from '../support/people.js';
import { AuthenticatorApp } from '../support/second-factor.js';
import { VirtualAuthenticator } from '../support/virtual-authenticator.js';
import { Pointer } from './hands.js';
import type { Stage } from './stage.js';
import { comesSignedIn, submits } from './wizard.js';

export const PASSKEYS = '/me/second-factor/passkeys';
export const QUESTION = '/login/second-factor';

let devices: VirtualAuthenticator[] = [];

export async function allAreUnplugged(): Promise<void> {
  for (const device of devices) await device.isUnplugged();
  devices = [];
}

/** Another device in the place of the one before. */
export async function anotherIsPluggedIn(page: Page): Promise<void> {
  await devices.pop()!.isUnplugged();
  devices.push(await VirtualAuthenticator.pluggedIn(page));
}

export interface Seat {
  member: Member;
  app: AuthenticatorApp;
  page: Page;
  person: Pointer;
  device: VirtualAuthenticator;
}

/**
 * Somebody with an authenticator app, in front of the passkeys, with a device that can hold some.
 * @param offers the browser offers them in its list, where this device chooses at once
 */
export async function seated(stage: Stage, { offers = false } = {}): Promise<Seat> {
  const { corporation, entered } = await stage.newcomer();
  const given = { corporation, loginId: entered.loginId, name: '鈴木 次郎' };
  const member = await stage.genkan.people.administratorExists(given);
  const page = await stage.newPage();
  if (!offers)
    await page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
    });
  await comesSignedIn(page, member.loginId, member.password);
  await page.goto('/me/second-factor/totp');
  const app = new AuthenticatorApp(stage.genkan, (await page.locator('#totp-key').textContent())!);
  await submits(page, { newFactorCode: await app.code() });
  const device = await VirtualAuthenticator.pluggedIn(page);
  devices.push(device);
  await page.goto(PASSKEYS);
  return { member, app, page, person: new Pointer(page), device };
}

export async function adds(seat: Seat, name: string): Promise<void> {
  const { page, person } = seat;
  await person.fills('名前', name);
  await person.presses('今お使いの端末でパスキーを作成する');
  await confirmsChange(seat);
  await page.getByRole('rowheader', { name, exact: true }).waitFor();
}

/** The question before a change of factors. */
export async function confirmsChange({ page, app }: Seat): Promise<void> {
  await page.getByRole('heading', { name: '本人確認' }).waitFor();
  await submits(page, { code: await app.nextCode() });
}

/** In front of the question, with the password that was given just now. */
export async function isAsked({ page, person, member }: Seat): Promise<void> {
  await page.context().clearCookies({ name: 'session' });
  await page.goto('/login?next=%2Fme');
  await person.fills('ID', member.loginId);
  await person.fills('パスワード', member.password);
  await person.presses('ログイン');
  await page.waitForURL((url) => url.pathname === QUESTION);
}
