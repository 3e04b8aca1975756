import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import {
  BY_NAKAI,
  BY_TAMURA,
  dismiss,
  NAKAI,
  onlyCase,
  TAMURA,
  uphold,
} from '../../support/desk-people.js';
import { signsIn } from '../../support/registration.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';
import { SIZES } from '../../support/thief.js';

const HOUR = 3_600_000;
let running: RunningApp;
let operator: Operator;

const PASSWORD = 'momiji-7342-kawa';

const caseOf = async (left: LeftBehind) => (await onlyCase(running, left)).number;

const WHO = ['--name', '小川 恵', '--kana', 'おがわ めぐみ'];

const to = (email: string) => ['--email', email];
const named = (email: string) => [...WHO, ...to(email)];

/** The desk's terminal knows the service by another address. */
const pathIn = (link: string) => new URL(link).pathname;

async function completes(person: Visitor, loginId: string): Promise<void> {
  person.fills('ログインID', loginId);
  person.fills('パスワード', PASSWORD);
  person.fills('パスワード確認', PASSWORD);
  await person.presses('登録を完了する');
}

async function statesOf({ corporation }: LeftBehind): Promise<Record<string, string>> {
  const { rows } = await running.pool.query<{ name: string; state: string }>(
    'select name, state from accounts where corporation_id = $1',
    [corporation.id],
  );
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}

