import iconv from 'iconv-lite';
import { companiesIn, HEADER, read, refusals, rows, SAKURA } from '../support/master-data.js';

const sakura = {
  corporateNumber: '1001',
  name: 'さくら商事',
  nameKana: 'サクラショウジ',
  billingEmail: 'keiri@sakura.example.jp',
  transferAccountNumbers: new Set(['0012345']),
};

const quoted = `"${rows(SAKURA)}"`.replaceAll(',', '","').replaceAll('\n', '"\n"');

describe('the file of the master data', () => {
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
    ['every cell quoted', quoted],
    ['every cell quoted after a byte order mark', `\uFEFF${quoted}`],
    ['spaces around quoted cells', quoted.replaceAll(',', ' , ')],
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
  ])('is read: %s', async (_, file) => {
    expect(await companiesIn(file)).toMatchObject([sakura]);
  });

  it('may have a header and no rows', async () => {
    expect(await read(HEADER)).toEqual({ ok: true, masterData: { rows: 0, companies: [] } });
  });

  it('tells half-width kana in Shift_JIS from damaged UTF-8', async () => {
    const header = 'corporate_number,name,name_kana,transfer_account_number,billing_email';
    const file = iconv.encode(`${header}\n1,ｻｸﾗﾄﾞｳ,ﾄｳｷﾖｳﾄﾞｳ,1,`, 'cp932');
    expect((await companiesIn(file))[0]).toMatchObject({
      name: 'ｻｸﾗﾄﾞｳ',
      nameKana: 'トウキヨウドウ',
    });
  });

  it('keeps the characters of Windows-31J', async () => {
    const wave = Buffer.from([0x81, 0x60]);
    const file = [`${HEADER}\n7,`, iconv.encode('㈱髙﨑①', 'cp932'), wave, 'Ⅲ\\~,,1,'].map(
      (part) => (typeof part === 'string' ? iconv.encode(part, 'cp932') : part),
    );
    expect((await companiesIn(Buffer.concat(file)))[0]!.name).toBe('㈱髙﨑①\uFF5EⅢ\\~');
  });

  const NEITHER =
    'UTF-8としてもShift_JISとしても読み取れない文字があります。文字コードを確かめて、ファイルを保存し直してください。';
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
      'semicolons',
      rows(SAKURA).replaceAll(',', ';'),
      [
        '1: 見出しの行が、カンマ（,）ではなく「;」で区切られています。カンマで区切ったCSVファイルとして、保存し直してください。',
      ],
    ],
    [
      'tabs',
      rows(SAKURA).replaceAll(',', '\t'),
      [
        '1: 見出しの行が、カンマ（,）ではなく「Tab」で区切られています。カンマで区切ったCSVファイルとして、保存し直してください。',
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
        '2: 法人番号に数字以外の文字があります。ご請求書の法人番号を数字で入力してください。',
        `3: ${QUOTES}`,
      ],
    ],
    ['a quote inside a cell', rows(SAKURA, '2,す"みれ,,1,'), [`3: ${QUOTES}`]],
    ['text after a quoted cell', rows(SAKURA, '2,"すみれ"商店,,1,'), [`3: ${QUOTES}`]],
  ])('is refused: %s', async (_, file, problems) => {
    expect(await refusals(file)).toEqual(problems);
  });
});
