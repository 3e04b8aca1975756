import { startApp, type RunningApp } from '../../support/app.js';
import { listExists } from '../../support/ip-lists.js';
import {
  BRANCH,
  drafts,
  getsIn,
  HOME,
  newCompany,
  OFFICE,
  secondInstance,
  signedIn,
  startsTrial,
} from '../../support/ip-restriction.js';

const NOW = new Date('2026-11-22T10:00:00+09:00');

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(NOW));

it('佐藤 tries a list, sees its deadline, confirms it, and everybody is told', async () => {
  const { sato, tanaka, suzuki } = await newCompany(running);
  const person = await signedIn(running, sato);
  await drafts(person, '198.51.100.0/24,本社');
  await startsTrial(person);
  expect(person.posted!.status).toBe(303);
  expect(person.page.h1).toBe('IPアドレス制限の試行中');
  expect(person.page.text).toMatch(/全4ステップ中、3ステップ目/);
  expect(person.page.text).toMatch(/あと10分 2026年11月22日\(日\) 10時10分（日本時間）まで/);
  for (const { email } of [sato, tanaka]) {
    const mail = await running.mailbox.mailTo(email);
    expect(mail.subject).toBe('[法人WEBシステム] IPアドレス制限の変更：試行を始めました');
    expect(mail.text).toContain('2026年11月22日(日) 10時10分');
    expect(mail.text).toMatch(/^http:\/\/\S+\/ip-restriction\/trial$/m);
  }
  await person.opens('/');
  await person.follows(
    'IPアドレス制限の新しい設定を試行しています。2026年11月22日(日) 10時10分（日本時間）までに確定しないと、元の設定に戻ります。 試行のページへ',
  );
  expect(person.page.path).toBe('/ip-restriction/trial');
  const others = await signedIn(running, suzuki, HOME);
  expect(others.page.h1).toBe('アクセス制限エラー');

  await running.clock.advance('4 minutes');
  await person.opens('/ip-restriction/trial');
  expect(person.page.text).toContain('あと6分');
  await person.presses('確定する');
  expect(person.page.path).toBe('/ip-restriction/confirmation');
  expect(person.page.text).toMatch(/全4ステップ中、4ステップ目.*第1版.*（1件）/s);
  expect(person.page.notice).toContain('確定しました');
  await person.follows('緊急用チケットを印刷する（番号10個）');
  expect(person.page.path).toBe('/ip-restriction/tickets');
  expect((await running.mailbox.mailTo(tanaka.email)).subject).toContain('設定が確定しました');
  await running.clock.advance('2 hours');
  expect((await signedIn(running, suzuki, HOME)).page.h1).toBe('アクセス制限エラー');
  expect((await signedIn(running, suzuki, OFFICE)).page.h1).toBe('TOPページ');
  await running.mailbox.nothingFor(suzuki.email);
});

it('without a confirmation the former list holds at the deadline, to the second and without any job', async () => {
  const { corporation, sato, suzuki } = await newCompany(running);
  await listExists(running, corporation, [`${OFFICE}/32`, `${HOME}/32`]);
  const [satos, suzukis] = [await signedIn(running, sato), await signedIn(running, suzuki, HOME)];
  await running.app.close();
  const [one, two] = [await secondInstance(running), await secondInstance(running)];
  const person = one.visitor(satos, OFFICE);
  const staff = [one.visitor(suzukis, HOME), two.visitor(suzukis, HOME)];
  const getIn = () => Promise.all(staff.map(getsIn));
  await person.opens('/ip-restriction/draft');
  person.checks(`${HOME}/32（本社）を選択`);
  await person.presses('選んだ行を削除');
  await startsTrial(person, '3');
  expect(await getIn()).toEqual([false, false]);
  await running.clock.stopsAt(new Date('2026-11-22T10:02:59+09:00'));
  expect(await getIn()).toEqual([false, false]);
  await running.clock.stopsAt(new Date('2026-11-22T10:03:00+09:00'));
  expect(await getIn()).toEqual([true, true]);
  await person.presses('確定する');
  expect(person.page.status).toBe(410);
  expect(await getIn()).toEqual([true, true]);
  await one.stop();
  await two.stop();
  await running.start();
});

