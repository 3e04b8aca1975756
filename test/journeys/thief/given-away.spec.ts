import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { signsIn } from '../../support/registration.js';
import {
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

const TAMURA = ['--operator', '田村'];
const NAKAI = ['--operator', '中井'];
const PASSWORD = 'momiji-7342-kawa';

async function caseOf({ corporation }: LeftBehind): Promise<string> {
  const { rows } = await running.pool.query<{ number: string }>(
    'select case_number as number from enrollments where corporation_id = $1',
    [corporation.id],
  );
  return rows[0]!.number;
}

const WHO = ['--name', '小川 恵', '--kana', 'おがわ めぐみ', '--reason', '登記簿と電話で確認'];

const named = (email: string) => [...WHO, '--email', email];

/** The desk's terminal knows the service by another address. */
const pathIn = (link: string) => new URL(link).pathname;

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
    const confirmed = await operator.types('enrollment', 'confirm', number, ...NAKAI);
    expect(confirmed).toMatchObject({ exitCode: 0, err: '' });
    const mail = await running.mailbox.mailTo(email);
    expect(mail.subject).toBe('[法人WEBシステム] 管理者のご登録について');
    expect(await statesOf(left)).toMatchObject({ '鈴木 一郎': 'suspended' });

    const ogawa = running.visitor();
    await ogawa.opens(pathIn(running.mailbox.linkIn(mail)));
    await ogawa.presses('登録を完了する');
    expect(ogawa.page.status).toBe(422);
    expect(ogawa.page.errorsAt('ログインID')).toEqual(['ログインIDを入力してください。']);
    ogawa.fills('ログインID', `ogawa-${left.sato.loginId}`);
    ogawa.fills('パスワード', PASSWORD);
    ogawa.fills('パスワード確認', PASSWORD);
    await ogawa.presses('登録を完了する');
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
    await running.mailbox.mailTo(left.sato.email);
    expect((await running.mailbox.mailTo(left.sato.email)).text).toContain(
      '担当窓口が、小川 恵 様を貴社の管理者として登録しました。',
    );
    await signsIn(thief, left.suzuki);
    expect(thief.page.status).toBe(403);
  });

  it('takes two people of the desk, whose names and reasons the log keeps', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const number = await caseOf(left);
    const early = await operator.types('enrollment', 'confirm', number, ...NAKAI);
    expect(early).toMatchObject({ exitCode: 1, err: expect.stringContaining('nobody is named') });
    const email = `ogawa-${left.sato.loginId}@example.jp`;
    await operator.types('enrollment', 'give', number, ...named(email), ...TAMURA);
    const alone = await operator.types('enrollment', 'confirm', number, '--operator', ' 田 村');
    expect(alone).toMatchObject({ exitCode: 1, err: expect.stringContaining('somebody else') });
    expect((await operator.types('enrollment', 'give', number, ...TAMURA)).exitCode).toBe(2);
    expect(await statesOf(left)).toMatchObject({ '鈴木 一郎': 'active' });
    await operator.types('enrollment', 'confirm', number, ...NAKAI);
    expect(await statesOf(left)).toMatchObject({ '鈴木 一郎': 'suspended' });
    const { rows } = await running.pool.query(
      `select act, reason, facts ->> 'operator' as operator, facts ->> 'why' as why
       from audit_entries where corporation_id = $1 and act like 'appointment%' order by id`,
      [left.corporation.id],
    );
    const confirmation = { act: 'appointment-confirmation', why: 'confirmed' };
    expect(rows).toEqual([
      { ...confirmation, reason: 'appointment-missing', operator: '中井' },
      { act: 'appointment', reason: 'done', operator: '田村', why: '登記簿と電話で確認' },
      { ...confirmation, reason: 'same-operator', operator: '田 村' },
      { ...confirmation, reason: 'done', operator: '中井' },
    ]);
    const shown = await operator.types('enrollment', 'show', number);
    expect(shown.out).toContain('by 田村, confirmed by 中井');
  });

  it('goes to the person who was named last', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const number = await caseOf(left);
    const wrong = `wrong-${left.sato.loginId}@example.jp`;
    await operator.types('enrollment', 'give', number, ...named(wrong), ...TAMURA);
    await operator.types('enrollment', 'confirm', number, ...NAKAI);
    const link = pathIn(running.mailbox.linkIn(await running.mailbox.mailTo(wrong)));
    const right = `right-${left.sato.loginId}@example.jp`;
    await operator.types('enrollment', 'give', number, ...named(right), ...NAKAI);
    await operator.types('enrollment', 'confirm', number, ...TAMURA);
    await running.mailbox.mailTo(right);
    const person = running.visitor();
    await person.opens(link);
    expect(person.page.status).toBe(410);
  });

  it('is not given while the case waits, nor after it is over', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const number = await caseOf(left);
    await operator.types('enrollment', 'dismiss', number);
    const over = await operator.types(
      ...(['enrollment', 'give', number] as const),
      ...named('x@example.jp'),
      ...TAMURA,
    );
    expect(over).toMatchObject({ exitCode: 1, err: expect.stringContaining('decided already') });
  });
});
