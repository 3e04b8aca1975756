import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Answer } from '../support/http.js';
import {
  asks,
  entersCode,
  finishes,
  linkTo,
  newLink,
  NEW_PASSWORD,
  withoutIds,
} from '../support/recovery.js';
import { activates, applicant, registers, signsIn } from '../support/registration.js';

const START = new Date('2026-11-22T18:30:00+09:00');
const RECOVERY = '[法人WEBシステム] パスワード再登録のご案内';
const ACTIVATION = '[法人WEBシステム] 登録のご案内';

/** All addresses are equally long, so that lengths may be compared too. */
const MAILBOXES: Record<string, { email: string; mails: string[] }> = {
  'nobody’s': { email: 'mailbox-0@states.example', mails: [] },
  'an administrator’s': { email: 'mailbox-1@states.example', mails: [RECOVERY] },
  'a suspended person’s': { email: 'mailbox-2@states.example', mails: [RECOVERY] },
  'an unfinished registration’s': { email: 'mailbox-3@states.example', mails: [ACTIVATION] },
  'a deleted person’s': { email: 'mailbox-4@states.example', mails: [] },
  'a person’s of a closed company': { email: 'mailbox-5@states.example', mails: [] },
  'two companies’': { email: 'mailbox-6@states.example', mails: [RECOVERY] },
  'a locked-out person’s': { email: 'mailbox-7@states.example', mails: [RECOVERY] },
};

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  const sakura = await company('1234567', '株式会社さくら');
  const closed = await company('2345678', 'とじた株式会社');
  const { people, pool } = running;
  const person = (box: string, loginId: string, corporation = sakura, state?: 'suspended') =>
    people.administratorExists({
      corporation,
      loginId,
      name: '渡辺 徹',
      email: MAILBOXES[box]!.email,
      ...(state && { state }),
    });
  await person('an administrator’s', 'watanabe-1');
  await person('a suspended person’s', 'watanabe-2', sakura, 'suspended');
  const fresh = await company('9999991', 'あたらしい株式会社');
  await person('an unfinished registration’s', 'watanabe-3', fresh, 'registered' as 'suspended');
  await person('a deleted person’s', 'watanabe-4', sakura, 'deleted' as 'suspended');
  await person('a person’s of a closed company', 'watanabe-5', closed);
  await person('two companies’', 'watanabe-6');
  await person('two companies’', 'watanabe-7', await company('3456789', 'もみじ商事株式会社'));
  await person('a locked-out person’s', 'watanabe-8');
  await pool.query(`update corporations set state = 'closed' where id = $1`, [closed.id]);
  for (let times = 0; times < 6; times += 1)
    await signsIn(running.visitor(), { loginId: 'watanabe-8', password: 'wrong-1234' });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(START));

const company = (corporateNumber: string, name: string) =>
  running.people.corporationExists({ corporateNumber, name });

/** Status, headers and bytes, but for what differs between any two answers. */
function comparable({ status, headers, text }: Answer, email: string): object {
  const masked = (value: string) =>
    withoutIds(value)
      .replaceAll(email, 'EMAIL')
      .replaceAll(/(flow=)[\w-]{24}(?=;|$)/g, '$1COOKIE')
      .replaceAll(/Expires=[^;]+/g, 'Expires');
  const rest = Object.entries(headers)
    .filter(([name]) => !/^(?:date|x-request-id)$/.test(name))
    .map(([name, value]) => [name, masked(String(value))]);
  return { status, headers: Object.fromEntries(rest), text: masked(text) };
}

/** Everything that somebody can hear about an address without reading its mail. */
async function answersAbout(email: string): Promise<object[]> {
  const person = running.visitor();
  const answers: object[] = [];
  const hears = async (method: string, path: string, fields?: Record<string, string>) => {
    const answer = await person.sends(method, path, fields ? { fields } : {});
    answers.push(comparable(answer, email));
    return answer;
  };
  const asked = await hears('POST', '/password-reset', { email });
  const sent = asked.headers.location!;
  const flow = sent.split('flow=')[1]!;
  await hears('GET', sent);
  for (let tries = 0; tries < 6; tries += 1)
    await hears('POST', '/password-reset/code', { flow, code: 'AAAAAAAA' });
  for (const wait of ['1 minute', '2 minutes', '3 minutes', '3 minutes']) {
    await running.clock.advance(wait);
    await hears('POST', '/password-reset/sent', { flow });
    await hears('GET', sent);
  }
  await hears('GET', (await hears('POST', '/password-reset', { email })).headers.location!);
  await hears('GET', `/password-reset/new-password?flow=${flow}`);
  await running.mailbox.everythingIsSent();
  return answers;
}

