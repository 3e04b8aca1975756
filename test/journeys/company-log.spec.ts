import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { BY_NAKAI, BY_TAMURA, NAKAI, TAMURA } from '../support/desk-people.js';
import { deskCases } from '../support/desk-case.js';
import { linesOf, saidIn } from '../support/log.js';
import { chooses, companyExists, deletes, signedIn, type Company } from '../support/members.js';
import { signsIn } from '../support/registration.js';
import { hasFactor } from '../support/second-factor.js';

/** What the desk did. */
const DESKS_LINES = `/log?${new URLSearchParams({ who: '担当窓口' }).toString()}`;

let running: RunningApp;
let company: Company;
beforeAll(async () => {
  running = await startApp();
});
beforeEach(async () => {
  company = await companyExists(running);
});
afterAll(() => running.stop());

it('says who did what to whom, from where, and how it ended', async () => {
  const { sato, suzuki } = company;
  const person = await deletes(running, company, suzuki);
  await signsIn(running.visitor(), { ...suzuki, password: 'wrong-2026-one' });
  await person.opens('/');
  await person.follows('操作の記録');
  expect(person.page.h1).toBe('操作の記録');
  const [failed, deletion, signIn] = linesOf(person);
  expect(failed).toMatchObject({
    who: `鈴木 一郎 様 ${suzuki.loginId}`,
    what: 'ログインしようとしました',
    result: 'できませんでした パスワードが違いました',
  });
  expect(deletion).toMatchObject({
    who: `佐藤 花子 様 ${sato.loginId}`,
    what: '鈴木 一郎 様を削除しました',
    result: '完了',
    from: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+/),
  });
  expect(signIn).toMatchObject({ what: 'ログインしました', result: '完了' });
});

it('tells from which device, also of acts behind a login', async () => {
  const browser = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140.0 Safari/537.36';
  const { sato } = company;
  const person = running.visitor({ browser });
  await signsIn(person, sato);
  for (const language of ['en', 'ja'])
    await person.sends('POST', '/me/language', { fields: { language } });
  await person.opens('/log');
  expect(linesOf(person).map(({ what, from }) => [what, from])).toEqual([
    ['表示とメールの言語を変更しました', expect.stringContaining('Windows の Chrome')],
    ['表示とメールの言語を変更しました', expect.stringContaining('Windows の Chrome')],
    ['ログインしました', expect.stringContaining('Windows の Chrome')],
  ]);
});

it('names people as they were called then, and those who are deleted', async () => {
  const { sato, tanaka, suzuki } = company;
  const person = await signedIn(running, sato);
  await person.opens(`/accounts/${suzuki.id}`);
  person.fills('氏名', '高木 一郎');
  await person.presses('変更を保存する');
  await signsIn(running.visitor(), suzuki);
  await chooses(person, { ...suzuki, name: '高木 一郎' });
  await person.presses('削除');
  expect(await saidIn(person, { what: 'people' })).toEqual([
    '高木 一郎 様を削除しました',
    expect.stringMatching(/^鈴木 一郎 様の登録内容を変更しました 変更した項目：氏名$/),
  ]);
  await saidIn(person, { who: suzuki.loginId });
  expect(linesOf(person).map(({ who }) => who)).toEqual([`高木 一郎 様 ${suzuki.loginId}`]);
  // Nobody who is anonymised leaves a former name.
  await running.pool.query(`update accounts set name = '' where id = $1`, [suzuki.id]);
  expect((await saidIn(person, { what: 'people' })).join()).not.toMatch(/鈴木|高木/);
  expect(tanaka.name).toBe('田中 健');
});

it('tells of refusals with the reason', async () => {
  const { sato, tanaka } = company;
  const person = await signedIn(running, sato);
  await running.pool.query(`update accounts set state = 'suspended' where id = $1`, [tanaka.id]);
  await person.sends('POST', '/accounts/deletion', {
    fields: { accountId: sato.id, ownAccount: 'yes' },
  });
  await person.opens('/log?what=people');
  expect(linesOf(person)[0]).toMatchObject({
    what: '本人を削除しようとしました',
    result: 'できませんでした ログインできる管理者がいなくなるところでした',
  });
});

