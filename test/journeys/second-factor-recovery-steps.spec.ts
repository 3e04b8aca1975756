import { startApp, type RunningApp } from '../support/app.js';
import { answers, FACTOR, newLinkOf, proved } from '../support/factor-recovery.js';
import { companyExists, type Company } from '../support/members.js';
import type { Member } from '../support/people.js';
import { choosesPassword, shownOn } from '../support/recovery.js';
import { hasFactor, type Equipped } from '../support/second-factor.js';
import { lockIsWaitedFor } from '../support/until.js';

let running: RunningApp;
let company: Company;
let sato: Member;
let equipped: Equipped;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  company = await companyExists(running);
  ({ sato } = company);
  equipped = await hasFactor(running, sato);
});
afterEach(() => running.clock.reset());

it('asks once in a run: two tabs, a double click and Back use one code up', async () => {
  const person = await proved(running, sato);
  const other = person.tab();
  await other.opens(person.page.url.href);
  const code = await equipped.app.nextCode();
  const flow = person.page.url.searchParams.get('flow')!;
  const shown = await shownOn(person, 'second-factor', flow);
  const fields = { flow, shown, code };
  const both = await Promise.all(
    [person, other].map((tab) => tab.sends('POST', FACTOR, { fields })),
  );
  const led = both.map(({ headers }) => headers.location?.split('?')[0]);
  expect(led).toContain('/password-reset/new-password');
  const [unused = ''] = equipped.codes;
  await other.opens(`${FACTOR}?flow=${flow}`);
  expect(other.page.path).toContain('/password-reset/new-password');
  await other.sends('POST', FACTOR, { fields: { flow, shown, code: unused } });
  const { rows } = await running.pool.query(
    'select count(used_at)::int as used from recovery_codes where account_id = $1',
    [sato.id],
  );
  expect(rows).toEqual([{ used: 0 }]);
});

it('says so when the link ran out, or was used elsewhere, while the code was looked for', async () => {
  const link = await newLinkOf(running, sato);
  const slow = await proved(running, sato, link);
  const quick = await proved(running, sato, link);
  await answers(quick, await equipped.app.nextCode());
  await choosesPassword(quick);
  await quick.presses('登録');
  const [code = ''] = equipped.codes;
  await answers(slow, code);
  expect([slow.page.status, slow.page.h1]).toEqual([410, 'このURLはすでに使われています']);
  const ending = await newLinkOf(running, sato);
  await running.clock.advance('23 hours 50 minutes');
  const late = await proved(running, sato, ending);
  await running.clock.advance('11 minutes');
  await answers(late, code);
  expect([late.page.status, late.page.h1]).toEqual([410, 'このURLは期限が切れています']);
});

it('asks for the factor of the ID that was chosen, and tells nothing of it before', async () => {
  const given = { corporation: company.corporation, name: '佐藤 花子', email: sato.email };
  const second = await running.people.staffExists({ ...given, loginId: `second-${sato.loginId}` });
  const person = await proved(running, sato);
  expect(person.page.text).not.toContain('2段階認証');
  const choice = person.page.url.href;
  person.checks(`${second.loginId}（佐藤 花子 様）`);
  await person.presses('確認');
  expect(person.page.path).toContain('/password-reset/new-password');
  await person.opens(choice);
  person.checks(`${sato.loginId}（佐藤 花子 様）`);
  await person.presses('確認');
  expect(person.page.path).toContain(FACTOR);
});

it('goes on in the browser that gave the code: no copy of its cookie from before opens a page', async () => {
  const person = await proved(running, sato);
  const { href, search } = person.page.url;
  const copy = person.tab(person.jar.copy());
  await answers(person, await equipped.app.nextCode());
  for (const step of ['second-factor', 'new-password', 'confirmation']) {
    const seen = await copy.sends('GET', `/password-reset/${step}${search}`);
    expect([step, seen.status, seen.headers.location]).toEqual([step, 303, '/password-reset']);
  }
  // The browser itself has no other cookie where that answer was lost.
  await copy.opens(href);
  expect(copy.page.notice).toContain('通信が途中で切れたか、');
  expect(copy.page.notice).toContain('届いているメールのURLを、もう一度開いてください。');
  const tab = person.tab();
  await tab.opens(href);
  await choosesPassword(tab);
  await tab.presses('登録');
  expect(tab.page.h1).toBe('パスワード再登録完了');
});

it('goes on there also where a copy took the run along while the code was on its way', async () => {
  const person = await proved(running, sato);
  const code = await equipped.app.nextCode();
  const holder = await running.pool.connect();
  await holder.query('begin');
  await holder.query('select from flows for update');
  const answered = answers(person, code);
  await lockIsWaitedFor(running.pool, { about: 'flows' });
  await holder.query(`update flows set browser_hash = sha256('taken')`);
  await holder.query('commit');
  holder.release();
  await answered;
  expect(person.page.path).toContain('/password-reset/new-password');
  const copy = running.visitor();
  copy.jar.cookies.set('flow', { value: 'taken', attributes: '' });
  await copy.opens(person.page.url.href);
  expect(copy.page.path).toBe('/password-reset');
});
