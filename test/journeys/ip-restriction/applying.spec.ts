import { startApp, type RunningApp } from '../../support/app.js';
import { listExists } from '../../support/ip-lists.js';
import {
  BRANCH,
  drafts,
  getsIn,
  HOME,
  newCompany,
  OFFICE,
  signedIn,
} from '../../support/ip-restriction.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00')));

const versionsOf = async (corporation: { id: string }) => {
  const { rows } = await running.pool.query<{
    id: string;
    author_name: string;
    isConfirmed: boolean;
  }>(
    `select id, author_name, confirmed_at is not null as "isConfirmed" from ip_versions
     where corporation_id = $1 order by number`,
    [corporation.id],
  );
  return rows;
};

describe('without a trial', () => {
  it('a list is put in force only from an address that it admits', async () => {
    const { corporation, sato, tanaka } = await newCompany(running);
    await signedIn(running, tanaka, BRANCH);
    const person = await signedIn(running, sato);
    await drafts(person, '192.0.2.0/24,支店');
    await person.opens('/ip-restriction/trial');
    expect(person.page.text).not.toContain('試行せずに反映する');
    const edition = person.page.root.querySelector('[name=edition]')!.getAttribute('value')!;
    const fields = { list: 'draft', act: 'apply', edition };
    const refused = await person.sends('POST', '/ip-restriction/trial', { fields });
    expect([refused.status, await versionsOf(corporation)]).toEqual([422, []]);
    person.movesTo(BRANCH);
    await person.reloads();
    await person.presses('試行せずに反映する');
    expect(person.page.notice).toContain('反映しました');
    expect((await versionsOf(corporation)).map(({ isConfirmed }) => isConfirmed)).toEqual([true]);
    person.movesTo(OFFICE);
    expect(await getsIn(person)).toBe(false);
  });

  it('the restriction is switched off, as a list of its own', async () => {
    const { corporation, sato } = await newCompany(running);
    await listExists(running, corporation, ['198.51.100.0/24']);
    const person = await signedIn(running, sato);
    await person.opens('/ip-restriction');
    await person.follows('制限を解除する');
    await person.presses('試行せずに反映する');
    expect(person.page.text).toContain('どのIPアドレスからもログインできます。');
    person.movesTo(HOME);
    expect(await getsIn(person)).toBe(true);
    expect((await running.mailbox.mailTo(sato.email)).text).toContain('解除されました');
    expect(await versionsOf(corporation)).toHaveLength(2);
  });
});
