import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { companyExists, signedIn } from '../support/members.js';
import type { Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';

const BY = ['--operator', '田村', '--reason', 'お電話で承りました'];

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterAll(() => running.stop());

/** How an act on an account or a company ended, with what the desk said. */
async function log(act: string, corporationId: string): Promise<object[]> {
  const { rows } = await running.pool.query<object>(
    `select reason, facts - 'target' as facts from audit_entries
     where act = $1 and corporation_id = $2 order by id`,
    [act, corporationId],
  );
  return rows;
}

const TOLD = { operator: '田村', why: 'お電話で承りました' };

const account = (act: string, { loginId }: Pick<Member, 'loginId'>, ...options: string[]) =>
  operator.types('account', act, loginId, ...options);

describe('genkan corporation', () => {
  it('closes a company, whose sessions are over for good, and opens it again', async () => {
    const { corporation, suzuki } = await companyExists(running);
    const { corporateNumber: number, id } = corporation;
    const person = await signedIn(running, suzuki);
    const closed = await operator.types('corporation', 'close', number, ...BY);
    expect(closed).toMatchObject({ exitCode: 0, out: expect.stringContaining('株式会社さくら') });
    await person.opens('/');
    expect(person.page.path).toBe('/login?next=%2F');
    const again = await operator.types('corporation', 'close', number, ...BY);
    expect(again).toMatchObject({ exitCode: 1, err: expect.stringContaining('in that state') });
    expect((await operator.types('corporation', 'open', number, ...BY)).exitCode).toBe(0);
    await person.opens('/');
    expect(person.page.path).toBe('/login?next=%2F');
    await signsIn(person, suzuki);
    expect(person.page.h1).toBe('TOPページ');
    const entries = [
      { reason: 'done', facts: TOLD },
      { reason: 'state-changed', facts: TOLD },
    ];
    expect(await log('corporation-closing', id)).toEqual(entries);
    expect(await log('corporation-opening', id)).toEqual(entries.slice(0, 1));
  });

  it('wants a reason, and a company that exists', async () => {
    expect((await operator.types('corporation', 'close', '1')).exitCode).toBe(2);
    const { exitCode, err } = await operator.types('corporation', 'close', '999', ...BY);
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: 'No company has the number 999.\n' });
  });
});

