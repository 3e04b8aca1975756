import iconv from 'iconv-lite';
import { readMasterData, type MasterDataCompany } from '../../src/corporations/master-data.js';
import type { NumberFormats } from '../../src/corporations/numbers.js';
import type { Sentence } from '../../src/web/sentence.js';

const HEADER = '法人番号,法人名,法人名カナ,お振込先口座番号,請求先メールアドレス';
const SAKURA = '1001,さくら商事,サクラショウジ,0012345,keiri@sakura.example.jp';
const FORMATS: NumberFormats = { corporateNumberFormat: 'customer', transferAccountDigits: 7 };

function read(file: string | Uint8Array, formats = FORMATS) {
  return readMasterData(typeof file === 'string' ? Buffer.from(file) : file, formats);
}

/** The companies of a file that must be fine. */
function companiesIn(file: string | Uint8Array, formats = FORMATS): MasterDataCompany[] {
  const reading = read(file, formats);
  if (!reading.ok) throw new Error(refusals(file, formats).join('\n'));
  return reading.masterData.companies;
}

/** What is wrong with a file, as `line: sentence`. */
function refusals(file: string | Uint8Array, formats = FORMATS): string[] {
  const reading = read(file, formats);
  if (reading.ok) throw new Error('The file was accepted');
  return reading.problems.map(({ line, sentence }) => `${line}: ${filled(sentence)}`);
}

function filled({ text, values }: Sentence): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

const rows = (...lines: string[]) => [HEADER, ...lines].join('\n');
const sakura: MasterDataCompany = {
  corporateNumber: '1001',
  name: 'さくら商事',
  nameKana: 'サクラショウジ',
  billingEmail: 'keiri@sakura.example.jp',
  transferAccountNumbers: new Set(['0012345']),
};