it('every address hears the same bytes, whosever it is, and only owners get mail', async () => {
  const [nobodys, ...others] = Object.keys(MAILBOXES);
  const expected = await answersAbout(MAILBOXES[nobodys!]!.email);
  const text = JSON.stringify(expected);
  for (const sentence of ['URL発行完了', 'コードが違うか', 'お送りしたばかり', '回数（1時間に3回'])
    expect(text).toContain(sentence);
  for (const whose of others) {
    await running.clock.stopsAt(START);
    expect([whose, await answersAbout(MAILBOXES[whose]!.email)]).toEqual([whose, expected]);
  }
  for (const [whose, { email, mails }] of Object.entries(MAILBOXES)) {
    const subjects = running.mailbox.all().filter(({ to }) => to === email);
    expect([whose, [...new Set(subjects.map(({ subject }) => subject))]]).toEqual([whose, mails]);
  }
});

it('the answer looks at no account, so that its time cannot tell either', async () => {
  const given = { corporateNumber: '4567890', name: 'ぶな株式会社' };
  const { email } = await running.people.administratorExists({
    corporation: await running.people.corporationExists(given),
    loginId: 'buna',
    name: '渡辺 徹',
  });
  const client = await running.pool.connect();
  await client.query('begin; lock table accounts, corporations in access exclusive mode');
  try {
    for (const typed of [email, 'nobody@example.jp']) {
      const person = running.visitor();
      await asks(person, typed);
      expect(person.page.h1).toBe('パスワード再登録URL発行完了');
      await entersCode(person, 'AAAA-AAAA');
      expect(person.page.status).toBe(422);
    }
  } finally {
    await client.query('rollback');
    client.release();
  }
  await running.mailbox.mailTo(email);
});

describe('a suspended account', () => {
  it('stays suspended, and only its owner hears so', async () => {
    const email = 'teishi@sakura.example';
    const corporation = await company('5678901', 'けやき株式会社');
    const given = { corporation, loginId: 'teishi', name: '渡辺 徹', email };
    await running.people.administratorExists({ corporation, loginId: 'hoka', name: '原 光' });
    await running.people.administratorExists({ ...given, state: 'suspended' });
    const person = running.visitor();
    await person.opens(await newLink(running, email));
    await finishes(person, corporation);
    expect(person.page.h1).toBe('パスワード再登録完了');
    const { text } = await running.mailbox.mailTo(email);
    for (const told of [person.page.text, text]) {
      expect(told).toContain('このアカウントは利用を停止されているため、まだログインできません。');
      expect(told).toContain('貴社の管理者の方にご連絡ください。');
      expect(told).not.toContain('ログインしてください');
    }
    const enters = async (password: string) => {
      const stranger: Visitor = running.visitor();
      await signsIn(stranger, { loginId: 'teishi', password });
      return [stranger.page.status, stranger.page.h1];
    };
    expect(await enters(NEW_PASSWORD)).toEqual([403, 'このアカウントはご利用いただけません']);
    expect(await enters('wrong-1234')).toEqual([422, 'ログイン']);
  });
});

describe('an unfinished registration', () => {
  it('gets its activation mail again where somebody applied, and no link to a new password', async () => {
    const entered = applicant('kaede');
    const home = running.visitor();
    await registers(home, await company('6789012', 'かえで株式会社'), entered);
    const older = await linkTo(running, entered.email);
    await asks(running.visitor(), entered.email);
    await running.mailbox.nothingFor(entered.email);
    expect((await running.visitor().opens(older)).status).toBe(200);
    await asks(home, entered.email);
    const mail = await running.mailbox.mailTo(entered.email);
    expect(mail.subject).toBe(ACTIVATION);
    await running.mailbox.nothingFor(entered.email);
    expect((await running.visitor().opens(older)).status).toBe(410);
    const person = running.visitor();
    await activates(person, running.mailbox.linkIn(mail));
    await signsIn(person, entered);
    expect(person.page.h1).toBe('TOPページ');
  });
});
