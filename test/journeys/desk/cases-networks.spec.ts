import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { atDesk, decides, deskCases } from '../../support/desk-case.js';
import { applicant, signsIn } from '../../support/registration.js';
import {
  isReviewed,
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  type LeftBehind,
} from '../../support/succession.js';

const ADDRESS = '203.0.113.30';
const KNOWN = 'この法人の方が使ったことのあるネットワーク';
const NEW = 'この法人でははじめてのネットワーク';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
afterAll(() => running.stop());

/** 鈴木 came in from there, and 佐藤 objected. */
async function objected(left: LeftBehind, begins = takesOver): Promise<string> {
  const person = running.visitor({ address: ADDRESS });
  await begins(running, left, person);
  await signsIn(person, left.suzuki);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const cases = await deskCases(running, left.corporation);
  return cases.find(({ state }) => state !== 'done')!.number;
}

/** The next one after a newcomer who was sent away: by the desk's word. */
const allowed: typeof takesOver = async (app, { corporation, suzuki }, person = app.visitor()) => {
  const number = await isReviewed(app, person, corporation, suzuki);
  await decides(nakai, number, 'お申し込みを承認する');
  await person.opens(app.mailbox.linkIn(await app.mailbox.mailTo(suzuki.email)));
  await person.presses('登録を完了する');
  return person;
};

async function sidesOf(number: string): Promise<string> {
  await nakai.opens(`/desk/cases/${number}`);
  return nakai.page.content('.gk-case-sides').text;
}

it('a network from where a newcomer was sent away is none of the company', async () => {
  const left = await leftBehind(running);
  const first = await objected(left);
  expect(await sidesOf(first)).toContain(NEW);
  await decides(nakai, first, '登録を取り消す');
  await running.mailbox.isReadBy(left.sato.email);
  const another = { ...left.suzuki, ...applicant('another') };
  expect(await sidesOf(await objected({ ...left, suzuki: another }, allowed))).toContain(NEW);
});

it('a network from where a colleague signed in is the company’s', async () => {
  const left = await leftBehind(running);
  await signsIn(running.visitor({ address: ADDRESS }), left.sato);
  expect(await sidesOf(await objected(left))).toContain(KNOWN);
});
