import { startApp, type RunningApp } from '../support/app.js';
import { send, type Answer } from '../support/http.js';
import { asks, asksElsewhere } from '../support/recovery.js';

const FORM = 'application/x-www-form-urlencoded';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  const sakura = { corporateNumber: '1234567', name: '株式会社さくら' };
  const corporation = await running.people.corporationExists(sakura);
  for (const [loginId, email] of Object.entries({
    miki: 'Miki.Kato@sakura.example',
    docomo: 'a..b@docomo.ne.jp',
    ezweb: '.taro.@ezweb.ne.jp',
    soumu: 'soumu@sakura.example',
  }))
    await running.people.administratorExists({ corporation, loginId, name: '加藤 美紀', email });
});
afterAll(() => running.stop());
beforeEach(() => running.pool.query('truncate limit_counters'));

/** Everything that was sent since `earlier`. */
async function mailsAfter(earlier: number): Promise<string[]> {
  await running.mailbox.everythingIsSent();
  return running.mailbox
    .all()
    .slice(earlier)
    .map(({ to }) => to);
}

describe('the mail goes to the stored address', () => {
  it.each([
    ['in small letters', 'miki.kato@sakura.example'],
    ['in capitals', 'MIKI.KATO@SAKURA.EXAMPLE'],
    ['in full width', 'Ｍｉｋｉ．Ｋａｔｏ＠Ｓａｋｕｒａ．ｅｘａｍｐｌｅ'],
    ['with a zero-width space', 'miki\u200b.kato@sakura.example'],
    ['with a byte order mark', '\ufeffmiki.kato@sakura.example'],
    ['with a direction mark', 'miki.kato@sakura.example\u200e'],
    ['with spaces around it', '\u3000 miki.kato@sakura.example \t'],
    ['with a Kelvin sign', 'mi\u212ai.kato@sakura.example'],
  ])('when it is typed %s', async (_, typed) => {
    const earlier = running.mailbox.all().length;
    expect((await asksElsewhere(running, typed)).status).toBe(303);
    expect(await mailsAfter(earlier)).toEqual(['Miki.Kato@sakura.example']);
  });

  it('when it is one that only mobile carriers gave out, in quotes as mail servers want it', async () => {
    const earlier = running.mailbox.all().length;
    expect((await asksElsewhere(running, '.taro.@ezweb.ne.jp')).status).toBe(303);
    expect(await mailsAfter(earlier)).toEqual(['".taro."@ezweb.ne.jp']);
    // Two dots in a row are more than the mail server of these tests takes, quotes or not.
    expect((await asksElsewhere(running, 'a..b@docomo.ne.jp')).status).toBe(303);
    await running.mailbox.everythingIsSent();
    const { rows } = await running.pool.query(
      `select recipient from mail_deliveries where kind = 'recovery' and recipient like 'a%'`,
    );
    expect(rows).toEqual([{ recipient: 'a..b@docomo.ne.jp' }]);
  });
});

it.each([
  ['a dotless i', 'm\u0131ki.kato@sakura.example'],
  ['a dotted capital I', 'm\u0130ki.kato@sakura.example'],
  ['a Cyrillic a', 'miki.k\u0430to@sakura.example'],
  ['an accent', 'míki.kato@sakura.example'],
  ['a combining dot', 'mi\u0307ki.kato@sakura.example'],
  ['a tag behind a plus', 'miki.kato+x@sakura.example'],
  ['no dot', 'mikikato@sakura.example'],
  ['another domain', 'miki.kato@sakura.example.evil.example'],
  ['a look-alike domain', 'miki.kato@s\u0430kura.example'],
  ['wildcards', '%@sakura.example'],
  ['underscores', 'miki_kato@sakura.example'],
])('an address with %s is somebody else’s: the same page, and no mail', async (_, typed) => {
  const earlier = running.mailbox.all().length;
  const answer = await asksElsewhere(running, typed);
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toMatch(/^\/password-reset\/sent\?flow=/);
  expect(await mailsAfter(earlier)).toEqual([]);
});