describe('the file', () => {
  it.each([
    ['UTF-8', Buffer.from(rows(SAKURA))],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${rows(SAKURA)}`)],
    ['Shift_JIS', iconv.encode(rows(SAKURA), 'cp932')],
    ['CRLF', rows(SAKURA).replaceAll('\n', '\r\n')],
    ['CR alone', rows(SAKURA).replaceAll('\n', '\r')],
    ['a line end after the last row', `${rows(SAKURA)}\r\n`],
    ['empty lines and rows of commas', `\n${HEADER}\n\n${SAKURA}\n,,,,\n　,\n\n`],
    ['trailing commas', `${HEADER},\n${SAKURA},\n`],
    ['trailing commas in the rows only', `${HEADER}\n${SAKURA},,\n`],
    ['every cell quoted', `"${HEADER}\n${SAKURA}"`.replaceAll(',', '","').replace('\n', '"\n"')],
    ['spaces around cells', rows(SAKURA.replaceAll(',', ' ,　'))],
    [
      'an English header in another order, with columns of its own',
      `Billing_Email,memo,transfer_account_number,name_kana,name,corporate_number,memo
keiri@sakura.example.jp,"a, b",0012345,サクラショウジ,さくら商事,1001,`,
    ],
    [
      'a header in half-width kana beside an English column',
      `name,${HEADER.replace('カナ', 'ｶﾅ')}\nSakura,${SAKURA}`,
    ],
  ])('is read: %s', (_, file) => {
    expect(companiesIn(file)).toEqual([sakura]);
  });

  it('may have a header and no rows', () => {
    expect(read(HEADER)).toEqual({ ok: true, masterData: { rows: 0, companies: [] } });
  });

  it('keeps the characters of Windows-31J', () => {
    const wave = Buffer.from([0x81, 0x60]);
    const file = [`${HEADER}\n7,`, iconv.encode('㈱髙﨑①', 'cp932'), wave, 'Ⅲ\\~,,1,'].map(
      (part) => (typeof part === 'string' ? iconv.encode(part, 'cp932') : part),
    );
    expect(companiesIn(Buffer.concat(file))[0]!.name).toBe('㈱髙﨑①\uFF5EⅢ\\~');
  });

  const NEITHER =
    'UTF-8としてもShift_JISとしても読み取れない文字があります。文字コードを確かめて、ファイルを書き出し直してください。';
  const QUOTES =
    'この行の引用符（"）の使い方が正しくないため、ここから先を読み取れません。値の中の引用符は、2つ重ねて（""）書いてください。';

  it.each<[string, string | Uint8Array, string[]]>([
    ['empty', '', ['0: ファイルが空です。見出しの行と、法人の行を入れてください。']],
    [
      'only empty lines',
      '\uFEFF\r\n\r\n',
      ['0: ファイルが空です。見出しの行と、法人の行を入れてください。'],
    ],
    ['UTF-16', Buffer.from(`\uFEFF${rows(SAKURA)}`, 'utf16le'), [`1: ${NEITHER}`]],
    ['UTF-16 without a mark', Buffer.from('corporate_number,name', 'utf16le'), [`1: ${NEITHER}`]],
    [
      'UTF-8 in which a name was cut in the middle of a character',
      Buffer.concat([
        Buffer.from(rows(SAKURA, '2,')),
        Buffer.from('株式会社').subarray(0, -1),
        Buffer.from(`,,1,\n${SAKURA}`),
      ]),
      [`3: ${NEITHER}`],
    ],
    [
      'Shift_JIS with half a character',
      Buffer.concat([iconv.encode(`${rows(SAKURA)}\n2,`, 'cp932'), Buffer.from([0x8a, 0x2c])]),
      [`3: ${NEITHER}`],
    ],
    [
      'characters that were lost before',
      rows('1,さくら\uFFFD,,1,', '2,すみれ,,1,', '3,\uFFFD,,1,'),
      [`2: ${NEITHER}`, `4: ${NEITHER}`],
    ],
    [
      'an unknown header',
      `番号,名称\n1,2`,
      [
        '1: 見出しの行に、列「法人番号、法人名、法人名カナ、お振込先口座番号、請求先メールアドレス」がありません。',
      ],
    ],
    [
      'no header',
      SAKURA,
      [
        '1: 見出しの行に、列「法人番号、法人名、法人名カナ、お振込先口座番号、請求先メールアドレス」がありません。',
      ],
    ],
    [
      'an English header without a column',
      '\ncorporate_number,name,name_kana,transfer_account_number\n1,a,,1',
      ['2: 見出しの行に、列「billing_email」がありません。'],
    ],
    [
      'a column twice',
      `${HEADER},法人名\n${SAKURA},さくら`,
      ['1: 見出しの行に、列「法人名」が2つ以上あります。'],
    ],
    [
      'a quote that never closes, after a bad row',
      rows('x,さくら,,1,', '2,"すみれ,,1,', '3,もみじ,,1,'),
      [
        '2: 法人番号に数字以外の文字があります。請求書の法人番号を数字で入力してください。',
        `3: ${QUOTES}`,
      ],
    ],
    ['a quote inside a cell', rows(SAKURA, '2,す"みれ,,1,'), [`3: ${QUOTES}`]],
    ['text after a quoted cell', rows(SAKURA, '2,"すみれ"商店,,1,'), [`3: ${QUOTES}`]],
  ])('is refused: %s', (_, file, problems) => {
    expect(refusals(file)).toEqual(problems);
  });
});

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
  ])('is understood: %s', (_, row, expected) => {
    const plain = { corporateNumber: '1001', transferAccountNumbers: new Set(['0012345']) };
    expect(companiesIn(rows(row))).toEqual([expect.objectContaining({ ...plain, ...expected })]);
  });

  it('may have a name of 100 characters, counted as people count', () => {
    const name = '\u{20BB7}\u{E0100}'.repeat(100);
    expect(companiesIn(rows(`1,${name},,1,`))[0]!.name).toBe(name);
  });

  const MAIL =
    '請求先メールアドレスの形をご確認ください。1つのアドレスだけを入れられます。例：keiri@example.co.jp';

  it.each([
    ['no 法人番号', ',a,,1,', '法人番号を入力してください。'],
    [
      'a 法人番号 with letters',
      '10O1,a,,1,',
      '法人番号に数字以外の文字があります。請求書の法人番号を数字で入力してください。',
    ],
    [
      'a 法人番号 in scientific notation',
      '1.23E+12,a,,1,',
      '法人番号に数字以外の文字があります。請求書の法人番号を数字で入力してください。',
    ],
    [
      'a 法人番号 of 14 digits',
      '12345678901234,a,,1,',
      '法人番号は13桁以内です。請求書の法人番号をご確認ください。',
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
      'お振込先口座番号は7桁です。請求書のお振込先口座番号をご確認ください。',
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
  ])('is refused: %s', (_, row, sentence) => {
    expect(refusals(rows(SAKURA, row))).toEqual([`3: ${sentence}`]);
  });

  it('is held to the configured formats', () => {
    const national: NumberFormats = {
      corporateNumberFormat: 'national',
      transferAccountDigits: 10,
    };
    const file = (number: string) => rows(`${number},国税庁,,12345678,`);
    expect(companiesIn(file('7000012050002'), national)[0]).toMatchObject({
      corporateNumber: '7000012050002',
      transferAccountNumbers: new Set(['0012345678']),
    });
    expect(refusals(file('8000012050002'), national)).toEqual([
      '2: 法人番号のどこかの桁が違うようです。請求書の法人番号をもう一度ご確認ください。',
    ]);
  });
});

describe('the report of bad rows', () => {
  it('names all of them, and the line where each begins', () => {
    const file = rows(
      '1,"すみれ', // the lines 2 to 4 are one row
      '',
      '商店",,1,',
      '',
      '2,"a',
      'b",,,x@',
      SAKURA,
      'x,,,1,',
    ).replaceAll('\n', '\r\n');
    expect(refusals(file)).toEqual([
      '2: 法人名に改行などの制御文字があります。取り除いてください。',
      '6: 法人名に改行などの制御文字があります。取り除いてください。',
      '6: お振込先口座番号を入力してください。',
      '6: 請求先メールアドレスの形をご確認ください。1つのアドレスだけを入れられます。例：keiri@example.co.jp',
      '9: 法人番号に数字以外の文字があります。請求書の法人番号を数字で入力してください。',
      '9: 法人名がありません。法人名を入れてください。',
    ]);
  });
});

describe('several rows of one 法人番号', () => {
  it('add accounts, each once', () => {
    const file = rows(
      SAKURA,
      '1002,すみれ,,1,',
      SAKURA.replace('0012345', '7654321'),
      SAKURA.replace('1001', '１００１').replace('0012345', '12345'),
    );
    expect(read(file)).toEqual({
      ok: true,
      masterData: {
        rows: 4,
        companies: [
          { ...sakura, transferAccountNumbers: new Set(['0012345', '7654321']) },
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
  ])('are refused for another %s', (_, one, other, columns) => {
    const file = rows('1002,すみれ,,1,', SAKURA, SAKURA, SAKURA.replace(one, other));
    expect(refusals(file)).toEqual(
      columns.map(
        (column) => `5: ${column}が、同じ法人番号の3行目と違います。どちらかに揃えてください。`,
      ),
    );
  });

  it('are not compared when their numbers are wrong anyway', () => {
    const wrong = '法人番号を入力してください。';
    expect(refusals(rows(',さくら,,1,', ',すみれ,,1,'))).toEqual([`2: ${wrong}`, `3: ${wrong}`]);
  });
});