describe('genkan account', () => {
  it('freezes a stolen account, and releases it; the person hears why', async () => {
    const { corporation, suzuki } = await companyExists(running);
    const person = await signedIn(running, suzuki);
    expect(await account('freeze', suzuki, ...BY)).toMatchObject({ exitCode: 0, err: '' });
    await person.opens('/');
    expect(person.page.path).toBe('/login?next=%2F');
    const told = await running.mailbox.mailTo(suzuki.email);
    expect(told.subject).toContain('担当窓口による操作のお知らせ');
    expect(told.text).toMatch(/利用を停止しました。[^]*理由：お電話で承りました/);
    await signsIn(person, suzuki);
    expect(person.page.status).toBe(403);
    expect((await account('freeze', suzuki, ...BY)).exitCode).toBe(1);
    const { out } = await account('show', suzuki);
    expect(out).toMatch(/Suspended by the desk \(田村\) on .+\. Reason: お電話で承りました/);
    expect(out).toMatch(/^ {2}\S+ {2}account-suspension {2}done {2}- {2}- {2}.*\(田村\)$/m);
    expect(out).toMatch(/^ {2}\S+ {2}sign-in {2}done {2}\S+ {2}[\da-f-]+$/m);

    expect((await account('release', suzuki, ...BY)).exitCode).toBe(0);
    expect((await running.mailbox.mailTo(suzuki.email)).text).toContain('利用を再開しました。');
    await signsIn(person, suzuki);
    expect(person.page.h1).toBe('TOPページ');
    expect(await log('account-suspension', corporation.id)).toEqual([
      { reason: 'done', facts: TOLD },
      { reason: 'state-changed', facts: TOLD },
    ]);
  });

  it('releases somebody who waits after wrong passwords', async () => {
    const { sato } = await companyExists(running);
    const person = running.visitor();
    for (let failure = 0; failure < 7; failure += 1)
      await signsIn(person, { ...sato, password: `wrong-${failure}` });
    await signsIn(person, sato);
    expect(person.page.h1).not.toBe('TOPページ');
    expect((await account('show', sato)).out).toContain('No password is compared until');
    expect((await account('release', sato, ...BY)).exitCode).toBe(0);
    await signsIn(person, sato);
    expect(person.page.h1).toBe('TOPページ');
    await running.mailbox.nothingFor(sato.email);
  });

  it('ends a wait, and no suspension, whose end the report names first', async () => {
    const { corporation, suzuki } = await companyExists(running);
    const person = running.visitor();
    for (let failure = 0; failure < 7; failure += 1)
      await signsIn(person, { ...suzuki, password: `wrong-${failure}` });
    expect((await account('freeze', suzuki, ...BY)).exitCode).toBe(0);
    expect((await account('show', suzuki)).out).toMatch(/genkan account release$/m);
    expect((await account('end-waits', suzuki, ...BY)).exitCode).toBe(0);
    expect(await log('waits-end', corporation.id)).toEqual([{ reason: 'done', facts: TOLD }]);
    const { out } = await account('show', suzuki);
    expect(out).toMatch(/^State: Suspended$/m);
    expect(out).not.toContain('No password is compared until');
  });

  it('never takes a company its last administrator', async () => {
    const { sato, tanaka, suzuki } = await companyExists(running);
    expect((await account('freeze', sato, ...BY)).exitCode).toBe(0);
    for (const act of ['freeze', 'erase']) {
      const { exitCode, err } = await account(act, tanaka, ...BY);
      expect({ exitCode, err }).toEqual({
        exitCode: 1,
        err: expect.stringContaining('No administrator who can sign in'),
      });
    }
    expect((await account('freeze', suzuki, ...BY)).exitCode).toBe(0);
  });

  it('ends all sign-ins of a person', async () => {
    const { suzuki } = await companyExists(running);
    const person = await signedIn(running, suzuki);
    expect((await account('end-sessions', suzuki, ...BY)).exitCode).toBe(0);
    await person.opens('/');
    expect(person.page.path).toBe('/login?next=%2F');
    expect((await running.mailbox.mailTo(suzuki.email)).text).toContain('すべての端末から');
  });

  it('erases a person everywhere, at once and for good', async () => {
    const { corporation, suzuki } = await companyExists(running);
    const person = await signedIn(running, suzuki);
    await running.pool.query(
      `insert into mail_deliveries (id, kind, recipient, state, account_id)
       values (gen_random_uuid(), 'test', $1, 'handed-over', $2)`,
      [suzuki.email, suzuki.id],
    );
    expect((await account('erase', suzuki, ...BY)).exitCode).toBe(0);
    await person.opens('/');
    expect(person.page.path).toBe('/login?next=%2F');
    const { rows } = await running.pool.query(
      `select name, name_kana, department, phone, email, login_id, password_hash, state,
              anonymised_at is not null as gone
       from accounts where id = $1`,
      [suzuki.id],
    );
    const nothing = { name: '', name_kana: '', department: '', phone: '', email: '', login_id: '' };
    expect(rows).toEqual([{ ...nothing, password_hash: '', state: 'deleted', gone: true }]);
    const found = await operator.types('mail', 'find', suzuki.email);
    expect(found).toMatchObject({ exitCode: 1, err: expect.stringContaining('No mail to') });
    expect(await log('account-erasure', corporation.id)).toEqual([{ reason: 'done', facts: TOLD }]);
    expect(await account('show', suzuki)).toMatchObject({ exitCode: 1 });
  });

  it('shows why somebody does not get in, in the language of the terminal', async () => {
    const { corporation, sato } = await companyExists(running);
    await signedIn(running, sato);
    await account('freeze', sato, ...BY);
    const english = await account('show', sato);
    expect(english.out).toContain(
      `Company: 株式会社さくら (number ${corporation.corporateNumber})`,
    );
    expect(english.out).toMatch(/^State: Suspended$/m);
    expect(english.out).toMatch(/Failed sign-ins: 0, sessions: 0, known browsers: 0/);
    expect(english.out).toMatch(/Last mails:\n {2}\S+Z {2}desk-acted {2}/);
    expect(english.out).toMatch(/Last outcomes:[^]* sign-in {2}done {2}[\d.]+ {2}\S+/);
    const japanese = await operator.typesWith(
      { LANG: 'ja_JP.UTF-8' },
      'account',
      'show',
      sato.loginId,
    );
    expect(japanese.out).toMatch(/^状態：利用停止中$/m);
    expect(await log('account-view', corporation.id)).toHaveLength(2);
  });

  it('says that nobody has a login ID', async () => {
    for (const act of ['end-waits', 'freeze', 'release', 'end-sessions', 'erase'])
      expect(await account(act, { loginId: 'nobody' }, ...BY)).toMatchObject({
        exitCode: 1,
        err: 'nobody: No account has this login ID.\n',
      });
  });
});