it.each([
  ['nothing', '', 'メールアドレスを入力してください。'],
  ['no @', 'sakura.example', 'メールアドレスの形式をご確認ください。'],
  ['two addresses', 'soumu@sakura.example,evil@evil.example', 'メールアドレスの形式を'],
  ['two with a semicolon', 'soumu@sakura.example;evil@evil.example', 'メールアドレスの形式を'],
  ['two with a space', 'soumu@sakura.example evil@evil.example', 'メールアドレスの形式を'],
  ['a line end', 'soumu@sakura.example\r\nBcc: evil@evil.example', 'メールアドレスの形式を'],
  ['brackets', 'Evil <soumu@sakura.example>', 'メールアドレスの形式を'],
  ['quotes', '"soumu@sakura.example"@evil.example', 'メールアドレスの形式を'],
  ['a comment', 'soumu(x)@sakura.example', 'メールアドレスの形式を'],
  ['255 characters', `${'a'.repeat(240)}@sakura.example`, '254文字以内'],
  ['markup', '<script>alert(1)</script>@sakura.example', 'メールアドレスの形式を'],
])('%s is no address: told at the field, and no mail', async (_, typed, sentence) => {
  const earlier = running.mailbox.all().length;
  const person = running.visitor();
  await asks(person, typed);
  expect(person.page.status).toBe(422);
  expect(person.page.errorsAt('メールアドレス')).toEqual([expect.stringContaining(sentence)]);
  expect(person.page.html).not.toContain('<script>alert');
  expect(await mailsAfter(earlier)).toEqual([]);
});

describe('a field', () => {
  const fields: Record<string, string[]> = {
    '/password-reset': ['email', 'formId'],
    '/password-reset/sent': ['flow'],
    '/password-reset/code': ['flow', 'page', 'code'],
    '/password-reset/numbers': ['flow', 'link', 'corporateNumber', 'transferAccountNumber'],
    '/password-reset/account': ['flow', 'accountId'],
    '/password-reset/new-password': ['flow', 'shown', 'password', 'passwordConfirmation'],
    '/password-reset/confirmation': ['flow', 'shown', 'formId'],
  };
  const shapes: [string, (name: string) => string][] = [
    ['twice', (name) => `${name}=soumu@sakura.example&${name}=evil@evil.example`],
    ['as an array', (name) => `${name}[]=soumu@sakura.example`],
    ['as a numbered array', (name) => `${name}[0]=soumu@sakura.example`],
    ['as an encoded array', (name) => `${name}%5B%5D=soumu@sakura.example`],
    ['as an object', (name) => `${name}[$ne]=x`],
    ['with a NUL', (name) => `${name}=soumu@sakura.example%00`],
  ];

  it.each(shapes)(
    '%s is refused in every form of the chapter, and no mail is sent',
    async (_, of) => {
      const earlier = running.mailbox.all().length;
      for (const [path, names] of Object.entries(fields))
        for (const name of names) {
          const base =
            path === '/password-reset' && name !== 'email' ? '&email=soumu@sakura.example' : '';
          const answer = await post(path, of(name) + base, FORM);
          expect([path, name, answer.status]).toEqual([path, name, 400]);
          expect(answer.headers['set-cookie']).toBeUndefined();
        }
      expect(await mailsAfter(earlier)).toEqual([]);
    },
  );

  it('in a query counts for nothing, and in JSON it is refused', async () => {
    const earlier = running.mailbox.all().length;
    for (const path of Object.keys(fields)) {
      const json = JSON.stringify({ email: ['soumu@sakura.example', 'evil@evil.example'] });
      expect([path, (await post(path, json, 'application/json')).status]).toEqual([path, 400]);
    }
    const query = '/password-reset?email=soumu@sakura.example';
    expect((await post(query, '', FORM)).status).toBe(422);
    for (const page of ['numbers', 'account', 'new-password', 'confirmation', 'completed', 'sent'])
      for (const flow of ['flow=a&flow=b', 'flow[]=a', 'flow[a]=b', 'flow=%00', 'flow=%ff']) {
        const answer = await running.visitor().sends('GET', `/password-reset/${page}?${flow}`);
        expect([page, flow, [303, 400].includes(answer.status)]).toEqual([page, flow, true]);
      }
    expect(await mailsAfter(earlier)).toEqual([]);
  });
});

function post(path: string, body: string, type: string): Promise<Answer> {
  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': type };
  return send(new URL(path, running.url), { method: 'POST', body, headers });
}
