import { listExists } from '../../support/ip-lists.js';
import { signsIn } from '../../support/registration.js';
import { HOME, inDays, Restricted } from '../../support/restricted.js';
import { gives, isAsked, setsUpFactor } from '../../support/second-factor.js';

const stage = Restricted.forThisFile();

const REFUSED = 'Access is restricted';
const TICKET = 'ABCD-EFGH-JKMN';

async function keptForms(): Promise<number | null> {
  return (await stage.running.pool.query(`select from flows where kind = 'kept-form'`)).rowCount;
}

it('staff whose sign-in was refused read the page in another language, and keep what they typed', async () => {
  const person = await stage.visits(stage.suzuki, HOME);
  const { リクエスト番号: number, 日時: time } = person.page.facts;
  const until = await inDays(stage.running, 7);
  person.fills('目的', '在宅勤務のため');
  person.fills('利用終了日', until);
  await person.presses('English');
  expect([person.page.status, person.page.h1]).toEqual([403, REFUSED]);
  expect(person.page.notice).toContain('What you have typed is still here');
  expect(person.page.field('Purpose').getAttribute('value')).toBe('在宅勤務のため');
  await person.presses('日本語');
  expect(person.page.field('利用終了日').getAttribute('value')).toBe(until);
  expect(person.page.facts).toMatchObject({ リクエスト番号: number, 日時: time });
  const { rows } = await stage.running.pool.query<{ number: string }>(
    `select request_id as number from audit_entries where reason = 'address-refused'`,
  );
  expect(rows).toEqual([{ number }]);
  await person.presses('依頼を送る');
  expect(person.page.h1).toBe('許可を依頼しました');
});

it('administrators stay there after the second factor too, and their ticket is kept nowhere', async () => {
  const office = await stage.visits(stage.sato);
  const { app } = await setsUpFactor(stage.running, office);
  const person = await stage.visits(stage.sato, HOME);
  expect(isAsked(person)).toBe(true);
  await gives(person, await app.nextCode());
  const { リクエスト番号: number } = person.page.facts;
  const before = await keptForms();
  person.fills('緊急用チケット', TICKET);
  person.fills('パスワード', stage.sato.password);
  await person.presses('English');
  expect([person.page.status, person.page.h1]).toEqual([403, REFUSED]);
  expect(person.page.notice).toBe('The display language has been changed.');
  expect(Object.values(person.page.facts)).toContain(number);
  expect(person.page.html).not.toContain(TICKET);
  expect(await keptForms()).toBe(before);
});

it('a refused sign-in speaks for its own person beside the session of another company', async () => {
  const { running } = stage;
  const corporation = await running.people.corporationExists({
    corporateNumber: '7654321',
    name: '株式会社もみじ',
  });
  await running.people.administratorExists({ corporation, loginId: 'mori', name: '森 四郎' });
  const given = { corporation, loginId: 'tanaka', name: '田中 三郎' };
  const tanaka = await running.people.staffExists(given);
  await listExists(running, corporation, ['192.0.2.0/24']);
  const session = await stage.visits(stage.suzuki);
  const login = session.tab();
  login.jar.cookies.delete('session');
  await login.opens('/login');
  await signsIn(session, stage.suzuki);
  login.fills('ID', tanaka.loginId);
  login.fills('パスワード', tanaka.password);
  await login.presses('ログイン');
  expect(login.page.h1).toBe('アクセス制限エラー');
  login.fills('目的', '');
  login.fills('利用終了日', await inDays(running, 7));
  await login.presses('依頼を送る');
  expect(login.page.status).toBe(422);
  login.fills('目的', '出張のため');
  await login.presses('依頼を送る');
  expect(login.page.facts).toMatchObject({ 目的: '出張のため' });
  const { rows } = await running.pool.query<{ account: string }>(
    `select account_id as account from ip_requests where purpose = '出張のため'`,
  );
  expect(rows).toEqual([{ account: tanaka.id }]);
});
