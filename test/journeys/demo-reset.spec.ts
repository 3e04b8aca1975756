import { isDeepStrictEqual } from 'node:util';
import { IpUses } from '../../src/ip-restriction/ip-uses.js';
import type { RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { startDemo } from '../support/demo.js';
import { drafts, secondInstance, startsTrial } from '../support/ip-restriction.js';
import { PARTIAL } from '../support/route-walk.js';
import { activates } from '../support/registration.js';

let demo: RunningApp;
let atFirst: Record<string, unknown>;
beforeAll(async () => {
  demo = await startDemo();
  atFirst = await everything();
});
afterAll(() => demo.stop());

/** What tells one state of the demo from another; ids and moments do not. */
async function everything(): Promise<Record<string, unknown>> {
  const { rows } = await demo.pool.query<Record<string, unknown>>(`
    select (select json_agg(json_build_array(c.name, a.login_id, a.name, a.role, a.state, a.email)
                            order by a.login_id)
            from accounts a join corporations c on c.id = a.corporation_id) as people,
           (select json_agg(name order by name) from corporations) as corporations,
           (select count(*) from transfer_accounts) as transfer_accounts,
           (select count(*) from account_search_keys) as search_keys,
           (select count(*) from audit_entries) as log,
           (select count(*) from demo_mails) as mails,
           (select count(*) from mail_deliveries) as deliveries,
           (select count(*) from sessions) as sessions,
           (select count(*) from mailed_links) as links,
           (select count(*) from enrollments) as cases,
           (select count(*) from invitations) as invitations,
           (select count(*) from ip_versions) as ip_versions,
           (select count(*) from graphile_worker.jobs where task_identifier = 'ip-trial-end')
             as trial_ends`);
  return rows[0]!;
}

async function entersAs(name: string): Promise<Visitor> {
  const person = demo.visitor();
  await person.opens('/dev');
  await person.presses(`${name} 様としてログイン`);
  return person;
}

async function resets(person: Visitor): Promise<void> {
  await person.opens('/dev');
  await person.follows('最初に戻す');
  expect(person.page.text).toContain('取り消すことはできません');
  await person.presses('最初に戻す');
  expect(person.page.path).toBe('/dev/reset/completed');
}

/** The company without people gets one, another company gets an invitation and a trial. */
async function changesEverything(): Promise<{ tanaka: Visitor; link: string }> {
  const aoki = demo.visitor();
  await aoki.opens('/initiate/numbers');
  await aoki.submits({ corporateNumber: '1000001', transferAccountNumber: '0012345' });
  const password = 'kaede-1192-tsuki';
  const details = { name: '青木 茂', nameKana: 'アオキ', email: 'aoki@aoba.example' };
  const chosen = { loginId: 'aoki-shigeru', password, passwordConfirmation: password };
  await aoki.submits({ ...details, ...chosen });
  await aoki.submits({});
  await demo.mailbox.everythingIsSent();
  await aoki.opens('/dev/mailbox?to=aoki@aoba.example');
  await aoki.follows('[法人WEBシステム] 登録のご案内');
  const [, link = ''] = /href="(http:[^"]+\/activation\/[^"]+)"/.exec(aoki.page.html)!;
  await activates(aoki, link);
  const tanaka = await entersAs('田中 健');
  await tanaka.opens('/accounts/new');
  tanaka.checks('担当者（ご自分の情報だけを変更できます）');
  await tanaka.submits({ name: '小林 薫', nameKana: 'コバヤシ', email: 'k@tsubame.example' });
  const draft = { act: 'own', edition: '0' };
  await tanaka.sends('POST', '/ip-restriction/draft', { fields: draft });
  const trial = { act: 'start', list: 'draft', edition: '1', minutes: '10' };
  await tanaka.sends('POST', '/ip-restriction/trial', { fields: trial });
  await demo.mailbox.everythingIsSent();
  return { tanaka, link };
}

it('brings everything back to the first start, and ends sign-ins with a page that says why', async () => {
  const { tanaka, link } = await changesEverything();
  const changed = Object.entries(await everything());
  const same = changed.filter(([name, value]) => isDeepStrictEqual(value, atFirst[name]));
  expect(same.map(([name]) => name)).toEqual(['corporations', 'transfer_accounts']);
  const sato = await entersAs('佐藤 花子');
  await resets(sato);
  expect(sato.page.h1).toBe('デモを最初に戻しました');
  expect(sato.page.header).not.toContain('佐藤');
  expect(await everything()).toEqual(atFirst);

  await tanaka.opens('/accounts');
  expect(tanaka.page.path).toBe('/dev/reset/completed');
  expect(tanaka.page.text).toContain('ログインしていた方は、ログアウトしました');
  await tanaka.opens('/accounts');
  expect(tanaka.page.path).toBe('/login?next=%2Faccounts');
  expect((await tanaka.opens(link)).status).toBe(410);
  await tanaka.opens('/dev/mailbox');
  expect(tanaka.page.text).toContain('メールはまだありません。');
});

it('does so twice in a row, and everybody can sign in afterwards', async () => {
  const person = await entersAs('伊藤 美咲');
  await resets(person);
  await resets(person);
  expect(await everything()).toEqual(atFirst);
  const again = await entersAs('伊藤 美咲');
  expect(again.page.header).toContain('伊藤 美咲 様 管理者');
});

it('leads a page of HTMX on as a whole', async () => {
  const tanaka = await entersAs('田中 健');
  await resets(demo.visitor());
  const answer = await tanaka.sends('GET', '/accounts', { headers: PARTIAL });
  expect(answer.headers['hx-redirect']).toBe('/dev/reset/completed');
});

it('keeps the log closed to everybody else', async () => {
  await resets(await entersAs('田中 健'));
  await entersAs('田中 健');
  for (const statement of ['delete from audit_entries', 'truncate audit_entries'])
    await expect(demo.pool.query(statement)).rejects.toThrow('append only');
});

it('works while others are at work', async () => {
  const people = await Promise.all(['佐藤 花子', '鈴木 一郎', '田中 健'].map(entersAs));
  const atWork = people.map(async (person) => {
    for (let page = 0; page < 5; page += 1) await person.sends('GET', '/me');
  });
  await Promise.all([...atWork, resets(demo.visitor())]);
  expect((await entersAs('髙橋 𠮷彦')).page.header).toContain('髙橋 𠮷彦 様');
});

it('is still told after the processes began anew', async () => {
  const tanaka = await entersAs('田中 健');
  await resets(demo.visitor());
  await demo.restart();
  await tanaka.opens('/me');
  expect(tanaka.page.path).toBe('/dev/reset/completed');
});

/** The own address becomes the list, and is used. */
async function restrictsToHere(person: Visitor): Promise<void> {
  await drafts(person, '10.77.0.1,本社');
  await startsTrial(person);
  expect(person.page.h1).toBe('IPアドレス制限の試行中');
  await person.opens('/me');
}

async function usesOfNetworks(): Promise<number> {
  const { rows } = await demo.pool.query<{ count: number }>('select count(*)::int from ip_uses');
  return rows[0]!.count;
}

it('reaches the other processes of the demo: they say so, forget what is gone, and go on', async () => {
  const second = await secondInstance(demo);
  const there = async (name: string) => {
    const person = second.visitor(demo.visitor(), '10.77.0.1');
    await person.opens('/dev');
    await person.presses(`${name} 様としてログイン`);
    return person;
  };
  try {
    const tanaka = await there('田中 健');
    await restrictsToHere(tanaka);
    await resets(demo.visitor());
    await tanaka.opens('/accounts');
    expect(tanaka.page.path).toBe('/dev/reset/completed');
    expect((await tanaka.sends('GET', '/accounts')).headers.location).toMatch(/^\/login/);
    await second.app.get(IpUses).write();
    expect(await usesOfNetworks()).toBe(0);
    await restrictsToHere(await there('田中 健'));
    await second.app.get(IpUses).write();
    expect(await usesOfNetworks()).toBe(1);
    await resets(demo.visitor());
  } finally {
    await second.stop();
  }
});