/** A trial that admits the branch and the office. */
async function trial() {
  const company = await newCompany(running);
  const starter = await signedIn(running, company.sato, HOME);
  const others = {
    tanaka: await signedIn(running, company.tanaka, BRANCH),
    suzuki: await signedIn(running, company.suzuki, BRANCH),
  };
  await drafts(starter, '198.51.100.0/24,本社', '192.0.2.0/24,支店');
  await startsTrial(starter);
  const { rows } = await running.pool.query<{ id: string }>(
    'select id from ip_versions where corporation_id = $1',
    [company.corporation.id],
  );
  const version = rows[0]!.id;
  const isConfirmed = async () => {
    const found = await running.pool.query(
      'select from ip_versions where id = $1 and confirmed_at is not null',
      [version],
    );
    return found.rowCount === 1;
  };
  return { ...company, starter, others, version, isConfirmed };
}

describe('confirming', () => {
  it('works for another administrator of the company, from an address that the new list admits', async () => {
    const { others, version, isConfirmed } = await trial();
    const answer = await others.tanaka.sends('POST', '/ip-restriction/confirmation', {
      fields: { version },
    });
    expect([answer.status, await isConfirmed()]).toEqual([303, true]);
  });

  it('is refused to staff, other companies, visitors, and from where only the old list admits', async () => {
    const { starter, others, version, isConfirmed } = await trial();
    const stranger = await signedIn(running, (await newCompany(running)).sato, BRANCH);
    const post = { fields: { version } };
    const path = '/ip-restriction/confirmation';
    const answers = [
      await others.suzuki.sends('POST', path, post),
      await stranger.sends('POST', path, post),
      await running.visitor({ address: BRANCH }).sends('POST', path, post),
      await starter.sends('POST', path, post),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 410, 303, 403]);
    expect(answers[2]!.headers.location).toMatch(/^\/login/);
    expect(await isConfirmed()).toBe(false);
  });

  it('is possible until the last moment before the deadline', async () => {
    const { others, tanaka, version, isConfirmed } = await trial();
    const post = { fields: { version, currentPassword: tanaka.password } };
    await running.clock.stopsAt(new Date(NOW.getTime() + 10 * 60_000));
    const late = await others.tanaka.sends('POST', '/ip-restriction/confirmation', post);
    expect([late.status, await isConfirmed()]).toEqual([410, false]);
    await running.clock.stopsAt(new Date(NOW.getTime() + 10 * 60_000 - 1));
    const inTime = await others.tanaka.sends('POST', '/ip-restriction/confirmation', post);
    expect([inTime.status, await isConfirmed()]).toEqual([303, true]);
  });

  it('needs an admitted address even while the desk suspends the restriction', async () => {
    const { corporation, starter, version, isConfirmed } = await trial();
    await running.pool.query(
      `insert into ip_suspensions (corporation_id, reason, suspended_by, ends_at)
       values ($1, '電話', '窓口', genkan_now() + interval '1 hour')`,
      [corporation.id],
    );
    const answer = await starter.sends('POST', '/ip-restriction/confirmation', {
      fields: { version },
    });
    expect([answer.status, await isConfirmed()]).toEqual([403, false]);
    expect(answer.text).toContain('確定できません');
  });

  it('asks for a fresh password', async () => {
    const { others, tanaka, isConfirmed } = await trial();
    await others.tanaka.opens('/ip-restriction/trial');
    await running.clock.stopsAt(new Date(NOW.getTime() + 6 * 60_000));
    await others.tanaka.presses('確定する');
    expect(others.tanaka.page.h1).toBe('パスワードの確認');
    expect(await isConfirmed()).toBe(false);
    others.tanaka.fills('現在のパスワード', tanaka.password);
    await others.tanaka.presses('操作を続ける');
    expect(others.tanaka.page.notice).toContain('確定しました');
  });

  it('of what is no trial shows the one that runs, and does nothing', async () => {
    const { others, isConfirmed } = await trial();
    for (const version of ['', 'x', '00000000-0000-0000-0000-000000000000']) {
      const fields = { version };
      const answer = await others.tanaka.sends('POST', '/ip-restriction/confirmation', { fields });
      expect([answer.status, await isConfirmed()]).toEqual([409, false]);
    }
  });
});
