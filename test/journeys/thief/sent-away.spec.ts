import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { dismiss, NAKAI, onlyCase, TAMURA } from '../../support/desk-people.js';
import { chooses } from '../../support/members.js';
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
afterAll(() => running.stop());

const dismisses = (number: string, words: string[]) =>
  operator.types('enrollment', 'dismiss', number, ...words);

const caseOf = async (left: LeftBehind) => (await onlyCase(running, left)).number;
const stageOf = async (left: LeftBehind) => (await onlyCase(running, left)).state;

describe('a newcomer whom the desk sends away', () => {
  afterEach(() => running.clock.reset());

  it('takes two people where nobody objected', async () => {
    const left = await leftBehind(running);
    const suzuki = await takesOverAndSignsIn(running, left);
    await chooses(suzuki, left.sato);
    await suzuki.presses('削除');
    await running.clock.advance('25 days');
    const number = await caseOf(left);
    const first = await dismisses(number, TAMURA);
    expect(first).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining(`genkan enrollment dismiss ${number}`),
    });
    const shown = await operator.types('enrollment', 'show', number);
    expect(shown.out).toContain('dismissed by 田村, not by a second person');
    expect((await dismisses(number, TAMURA)).exitCode).toBe(1);
    expect(await stageOf(left)).toBe('running');
    expect((await dismisses(number, NAKAI)).out).toContain('deleted');
    expect(await stageOf(left)).toBe('refused');
  });

  it('takes two of one mind', async () => {
    const left = await leftBehind(running);
    await takesOverAndSignsIn(running, left);
    const number = await caseOf(left);
    const upholds = (words: string[]) => operator.types('enrollment', 'uphold', number, ...words);
    expect((await upholds(TAMURA)).exitCode).toBe(0);
    expect((await dismisses(number, TAMURA)).exitCode).toBe(0);
    const { out } = await operator.types('enrollment', 'show', number);
    expect(out).toContain('dismissed by 田村, not by a second person');
    expect(out).not.toContain('upheld by');
    expect((await upholds(NAKAI)).exitCode).toBe(0);
    expect(await stageOf(left)).toBe('running');
  });

  it('takes one where a witness objected, or nobody came to act', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    expect((await dismisses(await caseOf(left), TAMURA)).out).toContain('deleted');
    const other = await leftBehind(running);
    await applies(running.visitor(), other.corporation, other.suzuki);
    expect((await dismisses(await caseOf(other), TAMURA)).out).toContain('deleted');
  });

  it('is no case any more, so that the company is given to nobody', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const number = await caseOf(left);
    await dismiss(operator, number);
    const person = ['--name', '小川 恵', '--kana', 'おがわ', '--email', 'x@example.jp'];
    const over = await operator.types('enrollment', 'give', number, ...person, ...TAMURA);
    expect(over).toMatchObject({ exitCode: 1, err: expect.stringContaining('decided already') });
  });

  it('is dismissed anew by two after another word of the desk or of a witness', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const number = await caseOf(left);
    await dismisses(number, TAMURA);
    const person = ['--name', '小川 恵', '--kana', 'おがわ', '--email', 'ogawa@example.jp'];
    await operator.types('enrollment', 'give', number, ...person, ...TAMURA);
    expect((await dismisses(number, NAKAI)).out).toContain('takes two');
    expect(await stageOf(left)).toBe('running');
  });
});
