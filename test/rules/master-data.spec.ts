import type { MasterDataCompany } from '../../src/corporations/master-data.js';
import type { NumberFormats } from '../../src/corporations/numbers.js';
import { companiesIn, read, refusals, rows, SAKURA } from '../support/master-data.js';

describe('a row', () => {
  it.each<[string, string, Partial<MasterDataCompany>]>([
    ['full-width digits', '１００１,a,,００１２３４５,', { corporateNumber: '1001' }],
    ['leading zeros of a 法人番号', '0001001,a,,0012345,', { corporateNumber: '0001001' }],
    ['dashes, spaces and a leading T', 'T10-01,a,,001 2345,', { corporateNumber: '1001' }],
    ['an account that lost its leading zeros', '1001,a,,12345,', {}],
    ['an account in full-width digits that lost them', '1001,a,,１２３４５,', {}],
    ['a quoted comma in the name', '1001,"Sakura, Inc.",,12345,', { name: 'Sakura, Inc.' }],
    ['a quoted quote in the name', '1001,"""桜"" 商事",,12345,', { name: '"桜" 商事' }],
    [
      'a name as it was typed',
      '1001,　㈱髙島屋 𠮷野\u{E0100} \uFA19社 ,,12345,',
      { name: '㈱髙島屋 𠮷野\u{E0100} \uFA19社' },
    ],
    ['half-width kana', '1001,a,ｻｸﾗ ｶﾞｸﾌ,12345,', { nameKana: 'サクラ ガクフ' }],
    ['hiragana', '1001,a,さくら,12345,', { nameKana: 'サクラ' }],
    ['no kana and no mail address', '1001,a,,12345,', { nameKana: '', billingEmail: null }],
    ['nothing after the account', '1001,a,,12345', { billingEmail: null }],
    [
      'a mail address in full width',
      '1001,a,,12345, Ｓｏｕｍｕ..x@EXAMPLE.co.JP ',
      { billingEmail: 'Soumu..x@example.co.jp' },
    ],
  ])('is understood: %s', async (_, row, expected) => {
    const plain = { corporateNumber: '1001', transferAccountNumbers: new Set(['0012345']) };
    expect(await companiesIn(rows(row))).toEqual([
      expect.objectContaining({ ...plain, ...expected }),
    ]);
  });

  it('may have a name of 100 characters, counted as people count', async () => {
    const name = '\u{20BB7}\u{E0100}'.repeat(100);
    expect((await companiesIn(rows(`1,${name},,1,`)))[0]!.name).toBe(name);
  });

  const MAIL =
    '請求先メールアドレスの形式をご確認ください。入力できるのは1つだけです。例：keiri@example.co.jp';

  it.each([
    ['no 法人番号', ',a,,1,', '法人番号を入力してください。'],
    [
      'a 法人番号 with letters',
      '10O1,a,,1,',
      '法人番号に数字以外の文字があります。ご請求書の法人番号を数字で入力してください。',
    ],
    [
      'a 法人番号 in scientific notation',
      '1.23E+12,a,,1,',
      '法人番号に数字以外の文字があります。ご請求書の法人番号を数字で入力してください。',
    ],
    [
      'a 法人番号 of 14 digits',
      '12345678901234,a,,1,',
      '法人番号は13桁以内です。ご請求書の法人番号をご確認ください。',
    ],
    ['no name', '1,　,,1,', '法人名がありません。法人名を入れてください。'],
    [
      'a name of two lines',
      '1,"a\nb",,1,',
      '法人名に改行などの制御文字があります。取り除いてください。',
    ],
    [
      'a tab in the kana',
      '1,a,ア\tイ,1,',
      '法人名カナに改行などの制御文字があります。取り除いてください。',
    ],
    [
      'a name that turns the text around it',
      '1,x\u202Ey,,1,',
      '法人名に見えない文字があります。入力し直してください。',
    ],
    [
      'a name of 101 characters',
      `1,${'あ'.repeat(101)},,1,`,
      '法人名は100文字以内にしてください。',
    ],
    [
      'kana of 101 characters',
      `1,a,${'ｱ'.repeat(101)},1,`,
      '法人名カナは100文字以内にしてください。',
    ],
    ['no account', '1,a,,,', 'お振込先口座番号を入力してください。'],
    [
      'an account of 8 digits',
      '1,a,,12345678,',
      'お振込先口座番号は7桁です。ご請求書のお振込先口座番号をご確認ください。',
    ],
    ['two mail addresses', '1,a,,1,"a@example.jp,b@example.jp"', MAIL],
    ['a mail address with a name', '1,a,,1,経理 <a@example.jp>', MAIL],
    ['a mail address with a line end', '1,a,,1,"a@example.jp\r\nBcc: b@example.jp"', MAIL],
    ['a mail address without a domain', '1,a,,1,keiri', MAIL],
    [
      'an unquoted comma in the name',
      '1,Sakura, Inc.,サクラ,12345,keiri@example.jp',
      '見出しより列が多くあります。カンマを含む値は、引用符（"）で囲んでください。',
    ],
  ])('is refused: %s', async (_, row, sentence) => {
    expect(await refusals(rows(SAKURA, row))).toEqual([`3: ${sentence}`]);
  });

  it('is held to the configured formats', async () => {
    const national: NumberFormats = {
      corporateNumberFormat: 'national',
      transferAccountDigits: 10,
    };
    const row = '7000012050002,国税庁,,12345678,';
    expect((await companiesIn(rows(row), national))[0]).toMatchObject({
      corporateNumber: '7000012050002',
      transferAccountNumbers: new Set(['0012345678']),
    });
    expect(await refusals(rows(row.replace('7', '8')), national)).toEqual([
      '2: 法人番号の数字に誤りがあるようです。ご請求書の法人番号を、もう一度ご確認ください。',
    ]);
  });
});

