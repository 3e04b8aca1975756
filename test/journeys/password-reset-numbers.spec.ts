import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Answer } from '../support/http.js';
import { asksElsewhere, linkOn, withoutIds } from '../support/recovery.js';
import { workOf } from '../support/work.js';

const EMAIL = 'ito@sakura.example';
const DAY = '86400';
/** A new case begins with a new mail. */
const AT_ONCE = '1';
const OVER = /5回続いた[^]*手続きを終了しました[^]*href="\/password-reset">はじめからやり直す/;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  await company('1111111', 'active', '7654321');
  const momiji = { corporateNumber: '2222222', name: 'もみじ商事株式会社' };
  await running.people.corporationExists(momiji);
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00'));
  await running.pool.query('truncate limit_counters');
});

/** A company in which the mailbox has one ID. */
async function company(
  corporateNumber: string,
  state: 'active' | 'deleted' | 'registered',
  ...transferAccounts: string[]
): Promise<void> {
  await running.people.administratorExists({
    corporation: await running.people.corporationExists({
      corporateNumber,
      name: '株式会社さくら',
      ...(transferAccounts.length > 0 && { transferAccounts }),
    }),
    loginId: `ito-${corporateNumber}`,
    name: '伊藤 健',
    email: EMAIL,
    state,
  });
}

/** A new link, opened: a new case. */
async function newCase(person = running.visitor()): Promise<Visitor> {
  await running.pool.query(`delete from limit_counters where key like 'mail:%'`);
  const earlier = running.mailbox.all().length;
  await asksElsewhere(running, EMAIL);
  await running.mailbox.everythingIsSent();
  const mail = running.mailbox.all().slice(earlier);
  const recovery = mail.find(({ subject }) => subject.endsWith('再登録のご案内'))!;
  await person.sends('GET', running.mailbox.linkIn(recovery));
  return person;
}

async function tries(person: Visitor, company = '1111111', account = '7654321'): Promise<Answer> {
  const shown = await person.sends('GET', '/password-reset/numbers');
  if (shown.status === 429) return shown;
  const numbers = { corporateNumber: company, transferAccountNumber: account };
  const fields = { ...numbers, link: linkOn(shown.text) };
  return person.sends('POST', '/password-reset/numbers', { fields });
}

async function fails(person: Visitor, times: number, corporateNumber = '1111111'): Promise<void> {
  for (let time = 0; time < times; time += 1)
    expect((await tries(person, corporateNumber, '0000009')).status).toBe(422);
}

const succeeds = async (person: Visitor) => {
  const { status, headers } = await tries(person);
  return status === 303 && headers.location!.startsWith('/password-reset/new-password?flow=');
};

const later = (seconds: string) =>
  new RegExp(`確認できない番号の入力が続いたため[^]*およそ${Number(seconds) / 3600}時間後に`);

function expectExhausted(answer: Answer, seconds: string, words = later(seconds)): void {
  const { status, headers, text } = answer;
  expect([status, headers['retry-after']]).toEqual([429, seconds]);
  expect(text).toMatch(words);
  expect(text).toContain(running.config.deskPhone);
  expect(text).not.toMatch(/さくら|伊藤|ito-/);
}

/** Without what differs between any two answers. */
function comparable({ status, headers, text }: Answer, ...typed: string[]) {
  const { date, 'x-request-id': id, 'set-cookie': cookies, ...rest } = headers;
  expect([date, id]).not.toContain(undefined);
  let masked = withoutIds(text);
  for (const value of typed) masked = masked.replaceAll(`value="${value}"`, 'value="NUMBER"');
  return { status, rest, text: masked, cookies: cookies?.map((line) => line.replace(/=.*?;/, '')) };
}