describe.each([0, 24])('a company that the desk gives away, newcomers wait %i hours', (hours) => {
  beforeAll(async () => {
    running = await startApp({ enrollmentHold: hours * HOUR });
    operator = new Operator(running);
  });
  afterAll(() => running.stop());

  it.each(SIZES)('has the named person, and no newcomer (%i administrators)', async (size) => {
    const left = await leftBehind(running, size - 1);
    const before = await statesOf(left);
    const thief = await takesOverAndSignsIn(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const number = await caseOf(left);
    const email = `ogawa-${left.sato.loginId}@example.jp`;
    const given = await operator.types('enrollment', 'give', number, ...named(email), ...TAMURA);
    expect(given).toMatchObject({ exitCode: 0, err: '' });
    await running.mailbox.nothingFor(email);
    const confirmed = await operator.types('enrollment', 'confirm', number, ...to(email), ...NAKAI);
    expect(confirmed).toMatchObject({ exitCode: 0, err: '' });
    const mail = await running.mailbox.mailTo(email);
    expect(mail.subject).toBe('[法人WEBシステム] 管理者のご登録について');
    expect(await statesOf(left)).toMatchObject({ '鈴木 一郎': 'suspended' });

    const ogawa = running.visitor();
    await ogawa.opens(pathIn(running.mailbox.linkIn(mail)));
    await ogawa.presses('登録を完了する');
    expect(ogawa.page.status).toBe(422);
    expect(ogawa.page.errorsAt('ログインID')).toEqual(['ログインIDを入力してください。']);
    await completes(ogawa, `ogawa-${left.sato.loginId}`);
    expect(ogawa.page.path).toBe('/login?next=%2Faccounts');
    await signsIn(ogawa, { loginId: `ogawa-${left.sato.loginId}`, password: PASSWORD });
    expect(ogawa.page.h1).toBe('TOPページ');
    expect((await ogawa.sends('GET', '/accounts/new')).status).toBe(200);
    await ogawa.opens('/me');
    expect(ogawa.page.facts).toMatchObject({ ログインID: `ogawa-${left.sato.loginId}` });
    expect(await statesOf(left)).toEqual({
      ...before,
      '鈴木 一郎': 'deleted',
      '小川 恵': 'active',
    });
    expect((await running.mailbox.mailTo(left.sato.email, '担当窓口の判断')).text).toContain(
      '担当窓口が、小川 恵 様を貴社の管理者として登録しました。',
    );
    await signsIn(thief, left.suzuki);
    expect(thief.page.status).toBe(403);
  });

  it('takes two people of the desk, whose names and public reasons the log keeps', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const number = await caseOf(left);
    const email = `ogawa-${left.sato.loginId}@example.jp`;
    const confirms = (...words: string[]) =>
      operator.types('enrollment', 'confirm', number, ...to(email), ...words);
    const early = await confirms(...NAKAI);
    expect(early).toMatchObject({ exitCode: 1, err: expect.stringContaining('nobody is named') });
    await operator.types('enrollment', 'give', number, ...named(email), ...TAMURA);
    const alone = await confirms('--operator', ' 田 村.', '--reason', '自分で確認');
    expect(alone).toMatchObject({ exitCode: 1, err: expect.stringContaining('Somebody else') });
    expect((await operator.types('enrollment', 'give', number, ...TAMURA)).exitCode).toBe(2);
    expect(await statesOf(left)).toMatchObject({ '鈴木 一郎': 'active' });
    await confirms(...NAKAI);
    expect(await statesOf(left)).toMatchObject({ '鈴木 一郎': 'suspended' });
    const { rows } = await running.pool.query(
      `select act, reason, facts ->> 'operator' as operator, facts ->> 'why' as why
       from audit_entries where corporation_id = $1 and act like 'appointment%' order by id`,
      [left.corporation.id],
    );
    const act = 'appointment-confirmation';
    expect(rows).toEqual([
      { act, reason: 'appointment-missing', ...BY_NAKAI },
      { act: 'appointment', reason: 'done', ...BY_TAMURA, why: null },
      { act, reason: 'same-operator', operator: '田 村.', why: '自分で確認' },
      { act, reason: 'done', ...BY_NAKAI },
    ]);
    const shown = await operator.types('enrollment', 'show', number);
    expect(shown.out).toContain('by 田村, confirmed by 中井');
  });

  it.each(['uphold', 'dismiss'])(
    'is not given any more after "%s": the link is dead',
    async (act) => {
      const left = await leftBehind(running);
      const before = await statesOf(left);
      await takesOver(running, left);
      const number = await caseOf(left);
      const email = `ogawa-${act}-${left.sato.loginId}@example.jp`;
      await operator.types('enrollment', 'give', number, ...named(email), ...TAMURA);
      await operator.types('enrollment', 'confirm', number, ...to(email), ...NAKAI);
      const link = pathIn(running.mailbox.linkIn(await running.mailbox.mailTo(email)));
      const decided = await (act === 'uphold' ? uphold : dismiss)(operator, number);
      expect(decided).toMatchObject({ exitCode: 0, err: '' });
      const person = running.visitor();
      await person.opens(link);
      expect(person.page.status).toBe(410);
      const newcomer = act === 'uphold' ? 'active' : 'deleted';
      expect(await statesOf(left)).toEqual({ ...before, '鈴木 一郎': newcomer });
    },
  );

  it.each(['unproved', 'gone'])('is given also where the newcomer is %s', async (newcomer) => {
    const left = await leftBehind(running);
    await applies(running.visitor(), left.corporation, left.suzuki);
    if (newcomer === 'gone')
      await running.pool.query('delete from accounts where login_id_key = $1', [
        left.suzuki.loginId,
      ]);
    const number = await caseOf(left);
    const upheld = await operator.types('enrollment', 'uphold', number, ...TAMURA);
    expect(upheld).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('not confirmed the mail'),
    });
    const email = `ogawa-${left.sato.loginId}@example.jp`;
    await operator.types('enrollment', 'give', number, ...named(email), ...TAMURA);
    await operator.types('enrollment', 'confirm', number, ...to(email), ...NAKAI);
    const ogawa = running.visitor();
    await ogawa.opens(pathIn(running.mailbox.linkIn(await running.mailbox.mailTo(email))));
    await completes(ogawa, `ogawa-${left.sato.loginId}`);
    expect(ogawa.page.path).toBe('/login?next=%2Faccounts');
    expect(await statesOf(left)).toEqual({ '佐藤 花子': 'active', '小川 恵': 'active' });
  });
});
