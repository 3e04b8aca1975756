import { WaitingMails } from '../../src/mail/waiting-mails.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation } from '../support/people.js';
import { asks, linkTo, withoutIds } from '../support/recovery.js';

const START = new Date('2026-11-22T18:30:00+09:00');

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  const name = '株式会社さくら';
  sakura = await running.people.corporationExists({ corporateNumber: '1234567', name });
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(START);
  await running.pool.query('truncate limit_counters');
});

/** The mailbox of somebody who was never here. */
async function mailbox(): Promise<string> {
  people += 1;
  const given = { corporation: sakura, loginId: `ono-${people}`, name: '小野 瞳' };
  return (await running.people.administratorExists(given)).email;
}

/** Every address gets this page. */
async function asked(email: string, person = running.visitor()): Promise<Visitor> {
  await asks(person, email);
  expect(person.page.h1).toBe('パスワード再登録URL発行完了');
  return person;
}

const works = async (link: string) => (await running.visitor().opens(link)).status === 200;

/** The page without what differs between any two: form ids, the run, the language form. */
const comparable = (page: { html: string }, email: string) =>
  withoutIds(page.html).replaceAll(email, '@');

describe('the mail once more', () => {
  it('is not sent within three minutes, and then voids the older link', async () => {
    const email = await mailbox();
    const person = await asked(email);
    const older = await linkTo(running, email);
    await running.clock.advance('2 minutes 59 seconds');
    await person.presses('メールを再送する');
    expect(person.page.notice).toContain('3分ほど待ってから、もう一度お試しください。');
    expect(person.page.text).toContain('18時30分まで');
    await running.mailbox.nothingFor(email);
    expect(await works(older)).toBe(true);

    await running.clock.advance('1 second');
    await person.presses('メールを再送する');
    expect(person.page.notice).toContain('再送しました。いちばん新しいメールを');
    expect(person.page.text).toContain('2026年11月23日(月) 18時33分まで（日本時間）');
    expect(await works(await linkTo(running, email))).toBe(true);
    expect(await works(older)).toBe(false);
  });

  it('is refused in words after three in an hour', async () => {
    const email = await mailbox();
    const person = await asked(email);
    await linkTo(running, email);
    for (const moment of ['first', 'second']) {
      await running.clock.advance('3 minutes');
      await person.presses('メールを再送する');
      expect([moment, await works(await linkTo(running, email))]).toEqual([moment, true]);
    }
    await running.clock.advance('3 minutes');
    await person.presses('メールを再送する');
    expect(person.page.notice).toContain('1時間に3回、1日に10回');
    await running.mailbox.nothingFor(email);
  });
});

describe('mails to one address that one network causes', () => {
  let neighbours = 0;
  const neighbour = () => running.visitor({ address: `10.88.0.${(neighbours += 1)}` });

  it('are three an hour; beyond it the page is the same, and the last link stays', async () => {
    const email = await mailbox();
    let link = '';
    let shown = '';
    for (let times = 0; times < 3; times += 1) {
      shown = comparable((await asked(email, neighbour())).page, email);
      link = await linkTo(running, email);
    }
    for (const typed of [email, email.toUpperCase(), ` ${email}`]) {
      const read = typed.trim().replace(/@.*/, (domain) => domain.toLowerCase());
      expect(comparable((await asked(typed, neighbour())).page, read)).toBe(shown);
    }
    await running.mailbox.nothingFor(email);
    expect(await works(link)).toBe(true);
    await running.clock.advance('59 minutes 59 seconds');
    await asked(email, neighbour());
    await running.mailbox.nothingFor(email);
    await running.clock.advance('1 second');
    await asked(email, neighbour());
    expect(await works(await linkTo(running, email))).toBe(true);
  });

  it('are ten a day', async () => {
    const email = await mailbox();
    for (let mails = 0; mails < 10; mails += 1) {
      if (mails % 3 === 0) await running.clock.advance('1 hour');
      await asked(email, neighbour());
      await running.mailbox.mailTo(email);
    }
    await running.clock.advance('1 hour');
    await asked(email, neighbour());
    await running.mailbox.nothingFor(email);
    await running.clock.advance('20 hours');
    await asked(email, neighbour());
    await running.mailbox.mailTo(email);
  });

  it.each([
    ['one network', 3, 1, neighbour],
    ['many networks', 12, 12, () => running.visitor()],
  ])('asked for 20 times at once from %s are %d at most, and %d links work', async (...story) => {
    const [, most, opening, visitor] = story;
    const email = await mailbox();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        visitor().sends('POST', '/password-reset', { fields: { email } }),
      ),
    );
    for (const { status, headers } of answers) {
      expect(status).toBe(303);
      expect(headers.location).toMatch(/^\/password-reset\/sent\?flow=/);
    }
    await running.mailbox.everythingIsSent();
    const links = running.mailbox.unread(email).map((mail) => running.mailbox.linkIn(mail));
    expect(links.length).toBeLessThanOrEqual(most);
    const working = await Promise.all(links.map(works));
    expect(working.filter(Boolean)).toHaveLength(opening);
  });
});