describe('the desk', () => {
  it('stands there without its name, with the reason it gave', async () => {
    const { sato, suzuki } = company;
    const operator = new Operator(running);
    await operator.types(
      'account',
      'freeze',
      suzuki.loginId,
      '--reason',
      '端末の盗難',
      '--operator',
      '田村',
    );
    await operator.types('account', 'show', suzuki.loginId, '--operator', '田村');
    const person = await signedIn(running, sato);
    await person.opens(`/log?${new URLSearchParams({ who: '担当窓口' }).toString()}`);
    expect(linesOf(person)).toEqual([
      {
        who: '担当窓口',
        what: '鈴木 一郎 様のご利用の状況を確認しました',
        result: '完了',
        from: '',
      },
      {
        who: '担当窓口',
        what: '鈴木 一郎 様の利用を停止しました 理由：端末の盗難',
        result: '完了',
        from: '',
      },
    ]);
    expect(person.page.text).not.toContain('田村');
  });

  it('tells each word of two: what is asked, whose word did not count, and what was decided', async () => {
    const { sato, suzuki } = company;
    await hasFactor(running, suzuki);
    const operator = new Operator(running);
    const removes = (by: string[]) =>
      operator.types('account', 'remove-factor', suzuki.loginId, ...by);
    const person = await signedIn(running, sato);
    await removes(TAMURA);
    const { number } = (await deskCases(running, company.corporation))[0]!;
    const because = (why: string) => ` 受付番号：${number} 理由：${why}`;
    const asked = `「鈴木 一郎 様の2段階認証の解除」を申請しました（2人目の確認待ち）${because(BY_TAMURA.why)}`;
    await person.opens(DESKS_LINES);
    expect(linesOf(person)).toEqual([{ who: '担当窓口', what: asked, result: '受付', from: '' }]);
    await removes(TAMURA);
    await person.opens(DESKS_LINES);
    expect(linesOf(person)[0]).toMatchObject({
      what: `「鈴木 一郎 様の2段階認証の解除」を2人目として確認しようとしました${because(BY_TAMURA.why)}`,
      result: 'できませんでした 担当窓口の別の方による確認が必要でした',
    });
    await removes(NAKAI);
    expect(await saidIn(person, { who: '担当窓口' })).toEqual([
      `鈴木 一郎 様の2段階認証の解除のお手続きを始めました${because(BY_NAKAI.why)}`,
      expect.stringContaining('2人目として'),
      asked,
    ]);
    expect(person.page.text).not.toContain('田村');
  });
});

it('has nothing of another company, even where a row names its people', async () => {
  const other = await companyExists(running);
  await running.pool.query(`update accounts set name = 'よその人' where corporation_id = $1`, [
    other.corporation.id,
  ]);
  await signsIn(running.visitor(), other.sato);
  await running.pool.query(
    `insert into audit_entries (corporation_id, account_id, act, reason, facts)
     values ($1, $2, 'account-deletion', 'done', jsonb_build_object('target', $3::text))`,
    [company.corporation.id, other.tanaka.id, other.suzuki.id],
  );
  const person = await signedIn(running, company.sato);
  expect(await saidIn(person)).toEqual(['ログインしました', '利用者を削除しました']);
  for (const who of [other.sato.loginId, 'よその人'])
    expect(await saidIn(person, { who })).toEqual([]);
  await person.opens('/log');
  expect(person.page.text).not.toContain('よその人');
});

it('is empty under a filter that nothing matches, and leads back', async () => {
  const person = await signedIn(running, company.sato);
  expect(await saidIn(person, { what: 'contract' })).toEqual([]);
  expect(person.page.text).toContain('条件に合う記録はありません。');
  await person.follows('検索条件を取り消す');
  expect(linesOf(person)).toHaveLength(1);
});

it('is in English where the reader wants it', async () => {
  const person = await signedIn(running, company.sato);
  await person.sends('POST', '/language', { fields: { language: 'en', next: '/log' } });
  await person.opens('/log');
  expect(person.page.h1).toBe('Activity log');
  expect(person.page.text).toContain('Signed in');
});

it('is found by its help', async () => {
  const person = await signedIn(running, company.sato);
  await person.opens('/log');
  await person.follows('記録の見かた');
  expect(person.page.text).toContain('だれがいつ何をしたかを、確認できますか。');
  await person.opens('/help?q=監査ログ');
  expect(person.page.text).toContain('だれがいつ何をしたかを、確認できますか。');
});
