import { Anonymisation } from '../../../src/accounts/members/anonymisation.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { dismiss, onlyCase, uphold } from '../../support/desk-people.js';
import { chooses } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
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
afterEach(() => running.clock.reset());

const caseOf = async (left: LeftBehind) => (await onlyCase(running, left)).number;

const anonymise = () => running.app.get(Anonymisation).run();
const nameOf = async ({ id }: { id: string }) =>
  (await running.pool.query<{ name: string }>('select name from accounts where id = $1', [id]))
    .rows[0]!.name;

describe('people whom a newcomer deleted', () => {
  it.each([
    ['after an objection on the 25th day', 'dismiss', '佐藤 花子'],
    ['until the newcomer stays', 'uphold', ''],
    ['for thirty days where nobody objected', 'nothing', ''],
  ])('are kept %s', async (_, word, name) => {
    const left = await leftBehind(running);
    const newcomer = await takesOverAndSignsIn(running, left);
    const link = await objectionLink(running, left.sato);
    await chooses(newcomer, left.sato);
    await newcomer.presses('削除');
    await running.clock.advance('25 days');
    if (word !== 'nothing') await objects(running.visitor(), link);
    await running.clock.advance('7 days');
    await anonymise();
    expect(await nameOf(left.sato)).toBe(word === 'nothing' ? '' : '佐藤 花子');
    if (word === 'dismiss') await dismiss(operator, await caseOf(left));
    if (word === 'uphold') await uphold(operator, await caseOf(left));
    await anonymise();
    expect(await nameOf(left.sato)).toBe(name);
    if (word === 'dismiss') await signsIn(newcomer, left.sato);
    if (word === 'dismiss') expect(newcomer.page.h1).toBe('TOPページ');
  });
});
