import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { listExists } from '../../support/ip-lists.js';
import {
  drafts,
  HOME,
  newCompany,
  signedIn,
  startsTrial,
  type Sakura,
} from '../../support/ip-restriction.js';
import { inDays } from '../../support/restricted.js';

const TICKETS = '/ip-restriction/tickets';
const RENEWAL = `${TICKETS}/renewal`;
const CODE = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/g;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00')));

/** The newest list of a company, and what became of it. */
async function newestList({ corporation }: Sakura) {
  const { rows } = await running.pool.query<{ number: number; state: string }>(
    `select number, ip_version_state(confirmed_at, trial_ends_at, ended_because) as state
     from ip_versions where corporation_id = $1 order by number desc limit 1`,
    [corporation.id],
  );
  return rows[0]!;
}

/** 佐藤 reads the page of a trial; meanwhile 田中 stops it and starts another one. */
async function anotherTrialRuns(company: Sakura, path: string): Promise<Visitor> {
  const [sato, tanaka] = [
    await signedIn(running, company.sato),
    await signedIn(running, company.tanaka),
  ];
  await drafts(sato, '198.51.100.0/24,本社');
  await startsTrial(sato);
  await sato.opens(path);
  await tanaka.opens('/ip-restriction/ending');
  await tanaka.presses('試行を終了して元に戻す');
  await drafts(tanaka, '198.51.100.0/25,本社の一部');
  await startsTrial(tanaka);
  return sato;
}

describe('another trial runs by now', () => {
  it('confirming shows it, and confirms it only when pressed again', async () => {
    const company = await newCompany(running);
    const sato = await anotherTrialRuns(company, '/ip-restriction/trial');
    await sato.presses('確定する');
    expect([sato.page.status, sato.page.h1]).toEqual([409, 'IPアドレス制限の試行中']);
    expect(sato.page.errors[0]).toContain('別の設定の試行が始まりました');
    expect(sato.page.text).toContain('田中 一郎 様');
    expect(await newestList(company)).toEqual({ number: 2, state: 'on-trial' });
    await sato.presses('確定する');
    expect(await newestList(company)).toEqual({ number: 2, state: 'confirmed' });
  });

  it.each(['/ip-restriction/trial', '/ip-restriction/ending'])(
    'ending the old one from %s does not end it',
    async (path) => {
      const company = await newCompany(running);
      const sato = await anotherTrialRuns(company, path);
      await sato.presses('試行を終了して元に戻す');
      expect([sato.page.status, sato.page.h1]).toEqual([409, '試行の終了']);
      expect(sato.page.errors[0]).toContain('別の設定の試行が始まりました');
      expect(await newestList(company)).toEqual({ number: 2, state: 'on-trial' });
      await sato.presses('試行を終了して元に戻す');
      expect(await newestList(company)).toEqual({ number: 2, state: 'stopped' });
    },
  );
});

it('a trial that another tab began is shown with a true notice; another list is refused', async () => {
  const { sato } = await newCompany(running);
  const first = await signedIn(running, sato);
  const [second, third] = [first.tab(), first.tab()];
  await drafts(first, '198.51.100.0/24,本社');
  for (const tab of [second, third]) await tab.opens('/ip-restriction/trial');
  await startsTrial(first);
  await second.presses('試行を始める');
  expect([second.page.path, second.page.h1]).toEqual([
    '/ip-restriction/trial',
    'IPアドレス制限の試行中',
  ]);
  expect(second.page.notice).toContain('この設定の試行は、すでに始まっています。');
  expect(second.page.errors).toEqual([]);
  await drafts(first, '203.0.113.0/24,支店');
  await third.presses('試行を始める');
  expect(third.page.status).toBe(409);
  expect(third.page.errors[0]).toContain('すでに別の設定を試行しています');
});

it('a decision is about the request that the page shows, whatever another tab opened', async () => {
  const { corporation, sato, suzuki } = await newCompany(running);
  await listExists(running, corporation, ['198.51.100.0/24']);
  const asks = async (address: string) => {
    const person = await signedIn(running, suzuki, address);
    person.fills('目的', `${address}での作業のため`);
    person.fills('利用終了日', await inDays(running, 7));
    await person.presses('依頼を送る');
    await running.clock.advance('1 minute');
  };
  await asks(HOME);
  await asks('192.0.2.9');
  const first = await signedIn(running, sato);
  const second = first.tab();
  const decline = '鈴木 次郎 様の依頼に返事をする';
  await first.opens('/ip-restriction/requests');
  await first.follows(decline, HOME);
  await second.opens('/ip-restriction/requests');
  await second.follows(decline, '192.0.2.9');
  await first.presses('許可する');
  expect(first.page.notice).toContain(`（${HOME}）を許可しました。`);
  const { rows } = await running.pool.query(
    `select host(address) as address, approved from ip_requests
     where corporation_id = $1 order by created_at`,
    [corporation.id],
  );
  expect(rows).toEqual([
    { address: HOME, approved: true },
    { address: '192.0.2.9', approved: null },
  ]);
});

it('tickets that were issued meanwhile are not voided by an older page', async () => {
  const { corporation, sato, tanaka } = await newCompany(running);
  await listExists(running, corporation, ['198.51.100.0/24']);
  const [first, second] = [await signedIn(running, sato), await signedIn(running, tanaka)];
  await first.opens(RENEWAL);
  await second.opens(RENEWAL);
  await second.presses('新しく10個発行する');
  const codes = second.page.text.match(CODE);
  await first.presses('新しく10個発行する');
  expect(first.page.status).toBe(409);
  expect(first.page.errors[0]).toContain('緊急用チケットが新しく発行されたか使われました');
  await second.opens(TICKETS);
  expect(second.page.text.match(CODE)).toEqual(codes);
  await running.clock.advance('1 minute');
  await first.presses('新しく10個発行する');
  expect(first.page.notice).toContain('新しく発行しました');
});
