import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import { switchesTo } from './factor-policy.js';
import { signedIn } from './own-account.js';
import { AuthenticatorApp, setsUpFactor, shownCodes, type Equipped } from './second-factor.js';
import { applies, leftBehind, type LeftBehind } from './succession.js';

/** A company that asks a factor of its administrators since now, whose 佐藤 has one. */
export interface Asking extends LeftBehind {
  person: Visitor;
  equipped: Equipped;
}

export async function askingCompany(running: RunningApp, others = 0): Promise<Asking> {
  const left = await leftBehind(running, others);
  const person = await signedIn(running, left.sato);
  const equipped = await setsUpFactor(running, person);
  await switchesTo(person, 'administrators');
  await running.clock.advance('1 minute');
  return { ...left, person, equipped };
}

/** 鈴木 in front of the page behind the mailed link. */
export async function opensActivation(
  running: RunningApp,
  { corporation, suzuki }: LeftBehind,
  newcomer: Visitor = running.visitor(),
): Promise<Visitor> {
  await applies(newcomer, corporation, suzuki);
  const mail = await running.mailbox.mailTo(suzuki.email);
  await newcomer.opens(running.mailbox.linkIn(mail));
  return newcomer;
}

/** The app reads the picture of the page. */
export function readsPicture(running: RunningApp, newcomer: Visitor): AuthenticatorApp {
  return new AuthenticatorApp(running, newcomer.page.content('#totp-key').text);
}

/** Up to the page with the recovery codes. */
export async function completesWithFactor(
  running: RunningApp,
  newcomer: Visitor,
): Promise<Equipped> {
  const app = readsPicture(running, newcomer);
  newcomer.fills('確認コード', await app.code());
  await newcomer.presses('登録を完了する');
  return { app, codes: shownCodes(newcomer) };
}