it('whatever does not match gets one answer', async () => {
  await company('3333331', 'deleted');
  await company('3333332', 'registered');
  const pairs: Record<string, [company: string, account: string]> = {
    'an unknown company': ['9999999', '0012345'],
    'the account of another company': ['1111111', '0012345'],
    'an account that nobody has': ['1111111', '0000000'],
    'a company where the mailbox has no ID': ['2222222', '0012345'],
    'a company where its ID was deleted': ['3333331', '0012345'],
    'a company where its registration is unfinished': ['3333332', '0012345'],
  };
  const works = new Set<string>();
  const answers: Record<string, ReturnType<typeof comparable>> = {};
  for (const [what, pair] of Object.entries(pairs)) {
    const person = await newCase();
    const { statements } = await workOf(async () => {
      answers[what] = comparable(await tries(person, ...pair), ...pair);
    });
    expect(answers[what]!.text).toContain('組み合わせを確認できませんでした');
    works.add(statements.toSorted().join());
  }
  expect(works.size).toBe(1);
  for (const [what, answer] of Object.entries(answers))
    expect([what, answer]).toEqual([what, answers['an unknown company']]);
});

it('numbers in any width, with dashes and without leading zeros are understood', async () => {
  await company('0044444', 'active', '0044444');
  const person = await newCase();
  const { headers } = await tries(person, 'Ｔ００４ー４４４４', ' 44-444 ');
  expect(headers.location).toMatch(/^\/password-reset\/new-password/);
});

it('what no invoice can show is told field by field, and counts as no try', async () => {
  const person = await newCase();
  for (const [company, account, ...sentences] of [
    ['', '', '法人番号を入力してください。', 'お振込先口座番号を入力してください。'],
    ['12a', '123456789', '法人番号に数字以外の文字', 'お振込先口座番号は7桁です。'],
  ])
    for (let times = 0; times < 4; times += 1) {
      const answer = await tries(person, company, account);
      expect(answer.status).toBe(422);
      for (const sentence of sentences) expect(answer.text).toContain(sentence);
    }
  expect(await succeeds(person)).toBe(true);
});

describe('wrong pairs', () => {
  it('are five in one case, in whichever browser, and a new link begins another', async () => {
    const person = await newCase();
    await fails(person, 3);
    const elsewhere = running.visitor();
    elsewhere.jar.cookies.set('recovery', person.jar.cookies.get('recovery')!);
    await fails(elsewhere, 2);
    expectExhausted(await tries(person), AT_ONCE, OVER);
    expectExhausted(await tries(elsewhere), AT_ONCE, OVER);
    await person.opens('/password-reset/numbers');
    expect(person.page.text).toContain('お手続きを続けるには、新しいメールが必要です。');
    await person.follows('はじめからやり直す');
    expect(person.page.path).toBe('/password-reset');
    expect(await succeeds(await newCase())).toBe(true);
  });

  it('are counted exactly when 20 come at once', async () => {
    const person = await newCase();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => tries(person, '1111111', '0000009')),
    );
    const told = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
    expect([told(422), told(429)]).toEqual([5, 15]);
  });

  it('are not counted when they were right, so that one may go back and forth', async () => {
    const person = await newCase();
    for (let times = 0; times < 7; times += 1) expect(await succeeds(person)).toBe(true);
  });

  it.each(['1111111', '9999999'])(
    'are ten a day for a mailbox, at company %s or any',
    async (number) => {
      await fails(await newCase(), 5, number);
      await fails(await newCase(), 5, number);
      expectExhausted(await tries(await newCase(), number), DAY);
      expectExhausted(await tries(await newCase(), '2222222'), DAY);
      await running.clock.advance('23 hours 59 minutes 59 seconds');
      expect((await tries(await newCase(), number)).status).toBe(429);
      await running.clock.advance('1 second');
      expect((await tries(await newCase(), number)).status).toBe(number === '1111111' ? 303 : 422);
    },
  );

  it('are thirty a day for a network, and none of another one’s', async () => {
    for (let person = 1; person <= 6; person += 1) {
      const neighbour = running.visitor({ address: `198.51.100.${person}` });
      await running.pool.query(`delete from limit_counters where key like 'proof:mailbox:%'`);
      await fails(await newCase(neighbour), 5, `55555${person}`);
    }
    await running.pool.query(`delete from limit_counters where key like 'proof:mailbox:%'`);
    const last = running.visitor({ address: '198.51.100.99' });
    const network =
      /お使いのネットワーク[^]*正しいかどうかを確認していません[^]*別の接続からは、すぐに[^]*およそ24時間後/;
    expectExhausted(await tries(await newCase(last)), DAY, network);
    last.movesTo('198.51.101.99');
    expect(await succeeds(last)).toBe(true);
  });
});
