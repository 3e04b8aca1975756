import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { grant, TAMURA } from '../../support/desk-people.js';
import { neutral, provesBehind, wrong } from '../../support/proof.js';
import { activates, applicant, entersDetails, signsIn } from '../../support/registration.js';
import {
  applies,
  entersNumbers,
  isReviewed,
  leftBehind,
  objects,
  type LeftBehind,
} from '../../support/succession.js';

const MAILBOXES = 14;
let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

/** Commands know the service by another address than this test. */
async function linkTo(email: string, subject = ''): Promise<string> {
  return new URL(running.mailbox.linkIn(await running.mailbox.mailTo(email, subject))).pathname;
}

const welcomeLinkTo = (email: string) => linkTo(email, '管理者追加登録完了のご案内');

const crowdOf = ({ sato }: LeftBehind) =>
  Array.from({ length: MAILBOXES }, (_, number) => {
    const loginId = `crowd-${number}-${sato.loginId}`;
    return applicant(loginId, {
      name: `泥棒 ${number}号`,
      email: `${loginId}@evil${number}.example`,
    });
  });

async function stagesOf({ corporation }: LeftBehind): Promise<Record<string, number>> {
  const { rows } = await running.pool.query<{ stage: string }>(
    `select enrollment_stage(kind, state, started_at, release_at, probation_ends_at) as stage
     from enrollments where corporation_id = $1`,
    [corporation.id],
  );
  const grouped = Map.groupBy(rows, ({ stage }) => stage);
  return Object.fromEntries([...grouped].map(([stage, each]) => [stage, each.length]));
}

async function caseIn({ corporation }: LeftBehind, state: string): Promise<string> {
  const { rows } = await running.pool.query<{ number: string }>(
    'select case_number as number from enrollments where corporation_id = $1 and state = $2',
    [corporation.id, state],
  );
  return rows[0]!.number;
}

const toldOf = (left: LeftBehind) =>
  running.mailbox.all().filter(({ to }) => to === left.sato.email);

/** All apply before anybody proves anything, the honest one last; then the crowd presses, and 鈴木. */
async function isFlooded(left: LeftBehind) {
  const { corporation, suzuki } = left;
  const crowd = crowdOf(left);
  const links: string[] = [];
  for (const each of crowd) {
    await applies(running.visitor(), corporation, each);
    links.push(await linkTo(each.email));
  }
  const person = running.visitor();
  await applies(person, corporation, suzuki);
  const own = await linkTo(suzuki.email);
  for (const link of links) await provesBehind(link, running.visitor());
  await provesBehind(own, person);
  return { crowd, number: person.page.facts.受付番号! };
}

