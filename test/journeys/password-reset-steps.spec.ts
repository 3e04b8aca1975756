import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation, Member } from '../support/people.js';
import { asks, newLink, NEW_PASSWORD, shownLink, shownOn } from '../support/recovery.js';

const NUMBERS = { corporateNumber: '1234567', transferAccountNumber: '0012345' };
const PASSWORD = { password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD };
const STEPS = ['numbers', 'account', 'new-password', 'confirmation', 'completed'] as const;
type Step = (typeof STEPS)[number];

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  const name = '株式会社さくら';
  sakura = await running.people.corporationExists({ corporateNumber: '1234567', name });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));

/** Two people of one company behind one mailbox, and their link. */
async function recovery(): Promise<{ members: [Member, Member]; link: string }> {
  people += 1;
  const email = `soumu-${people}@sakura.example`;
  const given = { corporation: sakura, name: '木村 陽子', email };
  const members: [Member, Member] = [
    await running.people.administratorExists({ ...given, loginId: `kimura-${people}a` }),
    await running.people.staffExists({ ...given, loginId: `kimura-${people}b` }),
  ];
  return { members, link: await newLink(running, email) };
}

interface Run {
  person: Visitor;
  flow: string;
  members: [Member, Member];
  link: string;
}

/** Somebody who came as far as this page, and no farther. */
async function at(step: Step, given?: Pick<Run, 'members' | 'link'>): Promise<Run> {
  const { members, link } = given ?? (await recovery());
  const person = running.visitor();
  await person.opens(link);
  const numbers = step === 'numbers' ? { ...NUMBERS, corporateNumber: '9' } : NUMBERS;
  const fields = { account: { accountId: members[0].id }, 'new-password': PASSWORD };
  const posted = await posts(person, 'numbers', { ...numbers, link: await shownLink(person) });
  const flow = /flow(?:=|" value=")([\da-f-]{36})/.exec(
    posted.headers.location ?? posted.text,
  )![1]!;
  const passed = STEPS.slice(1, STEPS.indexOf(step));
  for (const page of passed)
    await posts(person, page, { flow, ...fields[page as keyof typeof fields] });
  return { person, flow, members, link };
}

/** As the browser does that read the page before. */
async function posts(person: Visitor, page: string, fields: Record<string, string>) {
  const shown = await shownOn(person, page, fields.flow ?? '');
  return person.sends('POST', `/password-reset/${page}`, { fields: { ...fields, shown } });
}

const pathOf = (step: Step, flow: string) => `/password-reset/${step}${flow && `?flow=${flow}`}`;

async function hashesOf(members: Member[]): Promise<object[]> {
  const statement = 'select password_hash from accounts where id = any($1) order by id';
  return (await running.pool.query(statement, [members.map(({ id }) => id)])).rows;
}

describe.each(STEPS)('from %s', (step) => {
  const ahead = STEPS.slice(STEPS.indexOf(step) + 1);

  it('every later page leads back there, read or posted, and changes nothing', async () => {
    const { person, flow, members } = await at(step);
    const before = await hashesOf(members);
    const everything = { ...NUMBERS, ...PASSWORD, accountId: members[1].id, flow };
    for (const page of ahead) {
      const read = await person.sends('GET', pathOf(page, flow));
      expect([page, read.status, read.headers.location]).toEqual([page, 303, pathOf(step, flow)]);
      if (page === 'completed') continue;
      const posted = await posts(person, page, everything);
      expect([page, posted.headers.location]).toEqual([page, pathOf(step, flow)]);
    }
    const here = await person.opens(pathOf(step, flow));
    expect([here.status, here.path]).toEqual([200, pathOf(step, flow)]);
    expect(await hashesOf(members)).toEqual(before);
  });

  it('another browser, another flow and no flow lead to the beginning and show nobody', async () => {
    const { flow, members } = await at(step);
    const before = await hashesOf(members);
    const stranger = running.visitor();
    await asks(stranger, 'nobody@example.jp');
    const other = await at('numbers');
    const ids = [flow, other.flow, 'x', '', '00000000-0000-4000-8000-000000000000'];
    for (const page of STEPS)
      for (const id of ids) {
        const fields = { ...NUMBERS, ...PASSWORD, accountId: members[0].id, flow: id };
        const answers = [await stranger.sends('GET', pathOf(page, id))];
        if (page !== 'completed') answers.push(await posts(stranger, page, fields));
        for (const { status, headers, text } of answers) {
          expect([page, id, status]).toEqual([page, id, 303]);
          expect(headers.location).toBe('/password-reset');
          expect(text).not.toMatch(/木村|kimura|さくら/);
        }
      }
    await stranger.opens(pathOf(step, flow));
    expect(stranger.page.notice).toContain('最初のページに戻りました');
    expect(await hashesOf(members)).toEqual(before);
  });
});

