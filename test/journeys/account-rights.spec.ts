import { startApp, type RunningApp } from '../support/app.js';
import { office } from '../support/invitation.js';
import { signsIn } from '../support/registration.js';

const STAFF = '担当者（ご自分の情報だけを変更できます）';
const LAST = 'ご利用中の管理者がほかにいないため、担当者に変更できません。';

let running: RunningApp;
let people = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** 佐藤 and 田中, both administrators of one company and signed in. */
async function twoAdministrators(state: 'active' | 'suspended' = 'active') {
  people += 1;
  const { corporation, person, sato } = await office(running);
  const given = { corporation, loginId: `tanaka-${people}`, name: '田中 健', state };
  const tanaka = await running.people.administratorExists(given);
  const second = running.visitor();
  if (state === 'active') await signsIn(second, tanaka);
  return { corporation, person, sato, tanaka, second };
}

async function usable(corporation: { id: string }): Promise<number> {
  const found = await running.pool.query(
    'select from usable_administrators where corporation_id = $1',
    [corporation.id],
  );
  return found.rowCount!;
}

const asStaff = ({ name }: { name: string }, version = '1') => ({
  fields: { name, nameKana: 'テスト', role: 'staff', version, confirmed: 'yes' },
});

describe('the last usable administrator', () => {
  it('keeps the rights, and reads why', async () => {
    const { person, sato } = await office(running);
    await person.opens(`/accounts/${sato.id}`);
    person.checks(STAFF);
    await person.presses('変更を保存する');
    expect(person.page.status).toBe(422);
    expect(person.page.errors).toEqual([expect.stringContaining(LAST)]);
  });

  it.each(['suspended', 'held'])('keeps them beside one who is %s', async (how) => {
    const { person, sato, tanaka } = await twoAdministrators();
    const change =
      how === 'held' ? `held_until = genkan_now() + interval '1 day'` : `state = 'suspended'`;
    await running.pool.query(`update accounts set ${change} where id = $1`, [tanaka.id]);
    const answer = await person.sends('POST', `/accounts/${sato.id}`, asStaff(sato));
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(LAST);
  });

  it('is left when two demote each other at the same moment, 50 times', async () => {
    const { corporation, person, second, sato, tanaka } = await twoAdministrators();
    for (let round = 0; round < 50; round += 1) {
      await running.pool.query(
        `update accounts set role = 'administrator', version = 1 where corporation_id = $1`,
        [corporation.id],
      );
      await running.pool.query('update accounts set version = 1 where corporation_id = $1', [
        corporation.id,
      ]);
      const answers = await Promise.all([
        person.sends('POST', `/accounts/${tanaka.id}`, asStaff(tanaka)),
        second.sends('POST', `/accounts/${sato.id}`, asStaff(sato)),
      ]);
      expect(await usable(corporation)).toBe(1);
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 403]);
    }
  });
});

describe('the own rights', () => {
  it('are given up after a second question, and lead to the TOP page', async () => {
    const { person, sato, corporation } = await twoAdministrators();
    await person.opens(`/accounts/${sato.id}`);
    person.checks(STAFF);
    await person.presses('変更を保存する');
    expect(person.page.h1).toBe('ご自分の権限の変更');
    expect(await usable(corporation)).toBe(2);
    await person.presses('担当者に変更する');
    expect(person.page.path).toBe('/');
    expect(person.page.notice).toBe('佐藤 花子 様の権限を変更しました。');
    expect(person.page.text).not.toContain('担当者情報変更');
    expect((await person.opens(`/accounts/${sato.id}`)).status).toBe(403);
    expect(await usable(corporation)).toBe(1);
  });

  it('stay when only the own name changes, which the header shows at once', async () => {
    const { person, sato } = await office(running);
    await person.opens(`/accounts/${sato.id}`);
    person.fills('氏名', '佐藤 華子');
    await person.presses('変更を保存する');
    expect(person.page.header).toContain('佐藤 華子 様');
    expect(person.page.header).toContain('管理者');
  });
});

describe('ending all sign-ins of a person', () => {
  it('leaves no browser signed in, and tells the person', async () => {
    const { person, tanaka, second } = await twoAdministrators();
    await person.opens(`/accounts/${tanaka.id}`);
    await person.presses('すべての端末からログアウトさせる');
    expect(person.page.notice).toContain('田中 健 様をすべての端末からログアウトさせました。');
    await second.opens('/');
    expect(second.page.path).toBe('/login?next=%2F');
    const mail = await running.mailbox.mailTo(tanaka.email);
    expect(mail.subject).toBe('[法人WEBシステム] ログアウトのお知らせ');
    expect(mail.text).toContain('佐藤 花子 様の操作により');
    const devices = await running.pool.query('select from devices where account_id = $1', [
      tanaka.id,
    ]);
    expect(devices.rowCount).toBe(0);
  });
});

describe('somebody of another company, or nobody', () => {
  it('answers alike, and stays as it is', async () => {
    const { person } = await office(running);
    const { tanaka } = await twoAdministrators();
    for (const id of [tanaka.id, '00000000-0000-4000-8000-000000000000', 'x', '%00', '神']) {
      expect((await person.sends('GET', `/accounts/${id}`)).status).toBe(404);
      for (const fields of [asStaff(tanaka).fields, { act: 'end-sessions' }])
        expect((await person.sends('POST', `/accounts/${id}`, { fields })).status).toBe(404);
    }
    const { rows } = await running.pool.query('select role, version from accounts where id = $1', [
      tanaka.id,
    ]);
    expect(rows).toEqual([{ role: 'administrator', version: 1 }]);
  });

  it('and a deleted person can only be restored', async () => {
    const { person, tanaka } = await twoAdministrators();
    await running.pool.query(`update accounts set state = 'deleted' where id = $1`, [tanaka.id]);
    await person.opens(`/accounts/${tanaka.id}`);
    expect(person.page.text).toContain('削除済み');
    person.page.link('元に戻す手続きへ進む');
    const answer = await person.sends('POST', `/accounts/${tanaka.id}`, asStaff(tanaka));
    expect([answer.status, answer.headers.location]).toEqual([303, `/accounts/${tanaka.id}`]);
    expect((await person.opens('/')).notice).toContain('削除されているため');
  });
});
