import { startApp, type RunningApp } from '../support/app.js';
import { isInvited, setUpLink } from '../support/desk.js';
import { CHOSEN_PASSWORD } from '../support/invitation.js';
import { listOf } from '../support/invitation-import.js';
import {
  beginsRemoval,
  enrolmentLink,
  lossMail,
  reportsLoss,
  smallCompany,
} from '../support/lost-factor.js';
import { signedIn } from '../support/own-account.js';
import type { Corporation } from '../support/people.js';
import {
  asked,
  AuthenticatorApp,
  sakuraExists,
  setsUpFactor,
  somebodyWithFactor,
} from '../support/second-factor.js';
import {
  filled,
  numbersOf,
  twoTapsLeadWhereOneLeads,
  typedTwice,
  workplace,
  type Story,
} from '../support/two-taps.js';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
});
afterAll(() => running.stop());

const newcomer = () => running.visitor({ cookies: 'none' });

const stories: Record<string, Story> = {
  'a sign-in': async () => {
    const { loginId, password } = (await workplace(running)).sato;
    const fields = { ID: loginId, パスワード: password };
    return [await filled(newcomer(), '/login', fields), 'ログイン'];
  },
  'a code of the second factor': async () => {
    const { member, app } = await somebodyWithFactor(running, sakura);
    const person = await asked(running, member);
    person.fills('確認コード', await app.nextCode());
    return [person, 'ログイン'];
  },
  'a recovery code': async () => {
    const { member, codes } = await somebodyWithFactor(running, sakura);
    const person = await asked(running, member);
    await person.follows('認証アプリが使えないときは、リカバリーコードを使う');
    person.fills('リカバリーコード', codes[0]!);
    return [person, 'ログイン'];
  },
  'a list of people': async () => {
    const person = await signedIn(running, (await workplace(running)).sato);
    const list = { 一覧の貼り付け: listOf(2).text };
    return [await filled(person, '/accounts/invitations/import', list), '内容を確認する'];
  },
  'another password': async () => {
    const { sato } = await workplace(running);
    const fields = {
      現在のパスワード: sato.password,
      新パスワード: CHOSEN_PASSWORD,
      パスワード確認: CHOSEN_PASSWORD,
    };
    const person = await filled(await signedIn(running, sato), '/me/password', fields);
    return [person, 'パスワードを変更する'];
  },
  'a new second factor': async () => {
    const person = await signedIn(running, (await workplace(running)).sato);
    await person.opens('/me/second-factor/totp');
    const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
    person.fills('確認コード', await app.code());
    return [person, '確認して設定する'];
  },
  'new recovery codes': async () => {
    const { sato } = await workplace(running);
    const person = await signedIn(running, sato);
    await setsUpFactor(running, person);
    const given = "update sessions set factor_given_for = 'recovery-codes' where account_id = $1";
    await running.pool.query(given, [sato.id]);
    await person.opens('/me/second-factor/recovery-codes/renewal');
    return [person, '新しく10個発行する'];
  },
  'the proof of a company whose factor is lost': async () => {
    const { corporation, sato } = await smallCompany(running);
    await reportsLoss(running, sato);
    const link = running.mailbox.linkIn(await lossMail(running, sato));
    return [await filled(newcomer(), link, numbersOf(corporation)), 'お手続きを始める'];
  },
  'the way to a new factor': async () => {
    const lost = await smallCompany(running);
    await beginsRemoval(running, lost);
    const link = await enrolmentLink(running, lost.sato);
    return [await filled(newcomer(), link, { パスワード: lost.sato.password }), '設定へ進む'];
  },
};

describe.each(Object.entries(stories))('two taps without JavaScript on %s', (_, begin) => {
  it('lead where one leads', () => twoTapsLeadWhereOneLeads(begin));
});

it('two taps lead on at the desk', async () => {
  const known = { loginId: 'tapping', name: '高木 花子' };
  const { email } = await isInvited(running, known);
  const person = await filled(
    newcomer(),
    await setUpLink(running, email),
    typedTwice(CHOSEN_PASSWORD),
  );
  await person.pressesTwice('次へ進む');
  const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
  person.fills('確認コード', await app.code());
  await person.pressesTwice('確認して設定する');
  expect(person.page.h1).toBe('リカバリーコード');

  const fields = { ID: known.loginId, パスワード: CHOSEN_PASSWORD };
  const browser = await filled(newcomer(), '/desk/login', fields);
  await browser.pressesTwice('ログイン');
  browser.fills('確認コード', await app.nextCode());
  await browser.pressesTwice('ログイン');
  expect([browser.page.path, browser.page.status]).toEqual(['/desk', 200]);
});
