import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { dismiss, NAKAI, onlyCase, TAMURA, uphold } from '../../support/desk-people.js';
import { signsIn } from '../../support/registration.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterAll(() => running.stop());
afterEach(() => running.clock.reset());

const CASE_FIRST = expect.stringContaining('case');

const erases = ({ loginId }: { loginId: string }) =>
  operator.types('account', 'erase', loginId, ...TAMURA);

const caseOf = async (left: LeftBehind) => (await onlyCase(running, left)).number;

async function statesOf({ corporation }: LeftBehind): Promise<string[]> {
  const { rows } = await running.pool.query<{ state: string }>(
    'select state from accounts where corporation_id = $1 order by created_at',
    [corporation.id],
  );
  return rows.map(({ state }) => state);
}

async function usable({ corporation }: LeftBehind): Promise<number | null> {
  const text = 'select from usable_administrators where corporation_id = $1';
  return (await running.pool.query(text, [corporation.id])).rowCount;
}

describe('nobody is erased whose case is not decided', () => {
  it('an applicant, whose application and login ID stay as they are', async () => {
    const left = await leftBehind(running);
    await applies(running.visitor(), left.corporation, left.suzuki);
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email));
    expect(await erases(left.suzuki)).toMatchObject({ exitCode: 1, err: CASE_FIRST });
    const suzuki = running.visitor();
    await suzuki.opens(link);
    await suzuki.presses('登録を完了する');
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.h1).toBe('TOPページ');
  });

  it('a newcomer on probation, or a witness', async () => {
    const left = await leftBehind(running, 1);
    await takesOver(running, left);
    expect(await erases(left.suzuki)).toMatchObject({ exitCode: 1, err: CASE_FIRST });
    expect(await erases(left.sato)).toMatchObject({ exitCode: 1, err: CASE_FIRST });
    expect(await statesOf(left)).toEqual(['active', 'active', 'active']);
  });

  it('the parties of a case that somebody objected to after its time', async () => {
    const left = await leftBehind(running, 1);
    await takesOver(running, left);
    const link = await objectionLink(running, left.sato);
    await running.clock.advance('5 days');
    await objects(running.visitor(), link);
    expect(await erases(left.suzuki)).toMatchObject({ exitCode: 1, err: CASE_FIRST });
    expect(await erases(left.sato)).toMatchObject({ exitCode: 1, err: CASE_FIRST });
    await dismiss(operator, await caseOf(left));
    expect(await erases(left.sato)).toMatchObject({ exitCode: 0, err: '' });
  });
});

describe('somebody who is erased never comes back', () => {
  it.each(['give', 'dismiss', 'uphold'])('by the desk’s %s', async (word) => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await running.clock.advance('5 days');
    expect(await erases(left.suzuki)).toMatchObject({ exitCode: 0, err: '' });
    const number = await caseOf(left);
    if (word === 'dismiss') await dismiss(operator, number);
    if (word === 'uphold')
      expect(await uphold(operator, number)).toMatchObject({
        exitCode: 1,
        err: expect.stringContaining('erased'),
      });
    if (word === 'give') {
      const email = ['--email', 'ogawa@example.jp'];
      const named = ['--name', '小川 恵', '--kana', 'おがわ', ...email];
      await operator.types('enrollment', 'give', number, ...named, ...TAMURA);
      const confirmed = await operator.types('enrollment', 'confirm', number, ...email, ...NAKAI);
      expect(confirmed).toMatchObject({ exitCode: 0, err: '' });
    }
    expect((await statesOf(left)).slice(0, 2)).toEqual(['active', 'deleted']);
    expect(await usable(left)).toBe(1);
    expect((await erases(left.sato)).exitCode).toBe(1);
  });

  it('in the database either: nobody stands behind such an administrator', async () => {
    const left = await leftBehind(running, 1);
    const text = `update accounts set anonymised_at = genkan_now() where id = $1`;
    await running.pool.query(text, [left.sato.id]);
    expect(await usable(left)).toBe(1);
  });
});
