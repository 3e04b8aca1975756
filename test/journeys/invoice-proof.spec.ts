import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Answer } from '../support/http.js';
import type { Corporation } from '../support/people.js';
import { entersNumbers } from '../support/registration.js';

const WRONG = '7654321';
const DAY = 24 * 3600;

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
/** Each story begins on a day of its own, so that the alarm of the whole service stays silent. */
beforeEach(() => running.clock.advance('1 day'));

function company(): Promise<Corporation> {
  companies += 1;
  return running.people.corporationExists({
    corporateNumber: `50${companies}`,
    name: `株式会社さくら${companies}`,
  });
}

const tries = (corporateNumber: string, account: string, person = running.visitor(), flow = '') =>
  person.sends('POST', '/initiate/numbers', {
    fields: { corporateNumber, transferAccountNumber: account, flow },
  });

async function failsTimes(times: number, attempt: () => Promise<Answer>): Promise<void> {
  for (let time = 0; time < times; time += 1) expect((await attempt()).status).toBe(422);
}

/** A case in which no wrong pair was tried yet. */
async function newCase(corporation: Corporation): Promise<{ person: Visitor; flow: string }> {
  const person = running.visitor();
  await entersNumbers(person, corporation);
  return { person, flow: person.page.url.searchParams.get('flow')! };
}

async function logged(reason: string, since: number): Promise<number> {
  const { rows } = await running.pool.query<{ count: number }>(
    `select count(*)::int from audit_entries
     where act = 'numbers-proof' and reason = $1 and id > $2`,
    [reason, since],
  );
  return rows[0]!.count;
}

async function logEnd(): Promise<number> {
  const { rows } = await running.pool.query<{ id: string | null }>(
    'select max(id) as id from audit_entries',
  );
  return Number(rows[0]!.id);
}

function isExhausted({ status, headers, text }: Answer): void {
  expect(status).toBe(429);
  expect(Number(headers['retry-after'])).toBeGreaterThan(DAY - 120);
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(DAY);
  expect(text).toContain('およそ24時間後に');
  expect(text).toContain(running.config.deskPhone);
}

/** The numbers are taken, and compared behind a mailed link. */
async function isWithoutVerdict(attempt: () => Promise<Answer>): Promise<void> {
  const { status, headers } = await attempt();
  expect([status, headers.location]).toEqual([
    303,
    expect.stringMatching(/^\/initiate\/details\?flow=/),
  ]);
}

describe('wrong pairs of numbers', () => {
  it('are five in a case, then nothing is compared any more, not even the right pair', async () => {
    const corporation = await company();
    const { person, flow } = await newCase(corporation);
    await failsTimes(5, () => tries(corporation.corporateNumber, WRONG, person, flow));
    for (const number of [WRONG, '0012345']) {
      const ended = await tries(corporation.corporateNumber, number, person, flow);
      expect(ended.text).toContain('すぐにはじめからやり直せます。');
      expect([ended.status, ended.headers['retry-after']]).toEqual([429, '1']);
    }
    await entersNumbers(running.visitor(), corporation);
  });

  it('are five in a case whose tries came through the form', async () => {
    const corporation = await company();
    const person = running.visitor();
    await entersNumbers(person, { ...corporation, transferAccounts: [WRONG] });
    for (let times = 0; times < 4; times += 1) {
      expect(person.page.field('法人番号').getAttribute('value')).toBe(corporation.corporateNumber);
      await person.presses('確認');
    }
    expect(person.page.status).toBe(422);
    await person.presses('確認');
    expect(person.page.status).toBe(429);
    expect(person.page.h1).toBe('番号を確認できませんでした');
  });

  it('are told on the page ten times a day for a company, from wherever they come', async () => {
    const { corporateNumber } = await company();
    await failsTimes(10, () => tries(corporateNumber, WRONG));
    await isWithoutVerdict(() => tries(corporateNumber, WRONG));
    await isWithoutVerdict(() => tries(corporateNumber, '0012345'));
    await running.clock.advance('1 day');
    expect((await tries(corporateNumber, '0012345')).status).toBe(303);
    expect((await tries(corporateNumber, WRONG)).status).toBe(422);
  });

  it('are ten a day for a company that does not exist, with the same answers', async () => {
    await failsTimes(10, () => tries('999000', WRONG));
    await isWithoutVerdict(() => tries('999000', WRONG));
    await isWithoutVerdict(() => tries('Ｔ999−000', WRONG));
  });

  it.each([
    ['/24', (host: number) => `203.0.113.${host}`, '203.0.112.1'],
    ['/64', (host: number) => `2001:db8:1:2:${host}::1`, '2001:db8:2:2::1'],
    ['/48', (host: number) => `2001:db8:3:${host}::1`, '2001:db8:4:1::1'],
    ['/24 in IPv6 form', (host: number) => `::ffff:192.0.2.${host}`, '192.0.3.1'],
  ])('are 30 a day for a network (%s)', async (_, address, neighbour) => {
    const corporation = await company();
    for (let host = 1; host <= 30; host += 1) {
      const answer = await tries(
        `60${host}${companies}`,
        WRONG,
        running.visitor({ address: address(host) }),
      );
      expect(answer.status).toBe(422);
    }
    const { corporateNumber } = corporation;
    const inside = running.visitor({ address: address(99) });
    isExhausted(await tries(corporateNumber, '0012345', inside));
    const outside = running.visitor({ address: neighbour });
    expect((await tries(corporateNumber, '0012345', outside)).status).toBe(303);
  });

  it('are counted before they are compared: 50 at once are five', async () => {
    const corporation = await company();
    const { person, flow } = await newCase(corporation);
    const before = await logEnd();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => tries(corporation.corporateNumber, WRONG, person, flow)),
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(45);
    expect(await logged('numbers-unmatched', before)).toBe(5);
    expect(await logged('case-exhausted', before)).toBe(0);
  });

  it('stay counted when the application starts again', async () => {
    const { corporateNumber } = await company();
    await failsTimes(10, () => tries(corporateNumber, WRONG));
    await running.restart();
    await isWithoutVerdict(() => tries(corporateNumber, WRONG));
  });

  it('do not count the malformed ones, and not the field of another form', async () => {
    const { corporateNumber } = await company();
    const person = running.visitor();
    for (let times = 0; times < 12; times += 1)
      expect((await tries(corporateNumber, '12345678', person)).status).toBe(422);
    expect((await tries(corporateNumber, '0012345', person)).status).toBe(303);
  });
});

describe('the right pair', () => {
  it('uses up nothing', async () => {
    const corporation = await company();
    const { person, flow } = await newCase(corporation);
    for (let times = 0; times < 35; times += 1)
      expect((await tries(corporation.corporateNumber, '0012345', person, flow)).status).toBe(303);
    await failsTimes(5, () => tries(corporation.corporateNumber, WRONG, person, flow));
  });

  it('belongs to its company only, and is no pair with the number of another one', async () => {
    const one = await company();
    const two = await running.people.corporationExists({
      corporateNumber: '70001',
      name: '株式会社よそ',
      transferAccounts: ['0099999'],
    });
    expect((await tries(one.corporateNumber, '0099999')).status).toBe(422);
    expect((await tries(two.corporateNumber, '0012345')).status).toBe(422);
    expect((await tries(two.corporateNumber, '0099999')).status).toBe(303);
  });

  it('opens nothing for a company that was closed', async () => {
    const { id, corporateNumber } = await company();
    await running.pool.query(`update corporations set state = 'closed' where id = $1`, [id]);
    expect((await tries(corporateNumber, '0012345')).status).toBe(422);
  });
});
