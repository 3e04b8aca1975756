import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { choosesLogin, invitationTo, invited, invites } from '../support/invitation.js';
import { companyExists, signedIn } from '../support/members.js';
import { outcomesOf } from '../support/own-account.js';
import type { Page } from '../support/page.js';
import { applicant, signsIn } from '../support/registration.js';
import { takesOverAndSignsIn } from '../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));
afterAll(() => running.stop());

const newsOn = (page: Page) =>
  page.root.querySelectorAll('.gk-news li').map((news) => news.structuredText.trim());

/** 田中, whose account somebody may have stolen, exports the list and invites two people. */
async function stolen() {
  const company = await companyExists(running);
  const tanaka = await signedIn(running, company.tanaka);
  await tanaka.opens('/accounts');
  await tanaka.presses('CSVをダウンロード（UTF-8）');
  await running.clock.advance('1 minute');
  const mailbox = (name: string) => `${name}-${company.sato.loginId}@evil.example`;
  await invites(tanaka, invited(mailbox('one')));
  await running.clock.advance('1 minute');
  await invites(tanaka, invited(mailbox('two'), { name: '共犯 者', role: 'administrator' }));
  return { ...company, tanaka, thief: company.tanaka, mailbox };
}

const NEWS = [
  '田中 健 様が共犯 者 様を管理者として招待しました（2026年11月22日(日) 18時32分）',
  '田中 健 様が鈴木 一郎 様を招待しました（2026年11月22日(日) 18時31分）',
  '田中 健 様が利用者の一覧をダウンロードしました（2026年11月22日(日) 18時30分）',
];

it('other administrators read what was exported, and who was invited', async () => {
  const { sato, suzuki, tanaka } = await stolen();
  const person = await signedIn(running, sato);
  expect(newsOn(person.page)).toEqual(NEWS);
  expect(newsOn(await tanaka.opens('/'))).toEqual([]);
  expect(newsOn((await signedIn(running, suzuki)).page)).toEqual([]);
  const stranger = await companyExists(running);
  expect(newsOn((await signedIn(running, stranger.sato)).page)).toEqual([]);
});

it('they read that the log was exported, and nothing of what the desk did', async () => {
  const { corporation, sato, tanaka: thief } = await companyExists(running);
  const tanaka = await signedIn(running, thief);
  await tanaka.sends('POST', '/log/export', { fields: { format: 'ndjson' } });
  const { corporateNumber } = corporation;
  const words = ['audit', 'export', '--corporation', corporateNumber];
  expect((await new Operator(running).types(...words)).exitCode).toBe(0);
  expect(await outcomesOf(running, 'log-export')).toEqual(['done', 'done']);
  const person = await signedIn(running, sato);
  const sentence = '田中 健 様が操作の記録をダウンロードしました（2026年11月22日(日) 18時30分）';
  expect(newsOn(person.page)).toEqual([sentence]);
});

it('it names the person after the acceptance too', async () => {
  const { sato, mailbox } = await stolen();
  const accomplice = running.visitor();
  await accomplice.opens(await invitationTo(running, mailbox('two')));
  await choosesLogin(accomplice, `accomplice.${sato.loginId}`);
  expect(accomplice.page.path).toBe('/login');
  expect(newsOn((await signedIn(running, sato)).page)).toEqual(NEWS);
});

it('an invitation that is sent again is news, also when it was over long ago', async () => {
  const { sato, tanaka, thief, mailbox } = await stolen();
  await running.clock.advance('20 days');
  await signsIn(tanaka, thief);
  await tanaka.opens('/accounts/invitations');
  await tanaka.presses('共犯 者 様へ再送する');
  const person = await signedIn(running, sato);
  expect(newsOn(person.page)).toEqual([
    '田中 健 様が共犯 者 様を管理者として招待しました（2026年12月12日(土) 18時32分）',
  ]);
  const accomplice = running.visitor();
  await running.mailbox.mailTo(mailbox('two'));
  await accomplice.opens(await invitationTo(running, mailbox('two')));
  await choosesLogin(accomplice, `accomplice.${sato.loginId}`);
  await person.reloads();
  expect(newsOn(person.page)).toHaveLength(1);
});

it('they read it in English too', async () => {
  const { sato } = await stolen();
  const person = await signedIn(running, sato);
  await person.presses('English');
  await person.opens('/');
  expect(newsOn(person.page)[0]).toBe(
    '田中 健 invited 共犯 者 as an administrator (Sunday, 22 November 2026 at 18:32 (Japan time))',
  );
});

it('it stays for fourteen days, also when the invitation was cancelled or the inviter deleted', async () => {
  const { sato, tanaka, ...company } = await stolen();
  await tanaka.opens('/accounts/invitations');
  await tanaka.presses('共犯 者 様の招待を取り消す');
  await running.pool.query(
    `update accounts set state = 'deleted', deleted_from = 'active', deleted_at = genkan_now()
     where corporation_id = $1 and name = '田中 健'`,
    [company.corporation.id],
  );
  const person = await signedIn(running, sato);
  expect(newsOn(person.page)).toEqual(NEWS);
  await running.clock.advance('13 days 23 hours 58 minutes');
  await signsIn(person, sato);
  expect(newsOn(person.page)).toEqual(NEWS.slice(0, 2));
  await running.clock.advance('2 minutes');
  await person.reloads();
  expect(newsOn(person.page)).toEqual([]);
});

it('many invitations hide neither an export nor a new administrator, and refused ones are no news', async () => {
  const { sato, tanaka, mailbox } = await stolen();
  for (let times = 0; times < 22; times += 1) {
    await running.clock.advance('1 second');
    await invites(tanaka, invited(mailbox(`more-${times}`)));
  }
  await invites(tanaka, invited('no address'));
  const news = newsOn((await signedIn(running, sato)).page);
  expect(news).toHaveLength(21);
  expect(news.slice(-2)).toEqual([NEWS[0], NEWS[2]]);
});

it('a newcomer on probation reads none of it', async () => {
  const company = await companyExists(running);
  const suzuki = applicant('newcomer-1', { name: '新任 一郎' });
  const left = { ...company, suzuki };
  const sato = await signedIn(running, left.sato);
  await invites(sato, invited('quiet@hinoki.example'));
  const newcomer = await takesOverAndSignsIn(running, left);
  expect(newcomer.page.h1).toBe('TOPページ');
  expect(newsOn(newcomer.page)).toEqual([]);
  await sato.opens('/admin-enrollment/cases');
  await sato.follows('新任 一郎');
  await sato.follows('承認へ進む');
  await sato.presses('承認する');
  expect(newsOn(await newcomer.opens('/'))).toHaveLength(1);
});
