import { startApp, type RunningApp } from '../../support/app.js';
import { changesEmail } from '../../support/own-account.js';
import { finishes, NEW_PASSWORD, newLink } from '../../support/recovery.js';
import { signsIn } from '../../support/registration.js';
import { objectionLink, objects } from '../../support/succession.js';
import {
  closedActs,
  covetedCompany,
  possessionsOf,
  thiefSignsIn,
  type Coveted,
} from '../../support/thief.js';

const HOUR = 3_600_000;

describe.each([0, 24])('a thief with an invoice, where newcomers wait %i hours', (hours) => {
  let running: RunningApp;
  beforeAll(async () => {
    running = await startApp({ enrollmentHold: hours * HOUR });
  });
  beforeEach(() => running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00')));
  afterAll(() => running.stop());

  const idOf = async (loginId: string) => {
    const statement = 'select id from accounts where login_id_key = $1';
    const { rows } = await running.pool.query<{ id: string }>(statement, [loginId]);
    return rows[0]!.id;
  };

  const possessions = (coveted: Coveted) =>
    possessionsOf(running, coveted.corporation, [coveted.suzuki.loginId]);

  it('finds every page closed but those for deleting, and hears until when', async () => {
    const coveted = await covetedCompany(running);
    const before = await possessions(coveted);
    const thief = await thiefSignsIn(running, coveted);
    for (const [what, path, fields] of closedActs(coveted)) {
      const answer = fields
        ? await thief.sends('POST', path, { fields })
        : await thief.sends('GET', path);
      expect([what, answer.status]).toEqual([what, 403]);
      expect(answer.text).toContain('このページは、まだご利用いただけません');
      expect(answer.text).toMatch(hours ? /12月5日\(土\) 9時00分/ : /12月4日\(金\) 9時00分/);
      expect(answer.text).toContain('追加登録の承認をご依頼ください');
    }
    expect(await possessions(coveted)).toEqual(before);
  });

  it('cannot approve of the own case, nor object to it', async () => {
    const coveted = await covetedCompany(running);
    const thief = await thiefSignsIn(running, coveted);
    const { rows } = await running.pool.query<{ id: string }>(
      'select id from enrollments where corporation_id = $1',
      [coveted.corporation.id],
    );
    const path = `/admin-enrollment/cases/${rows[0]!.id}`;
    const fields = { act: 'object' };
    for (const url of [path, `${path}/approval`])
      expect((await thief.sends('POST', url, { fields })).status).toBe(403);
    await thief.opens('/');
    expect(thief.page.status).toBe(200);
    expect(thief.page.text).not.toContain('管理者の追加登録がありました');
  });

  it('sees names in the list, and no mail addresses or telephone numbers', async () => {
    const coveted = await covetedCompany(running);
    const { sato, hayashi } = coveted;
    await running.pool.query(`update accounts set phone = '03-1234-5678' where id = $1`, [sato.id]);
    const thief = await thiefSignsIn(running, coveted);
    await thief.opens('/accounts');
    expect(thief.page.text).toContain('佐藤 花子');
    for (const secret of [sato.email, hayashi.email, '1234-5678'])
      expect(thief.page.html).not.toContain(secret);
    await thief.opens(`/accounts/deletion?accountId=${sato.id}`);
    expect(thief.page.html).not.toContain(sato.email);
  });

  it('deletes and suspends everybody, five administrators too; one click undoes it all', async () => {
    const coveted = await covetedCompany(running, 5);
    const { sato, kato, others, hayashi, yamada, suzuki } = coveted;
    const before = await possessions(coveted);
    const thief = await thiefSignsIn(running, coveted);
    const link = await objectionLink(running, sato);
    const fields = { act: 'suspend' };
    for (const { id } of [yamada, ...(kato ? [kato] : [])])
      expect((await thief.sends('POST', `/accounts/${id}/suspension`, { fields })).status).toBe(
        303,
      );
    for (const { id } of [yamada, hayashi, sato, ...others])
      expect(
        (await thief.sends('POST', '/accounts/deletion', { fields: { accountId: id } })).status,
      ).toBe(303);
    const after = await possessions(coveted);
    expect(after.accounts).not.toEqual(before.accounts);
    await signsIn(running.visitor(), sato);

    const objector = running.visitor();
    await objects(objector, link, '7月に退職した者が請求書を持っています。');
    expect(objector.page.text).toContain('元に戻っています');
    expect(await possessions(coveted)).toEqual(before);
    await thief.opens('/');
    expect(thief.page.path).toBe('/login?next=%2F');
    await signsIn(thief, suzuki);
    expect(thief.page.h1).toBe('追加登録のお手続きの状況');
    await signsIn(objector, sato);
    expect(objector.page.h1).toBe('TOPページ');
  });

  it('makes no objection void by deleting the predecessor and himself', async () => {
    const coveted = await covetedCompany(running);
    const { sato, kato, suzuki, hayashi } = coveted;
    const before = await possessions(coveted);
    const thief = await thiefSignsIn(running, coveted);
    const link = await objectionLink(running, sato);
    const own = { accountId: await idOf(suzuki.loginId), ownAccount: 'yes' };
    const deletes = async (fields: Record<string, string>) =>
      (await thief.sends('POST', '/accounts/deletion', { fields })).status;
    for (const { id } of [sato, hayashi, kato!]) expect(await deletes({ accountId: id })).toBe(303);
    // Nobody else is left who could sign in.
    expect(await deletes(own)).toBe(409);
    await objects(running.visitor(), link);
    expect(await possessions(coveted)).toEqual(before);
  });

  it('makes no objection void by leaving behind whom he deleted', async () => {
    const coveted = await covetedCompany(running);
    const { sato, hayashi, suzuki } = coveted;
    const before = await possessions(coveted);
    const thief = await thiefSignsIn(running, coveted);
    const link = await objectionLink(running, sato);
    for (const accountId of [sato.id, hayashi.id, await idOf(suzuki.loginId)]) {
      const fields = { accountId, ownAccount: 'yes' };
      expect((await thief.sends('POST', '/accounts/deletion', { fields })).status).toBe(303);
    }
    await objects(running.visitor(), link);
    expect(await possessions(coveted)).toEqual(before);
    // The desk hears both sides, so the mailed page opens to somebody who deleted himself too.
    await signsIn(thief, suzuki);
    expect(thief.page.h1).toBe('追加登録のお手続きの状況');
    thief.fills('担当窓口へのご説明', '引き継ぎを受けました。');
    await thief.presses('担当窓口へ送る');
    expect(thief.page.notice).toContain('担当窓口へお送りしました');
  });

  it('opens nothing with an own mailbox and a recovered password once he is stopped', async () => {
    const coveted = await covetedCompany(running, 1);
    const { corporation, sato, suzuki } = coveted;
    const before = await possessions(coveted);
    const thief = await thiefSignsIn(running, coveted);
    const email = `${suzuki.loginId}@evil.example`;
    await running.mailbox.isReadBy(suzuki.email);
    await changesEmail(running, thief, suzuki.email, email);
    await objects(running.visitor(), await objectionLink(running, sato));
    const person = running.visitor();
    await person.opens(await newLink(running, email));
    await finishes(person, corporation);
    await signsIn(person, { ...suzuki, password: NEW_PASSWORD });
    expect(person.page.h1).toBe('追加登録のお手続きの状況');
    expect((await person.sends('GET', '/accounts')).status).toBe(303);
    expect(await possessions(coveted)).toEqual(before);
  });

  it('makes no objection void by objecting with an older or a newer link', async () => {
    const coveted = await covetedCompany(running);
    const { sato, kato } = coveted;
    const before = await possessions(coveted);
    const thief = await thiefSignsIn(running, coveted);
    const first = await objectionLink(running, sato);
    for (const { id } of [sato, kato!])
      await thief.sends('POST', '/accounts/deletion', { fields: { accountId: id } });
    const second = await objectionLink(running, sato);
    expect(second).not.toBe(first);
    await objects(running.visitor(), first);
    expect(await possessions(coveted)).toEqual(before);
    const late = running.visitor();
    await late.opens(second);
    expect(late.page.h1).toBe('異議申し立てを受け付けました');
  });
});