it('mails that one client causes are 20 an hour, whatever addresses it types', async () => {
  const [twentieth, beyond] = [await mailbox(), await mailbox()];
  const person = running.visitor({ address: '203.0.113.7' });
  for (let times = 0; times < 19; times += 1) await asked(`nobody-${times}@example.jp`, person);
  await asked(twentieth, person);
  await running.mailbox.mailTo(twentieth);
  await asked(beyond, person);
  await running.mailbox.nothingFor(beyond);
  person.movesTo('203.0.113.8');
  await asked(beyond, person);
  await running.mailbox.mailTo(beyond);
});

describe('with the mail server down', () => {
  afterEach(() => running.mailbox.comesBack());

  it('the answer is the same, and the mail goes out once when it is back', async () => {
    const [known, unknown] = [await mailbox(), 'nobody@example.jp'];
    await running.mailbox.goesDown();
    const shown = (await asked(known)).page;
    expect(comparable(shown, known)).toBe(comparable((await asked(unknown)).page, unknown));
    expect(shown.text).toContain('2026年11月23日(月) 18時30分まで');
    await running.mailbox.everythingIsSent();
    expect(running.mailbox.unread(known)).toEqual([]);

    await running.mailbox.comesBack();
    await running.clock.advance('2 hours');
    expect(await running.app.get(WaitingMails).retryNow()).toBe(1);
    const mail = await running.mailbox.mailTo(known);
    expect(mail.text).toContain('2026年11月23日(月) 18時30分まで（日本時間）');
    expect(await works(running.mailbox.linkIn(mail))).toBe(true);
    await running.mailbox.nothingFor(known);
    await running.clock.stopsAt(new Date(START.getTime() + 24 * 3_600_000));
    expect(await works(running.mailbox.linkIn(mail))).toBe(false);
  });
});

it.each([
  { host: 'evil.example' },
  { host: 'evil.example', origin: 'http://evil.example' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  { 'x-forwarded-server': 'evil.example', 'x-forwarded-port': '1', 'x-forwarded-prefix': '/evil' },
  { forwarded: 'for=192.0.2.1;host=evil.example;proto=https' },
  { 'x-host': 'evil.example', 'x-original-host': 'evil.example', 'x-real-ip': 'evil.example' },
  { 'x-original-url': '//evil.example/', 'x-rewrite-url': '//evil.example/' },
  { referer: 'http://evil.example/', 'x-http-host-override': 'evil.example' },
])('the link begins with the public address, whatever is claimed: %j', async (headers) => {
  const email = await mailbox();
  const fields = { email };
  const answer = await running.visitor().sends('POST', '/password-reset', { fields, headers });
  expect(answer.headers.location).toMatch(/^\/password-reset\/sent\?flow=[\da-f-]{36}$/);
  const mail = await running.mailbox.mailTo(email);
  expect(running.mailbox.linkIn(mail)).toMatch(`${running.url}/password-reset/`);
  expect(mail.text + mail.html + mail.messageId).not.toContain('evil');
  const opened = await running.visitor().sends('GET', running.mailbox.linkIn(mail), { headers });
  expect(opened.headers.location).toBe('/password-reset/numbers');
});