it('behind the end every page leads to the end, and nothing happens twice', async () => {
  const { person, flow, members } = await at('completed');
  await running.mailbox.mailTo(members[0].email);
  const before = await hashesOf(members);
  for (const page of STEPS.slice(0, 4)) {
    const read = await person.sends('GET', pathOf(page, flow));
    expect(read.headers.location).toBe(pathOf('completed', flow));
    const fields = { ...NUMBERS, accountId: members[1].id, flow };
    const posted = await posts(person, page, {
      ...fields,
      password: 'umi-no-soko-88',
      passwordConfirmation: 'umi-no-soko-88',
    });
    expect(posted.headers.location).toBe(pathOf('completed', flow));
  }
  expect(await hashesOf(members)).toEqual(before);
  await running.mailbox.nothingFor(members[0].email);
});

it('Back and other entries hold until the last button, and fields of other steps do nothing', async () => {
  const { person, flow, members } = await at('confirmation');
  const before = await hashesOf(members);
  await posts(person, 'account', { flow, accountId: members[1].id });
  const confirmed = await posts(person, 'confirmation', { flow });
  expect(confirmed.headers.location).toBe(pathOf('new-password', flow));
  const foreign = { accountId: members[0].id, corporationId: 'x', state: 'active', role: 'staff' };
  await posts(person, 'new-password', { flow, ...PASSWORD, ...foreign, completed: 'x' });
  expect(await hashesOf(members)).toEqual(before);
  await posts(person, 'confirmation', { flow, ...foreign });
  expect((await person.opens(pathOf('completed', flow))).facts).toMatchObject({
    ログインID: members[1].loginId,
  });
});

it('two tabs with one link do not mix', async () => {
  const { person, flow, members } = await at('confirmation');
  const tab = person.tab();
  await tab.opens('/password-reset/numbers');
  const begun = await posts(tab, 'numbers', { ...NUMBERS, link: await shownLink(tab) });
  const second = begun.headers.location!.split('flow=')[1]!;
  await posts(tab, 'account', { flow: second, accountId: members[1].id });
  await posts(person, 'confirmation', { flow });
  expect((await person.opens(pathOf('completed', flow))).facts).toMatchObject({
    ログインID: members[0].loginId,
  });
  expect((await tab.opens(pathOf('new-password', second))).status).toBe(410);
});

it('30 minutes without a step lead to the beginning, and the link begins anew', async () => {
  const { person, flow, link } = await at('confirmation');
  await running.clock.advance('29 minutes 59 seconds');
  expect((await person.opens(pathOf('confirmation', flow))).status).toBe(200);
  await running.clock.advance('1 second');
  await person.presses('登録');
  expect(person.page.path).toBe('/password-reset');
  expect(person.page.notice).toContain('30分が過ぎたか');
  expect(person.page.notice).toContain('届いているメールのURLを、もう一度開いてください。');
  await person.opens(link);
  expect(person.page.path).toBe('/password-reset/numbers');
});

it.each([
  ['was deleted', `state = 'deleted'`],
  ['got another mail address', `email = 'new@sakura.example', email_key = 'new@sakura.example'`],
])('an account that meanwhile %s gets no new password', async (_, change) => {
  const { person, flow, members, link } = await at('confirmation');
  const before = await hashesOf(members);
  await person.opens(pathOf('confirmation', flow));
  await running.pool.query(`update accounts set ${change} where id = $1`, [members[0].id]);
  await person.presses('登録');
  expect(person.page.status).toBe(410);
  expect(await hashesOf(members)).toEqual(before);
  // The other ID of the mailbox is still to be recovered.
  await person.opens(link);
  expect(person.page.status).toBe(200);
});