describe('the report of bad rows', () => {
  it('names all of them, and the line where each begins', async () => {
    const file = rows(
      '1,"すみれ', // the lines 2 to 4 are one row
      '',
      '商店",,1,',
      '',
      '2,"a',
      'b",,,x@',
      SAKURA,
      'x,,,1,',
      '3,a,,1,経理@example.jp',
    ).replaceAll('\n', '\r\n');
    expect(await refusals(file)).toEqual([
      '2: 法人名に改行などの制御文字があります。取り除いてください。',
      '6: 法人名に改行などの制御文字があります。取り除いてください。',
      '6: お振込先口座番号を入力してください。',
      '6: 請求先メールアドレスの形式をご確認ください。入力できるのは1つだけです。例：keiri@example.co.jp',
      '9: 法人番号に数字以外の文字があります。ご請求書の法人番号を数字で入力してください。',
      '9: 法人名がありません。法人名を入れてください。',
      '10: 請求先メールアドレスの「@」より前に、日本語などの文字は使えません。半角英数字のアドレスを入れてください。',
    ]);
  });
});

describe('several rows of one 法人番号', () => {
  it('add accounts, each once', async () => {
    const file = rows(
      SAKURA,
      '1002,すみれ,,1,',
      SAKURA.replace('0012345', '7654321'),
      SAKURA.replace('1001', '１００１').replace('0012345', '12345'),
    );
    expect(await read(file)).toEqual({
      ok: true,
      masterData: {
        rows: 4,
        companies: [
          expect.objectContaining({ transferAccountNumbers: new Set(['0012345', '7654321']) }),
          expect.objectContaining({ corporateNumber: '1002' }),
        ],
      },
    });
  });

  it.each([
    ['name', 'さくら商事', 'さくら商店', ['法人名']],
    ['kana', 'サクラショウジ', 'サクラ', ['法人名カナ']],
    ['mail address', 'keiri@', 'soumu@', ['請求先メールアドレス']],
    ['missing mail address', 'keiri@sakura.example.jp', '', ['請求先メールアドレス']],
    ['name and kana', 'さくら商事,サクラショウジ', 'すみれ,スミレ', ['法人名', '法人名カナ']],
  ])('are refused for another %s', async (_, one, other, columns) => {
    const file = rows('1002,すみれ,,1,', SAKURA, SAKURA, SAKURA.replace(one, other));
    expect(await refusals(file)).toEqual(
      columns.map(
        (column) => `5: ${column}が、同じ法人番号の3行目と違います。どちらかにそろえてください。`,
      ),
    );
  });

  it('are not compared when their numbers are wrong anyway', async () => {
    const wrong = '法人番号を入力してください。';
    expect(await refusals(rows(',さくら,,1,', ',すみれ,,1,'))).toEqual([
      `2: ${wrong}`,
      `3: ${wrong}`,
    ]);
  });
});
