import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { BY_NAKAI, BY_TAMURA, dismiss, TAMURA, uphold } from '../../support/desk-people.js';
import { chooses } from '../../support/members.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

async function caseOf({ corporation }: LeftBehind): Promise<string> {
  const { rows } = await running.pool.query<{ case_number: string }>(
    'select case_number from enrollments where corporation_id = $1 order by created_at desc',
    [corporation.id],
  );
  return rows[0]!.case_number;
}

async function stateOf({ loginId }: { loginId: string }): Promise<string | undefined> {
  const text = 'select state from accounts where login_id_key = $1';
  return (await running.pool.query<{ state: string }>(text, [loginId])).rows[0]?.state;
}

describe('genkan enrollment', () => {
  it('lists what nobody decided, and shows who was told and who objected', async () => {
    const left = await leftBehind(running, 1);
    running.mailbox.behaves(550);
    const suzuki = running.visitor();
    await applies(suzuki, left.corporation, left.suzuki);
    await running.mailbox.everythingIsSent();
    running.mailbox.behaves('works');
    const number = await caseOf(left);
    const { out } = await operator.types('enrollment', 'list');
    expect(out).toMatch(
      new RegExp(
        `^${number} {2}succession {2}awaiting-activation .* told 0 of 2, 0 objected$`,
        'm',
      ),
    );
    const shown = await operator.types('enrollment', 'show', number.toLowerCase());
    expect(shown).toMatchObject({ exitCode: 0, err: '' });
    expect(shown.out).toMatch(/^witness {3}佐藤 花子 {2}account active {2}NOT TOLD \(.*550/m);
    expect(shown.out).toMatch(/^witness {3}加藤 1郎 .*NOT TOLD .* no objection$/m);
    expect(shown.out).toContain(`newcomer  鈴木 一郎  ${left.suzuki.email}`);

    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.opens('/admin-enrollment/cases');
    await sato.follows('鈴木 一郎');
    sato.fills('担当窓口へのご説明', 'この人は知りません。\n\u001b[2Jお電話ください。');
    await sato.presses('異議を申し立てる');
    expect(sato.page.notice).toContain('異議申し立てを受け付けました');
    const after = await operator.types('enrollment', 'show', number);
    expect(after.out).toContain('    この人は知りません。\n    [2Jお電話ください。\n');
    expect(after.out).toMatch(/佐藤 花子 .* objected 20/);
    const list = await operator.types('enrollment', 'list');
    expect(list.out).toMatch(
      new RegExp(`^${number} {2}succession {2}awaiting-activation .* 1 objected$`, 'm'),
    );
  });

  it('decides once, tells both sides, and says why it does not', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    for (const mail of [left.sato.email, left.suzuki.email]) await running.mailbox.mailTo(mail);
    const number = await caseOf(left);
    const upheld = await uphold(operator, number);
    expect(upheld).toMatchObject({ exitCode: 0, out: expect.stringContaining('stays') });
    for (const email of [left.sato.email, left.suzuki.email])
      expect((await running.mailbox.mailTo(email, '担当窓口の判断')).text).toContain(
        '追加登録を承認しました',
      );
    await signsIn(running.visitor(), left.suzuki);
    expect(await stateOf(left.suzuki)).toBe('active');

    const again = await operator.types('enrollment', 'dismiss', number, ...TAMURA);
    expect(again).toMatchObject({ exitCode: 1, out: '', err: expect.stringMatching(/decided/) });
    const unknown = await operator.types('enrollment', 'show', 'AAAA-AAAA');
    expect(unknown).toMatchObject({ exitCode: 1, out: '', err: expect.stringMatching(/no case/) });
    expect((await operator.types('enrollment', 'uphold')).exitCode).toBe(2);
    expect((await operator.types('enrollment')).exitCode).toBe(2);
    const link = running.mailbox.all().find(({ to }) => to === left.sato.email)!;
    const sato = running.visitor();
    await sato.opens(running.mailbox.linkIn(link));
    expect([sato.page.status, sato.page.h1]).toEqual([410, 'この登録は承認されています']);
  });

  it('gives the administrators back what a newcomer took, without any objection', async () => {
    const left = await leftBehind(running);
    const suzuki = await takesOverAndSignsIn(running, left);
    await chooses(suzuki, left.sato);
    await suzuki.presses('削除');
    expect(await stateOf(left.sato)).toBe('deleted');
    const dismissed = await dismiss(operator, await caseOf(left));
    expect(dismissed).toMatchObject({ exitCode: 0, err: '' });
    expect([await stateOf(left.sato), await stateOf(left.suzuki)]).toEqual(['active', 'deleted']);
    await suzuki.reloads();
    expect(suzuki.page.path).toContain('/login');
  });

  it('dismisses also whom nobody else could replace: the company registers anew', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await running.clock.advance('72 hours');
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await chooses(sato, left.sato);
    sato.checks('自分のアカウントも削除する');
    await sato.presses('削除');
    expect(await stateOf(left.sato)).toBe('deleted');
    const dismissed = await dismiss(operator, await caseOf(left));
    expect(dismissed).toMatchObject({ exitCode: 0, err: '' });
    expect(await stateOf(left.suzuki)).toBe('deleted');
    const takahashi = applicant(`takahashi-${left.sato.loginId}`);
    const person = running.visitor();
    await registers(person, left.corporation, takahashi);
    await activates(person, running.mailbox.linkIn(await running.mailbox.mailTo(takahashi.email)));
    await signsIn(person, takahashi);
    expect(person.page.h1).toBe('TOPページ');
  });

  it('logs who decided, and why', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const upheld = await uphold(operator, await caseOf(left));
    expect(upheld).toMatchObject({ exitCode: 0, err: '' });
    const { rows } = await running.pool.query(
      `select reason, facts from audit_entries where act = 'case-decision' and corporation_id = $1
       order by id`,
      [left.corporation.id],
    );
    expect(rows).toMatchObject([
      { reason: 'second-person-needed', facts: BY_TAMURA },
      { reason: 'done', facts: BY_NAKAI },
    ]);
  });
});

describe('an objection that the desk alone decides', () => {
  it('comes after the probation, and stands in the list', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const link = await objectionLink(running, left.sato);
    await running.clock.advance('73 hours');
    const number = await caseOf(left);
    expect((await operator.types('enrollment', 'list')).out).not.toContain(number);
    await objects(running.visitor(), link);
    expect(await stateOf(left.suzuki)).toBe('active');
    expect((await operator.types('enrollment', 'list')).out).toMatch(
      new RegExp(`^${number} {2}succession {2}completed .* 1 objected$`, 'm'),
    );
  });
});

describe('an objection', () => {
  it.each(['suspended', 'deleted'])(
    'stops the newcomer, whatever became of its author: %s by a colleague',
    async (state) => {
      const left = await leftBehind(running, 1);
      await takesOver(running, left);
      const link = await objectionLink(running, left.sato);
      await running.pool.query(
        'update accounts set state = $2, deleted_at = genkan_now() where id = $1',
        [left.sato.id, state],
      );
      await objects(running.visitor(), link);
      expect([await stateOf(left.suzuki), await stateOf(left.sato)]).toEqual(['suspended', state]);
    },
  );
});
