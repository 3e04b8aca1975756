import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import { Operator } from './command.js';
import { AuthenticatorApp, shownCodes } from './second-factor.js';

export interface DeskPerson {
  loginId: string;
  name: string;
  email: string;
  password: string;
  app: AuthenticatorApp;
  /** As printed. */
  codes: string[];
}

/** Who sits in front of the browser with these cookies. */
const seated = new WeakMap<Visitor['jar'], DeskPerson>();

const PASSWORD = 'momiji-7342-kawa';

/** A new person of the desk, up to the mail. */
export async function isInvited(
  running: RunningApp,
  { loginId, name, role = 'clerk' }: { loginId: string; name: string; role?: string },
) {
  const email = `${loginId}@desk.example`;
  const words = [loginId, '--name', name, '--email', email, '--role', role];
  const { exitCode, err } = await new Operator(running).types('create-operator', ...words);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  return { loginId, name, email };
}

/** The newest link, on this application's own address. */
export async function setUpLink(running: RunningApp, email: string): Promise<string> {
  const mail = await running.mailbox.mailTo(email, '担当窓口のログインの設定');
  const [, path] = /https?:\/\/[^/\s]+(\/desk\/set-up\/\S+)/.exec(mail.text)!;
  return path!;
}

/** From the link in the mail to the sign-in. */
export async function setsUp(
  running: RunningApp,
  person: Visitor,
  { email, ...known }: { loginId: string; name: string; email: string },
  password = PASSWORD,
): Promise<DeskPerson> {
  await person.opens(await setUpLink(running, email));
  person.fills('パスワード', password);
  person.fills('パスワード確認', password);
  await person.presses('次へ進む');
  const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
  person.fills('確認コード', await app.code());
  await person.presses('確認して設定する');
  const codes = shownCodes(person);
  await person.presses('控えたのでログインへ進む');
  await running.clock.advance('1 minute');
  return { ...known, email, password, app, codes };
}

/** Nobody at the desk is new, or bound to the one who added the person. */
async function beganLongAgo({ pool }: RunningApp, loginId: string): Promise<void> {
  const began =
    "update operators set second_word_from = null, let_in_by = '[]' where login_id = $1";
  await pool.query(began, [loginId]);
}

/** Somebody of the desk who can sign in, and is there for long. */
export async function deskPersonExists(
  running: RunningApp,
  given: { loginId: string; name: string; role?: string },
): Promise<DeskPerson> {
  const person = await setsUp(running, running.visitor(), await isInvited(running, given));
  await beganLongAgo(running, given.loginId);
  return person;
}

export async function signsInAtDesk(person: Visitor, known: DeskPerson): Promise<void> {
  await givesPassword(person, known);
  person.fills('確認コード', await known.app.nextCode());
  await person.presses('ログイン');
  seated.set(person.jar, known);
}

/** In front of the question for the factor, where it is asked. @returns whether it was */
export async function provesAtDesk(person: Visitor): Promise<boolean> {
  if (person.page.h1 !== '本人確認') return false;
  person.fills('確認コード', await seated.get(person.jar)!.app.nextCode());
  await person.presses('操作を続ける');
  return true;
}

/** The factor, given for a page beforehand. */
export async function provesFor(person: Visitor, path: string): Promise<void> {
  await person.opens(`/desk/confirmation?next=${path}`);
  await provesAtDesk(person);
}

/** A button that asks for the factor in the act itself, up to the end. */
export async function pressesAtDesk(person: Visitor, button: string): Promise<void> {
  await person.presses(button);
  if (await provesAtDesk(person)) await person.presses(button);
}

/** Up to the question for the code. */
export async function givesPassword(
  person: Visitor,
  { loginId, password }: Pick<DeskPerson, 'loginId' | 'password'>,
): Promise<void> {
  await person.opens('/desk/login');
  person.fills('ID', loginId);
  person.fills('パスワード', password);
  await person.presses('ログイン');
}
