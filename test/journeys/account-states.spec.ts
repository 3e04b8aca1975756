import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { companyExists, signedIn, type Company } from '../support/members.js';

let running: RunningApp;
let company: Company;
let person: Visitor;
beforeAll(async () => {
  running = await startApp();
  await running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00'));
  company = await companyExists(running);
  person = await signedIn(running, company.sato);
});
afterAll(() => running.stop());

/** The chip in the row of 鈴木. */
function inTheList(): string {
  const row = person.page.root
    .querySelectorAll('tbody tr')
    .find(({ text }) => text.includes('鈴木 一郎'));
  return row!.querySelector('.gk-chip')!.text;
}

async function inTheFile(state: string): Promise<string> {
  const { text } = await person.sends('POST', '/accounts/export', { fields: { state } });
  return text.split('\r\n').find((line) => line.includes('鈴木 一郎'))!;
}

it.each([
  ['利用中', 'active', `state = 'active', held_until = null`],
  ['利用中', 'active', `state = 'active', held_until = genkan_now()`],
  ['保留中', 'held', `state = 'active', held_until = genkan_now() + interval '1 hour'`],
  ['利用停止中', 'suspended', `state = 'suspended', held_until = null`],
  ['登録未完了', 'registered', `state = 'registered', held_until = null`],
  ['削除済み', 'deleted', `state = 'deleted', deleted_at = genkan_now(), held_until = null`],
])('everything calls a person 「%s」 who is %s', async (word, state, stored) => {
  const { suzuki } = company;
  await running.pool.query(`update accounts set ${stored} where id = $1`, [suzuki.id]);
  await person.opens(`/accounts?state=${state}`);
  expect(inTheList()).toBe(word);
  expect(await inTheFile(state)).toContain(`"${word}"`);
  for (const path of ['', '/suspension']) {
    await person.opens(`/accounts/${suzuki.id}${path}`);
    expect(person.page.facts).toMatchObject({ 状態: word });
  }
});
