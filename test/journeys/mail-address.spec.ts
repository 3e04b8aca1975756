import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation } from '../support/people.js';
import { applicant, entersDetails, entersNumbers, registers } from '../support/registration.js';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
});
afterAll(() => running.stop());

async function enters(given: { email?: string; name?: string }) {
  const person = running.visitor();
  await entersNumbers(person, sakura);
  await entersDetails(person, applicant('sato', given));
  return person.page;
}

describe('a mail address', () => {
  it.each([
    'taro@example.jp\r\nBcc: all@example.jp',
    'taro@example.jp\nall@example.jp',
    'taro\r@example.jp',
    'taro@example.jp,all@example.jp',
    'taro@example.jp；all@example.jp',
    'taro@example.jp，all@example.jp',
    '太郎 <taro@example.jp>',
    '<taro@example.jp>',
    '"taro all"@example.jp',
    'taro(all)@example.jp',
    'taro@example.jp all@example.jp',
    'taro@[192.0.2.1]',
    'taro@all@example.jp',
    'taro@example',
    'taro@-example.jp',
    'taro@example..jp',
    'taro@',
    '@example.jp',
  ])('is refused as %p, and no mail is sent', async (email) => {
    const page = await enters({ email });
    expect(page.status).toBe(422);
    expect(page.errorsAt('メールアドレス')).toEqual([
      'メールアドレスの形式をご確認ください。例：taro@example.co.jp',
    ]);
    expect(running.mailbox.all()).toEqual([]);
  });

  it.each(['経理@example.jp', 'sato.花子@example。jp'])(
    'is refused as %p, which mail servers may not know, by what is wrong',
    async (email) => {
      const page = await enters({ email });
      expect(page.status).toBe(422);
      expect(page.errorsAt('メールアドレス')).toEqual([
        'メールアドレスの「@」より前に、日本語などの文字は使えません。半角英数字のアドレスを入力してください。',
      ]);
      expect(running.mailbox.all()).toEqual([]);
    },
  );

  it('is refused where it is too long, by that name', async () => {
    const page = await enters({ email: `${'a'.repeat(244)}@example.jp` });
    expect(page.errorsAt('メールアドレス')).toEqual([
      'メールアドレスは254文字以内で入力してください。',
    ]);
  });

  it.each([
    ['a..b@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['.taro.@ezweb.ne.jp', '.taro.@ezweb.ne.jp'],
    [' Taro+web@EXAMPLE.Co.JP ', 'Taro+web@example.co.jp'],
    ['ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ', 'taro@example.jp'],
    ['taro@日本語｡example。jp', 'taro@日本語.example.jp'],
    ['\u200btaro@example.jp\ufeff', 'taro@example.jp'],
    ["o'brien_1-2@sub.example.jp", "o'brien_1-2@sub.example.jp"],
  ])('is understood as %p', async (email, shown) => {
    expect((await enters({ email })).facts).toMatchObject({ メールアドレス: shown });
  });
});

describe('a name', () => {
  it.each([
    '佐藤\r\nBcc: all@example.jp',
    '佐藤\n花子',
    '佐藤\u2028花子',
    '佐\u0007藤',
    '佐藤\t花子',
  ])('is refused as %p', async (name) => {
    expect((await enters({ name })).errorsAt('氏名')).toContain(
      '氏名に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    );
  });

  it.each(['http://evil.example/', 'www.evil.example', 'all@evil.example'])(
    'is no way to write %p into the mails of others',
    async (name) => {
      expect((await enters({ name })).errorsAt('氏名')).toEqual([
        '氏名にURL・メールアドレス・電話番号は入れられません。「.」のあとに文字を続ける場合は、あいだに空白を入れてください。',
      ]);
    },
  );

  it('may have 100 characters as people count them, and no more', async () => {
    const hundred = '𠮷葛\u{e0100}'.repeat(50);
    expect((await enters({ name: hundred })).facts).toMatchObject({ 氏名: hundred });
    expect((await enters({ name: `${hundred}髙` })).errorsAt('氏名')).toEqual([
      '氏名は100文字以内で入力してください。',
    ]);
  });
});

it('a mail is text and HTML, with every name byte for byte', async () => {
  const name = '髙﨑 𠮷\u{fa19}葛\u{e0100}<&>"';
  const billingEmail = 'keiri@names.example';
  const company = { corporateNumber: '7654321', name: '㈱髙島𠮷商店 & "娘"', billingEmail };
  const corporation = await running.people.corporationExists(company);
  await registers(running.visitor(), corporation, applicant('sato.names', { name }));
  const { text, html, headers } = await running.mailbox.mailTo('sato.names@example.jp');
  expect(text).toContain(`${name} 様`);
  const told = await running.mailbox.mailTo(billingEmail);
  expect(told.text).toContain('㈱髙島𠮷商店 & "娘"\n');
  expect(told.html).toContain('㈱髙島𠮷商店 &amp; &quot;娘&quot;');
  expect(html).toContain('髙﨑 𠮷\u{fa19}葛\u{e0100}&lt;&amp;&gt;&quot; 様');
  expect(headers.get('auto-submitted')).toBe('auto-generated');
  expect(String((headers.get('content-type') as { value: string }).value)).toBe(
    'multipart/alternative',
  );
});