describe('a thief with the numbers of a company and many mailboxes', () => {
  it('has one case, and the desk has the others', async () => {
    const left = await leftBehind(running);
    await isFlooded(left);
    expect(await stagesOf(left)).toEqual({ probation: 1, review: MAILBOXES });
    await running.mailbox.everythingIsSent();
    // Five applications whose mailbox nobody proved, and the newcomer.
    expect(toldOf(left)).toHaveLength(6);
  });

  it('is not followed by himself, and keeps nobody out whom the desk lets in', async () => {
    const left = await leftBehind(running);
    const { crowd, number } = await isFlooded(left);
    await running.mailbox.everythingIsSent();
    const objection = /^\S+\/admin-enrollment\/objection\/\S+$/m.exec(toldOf(left).at(-1)!.text);
    await objects(running.visitor(), objection![0]);
    await running.mailbox.everythingIsSent();
    const sent = running.mailbox.all().length;
    await operator.types('enrollment', 'dismiss', await caseIn(left, 'objected'), ...TAMURA);
    await running.mailbox.everythingIsSent();
    expect(await stagesOf(left)).toEqual({ refused: 1, review: MAILBOXES });
    const decided = running.mailbox.all().slice(sent);
    expect(decided.map(({ to }) => to).toSorted()).toEqual(
      [crowd[0]!.email, left.sato.email].toSorted(),
    );

    await grant(operator, number);
    const next = applicant(`next-${left.sato.loginId}`);
    await isReviewed(running, running.visitor(), left.corporation, next);
    const person = running.visitor();
    await activates(person, await welcomeLinkTo(left.suzuki.email));
    await signsIn(person, left.suzuki);
    expect(person.page.h1).toBe('TOPページ');
    expect(await caseIn(left, 'running')).toBe(number);
  });

  it('is in the way of nobody who comes a week after the end', async () => {
    const left = await leftBehind(running);
    const [thief] = crowdOf(left);
    await applies(running.visitor(), left.corporation, thief!);
    await provesBehind(await linkTo(thief!.email), running.visitor());
    await running.clock.advance('9 days');
    const number = await isReviewed(running, running.visitor(), left.corporation, left.suzuki);
    await operator.types('review', 'refuse', number, ...TAMURA);
    await running.clock.advance('2 days');
    const late = running.visitor();
    await applies(late, left.corporation, left.suzuki);
    await activates(late, await welcomeLinkTo(left.suzuki.email));
    expect(late.page.path).toBe('/login?next=%2Faccounts');
  });

  it('learns nothing before a mailbox is proved: right and wrong pairs go on by mail', async () => {
    const left = await leftBehind(running);
    for (const each of crowdOf(left).slice(0, 5))
      await applies(running.visitor(), left.corporation, each);
    const seen: string[][] = [];
    for (const [company, entered] of [
      [left.corporation, left.suzuki],
      [wrong(left.corporation), applicant('x'.repeat(left.suzuki.loginId.length))],
    ] as const) {
      const person = running.visitor();
      const pages: string[] = [];
      await entersNumbers(person, company);
      expect(person.page.path).toContain('/admin-enrollment/details');
      pages.push(person.page.html);
      await entersDetails(person, { ...entered, name: left.suzuki.name });
      await person.presses('登録');
      expect(person.page.h1).toBe('管理者追加登録完了');
      pages.push(person.page.html);
      seen.push(pages.map((html) => neutral(html, entered.loginId, entered.email)));
    }
    expect(seen[1]).toEqual(seen[0]);
  });
});

describe('somebody whose application the desk reviews', () => {
  it('is stopped at once by an objection that came meanwhile', async () => {
    const left = await leftBehind(running);
    const [thief] = crowdOf(left);
    await applies(running.visitor(), left.corporation, left.suzuki);
    const own = await linkTo(left.suzuki.email);
    const told = await running.mailbox.mailTo(left.sato.email);
    await applies(running.visitor(), left.corporation, thief!);
    await provesBehind(await linkTo(thief!.email), running.visitor());
    const person = running.visitor();
    await provesBehind(own, person);
    const number = person.page.facts.受付番号!;
    const sato = running.visitor();
    await sato.opens(running.mailbox.linkIn(told));
    expect(sato.page.text).toContain('担当窓口がこのお申し込みを確認しているため');
    await sato.presses('異議を申し立てる');
    expect(sato.page.text).toContain('まだどなたもログインできません');
    const mail = await running.mailbox.mailTo(left.sato.email, '異議申し立てを受け付けました');
    expect(mail.text).toContain('担当窓口がこのお申し込みを確認しているため');

    await objects(running.visitor(), await objectionOfThief(left));
    await operator.types('enrollment', 'dismiss', await caseIn(left, 'objected'), ...TAMURA);
    await grant(operator, number);
    await activates(person, await welcomeLinkTo(left.suzuki.email));
    expect(person.page.notice).toContain('異議申し立てがあったため');
    expect(await stagesOf(left)).toEqual({ refused: 1, objected: 1 });
  });
});

async function objectionOfThief({ sato }: LeftBehind): Promise<string> {
  return running.mailbox.linkIn(await running.mailbox.mailTo(sato.email, 'が追加登録されました'));
}
