import { NewFactorForm } from '../../src/auth/second-factor/new-factor.form.js';
import { NumbersForm } from '../../src/corporations/numbers.form.js';
import { LoginIdForm, MailAddressForm, PersonForm } from '../../src/identity/person.form.js';
import { labelProblem } from '../../src/ip-restriction/networks/label.js';
import { RefusalForm, RequestForm } from '../../src/ip-restriction/requests/request.form.js';
import { CodeForm } from '../../src/password-reset/code.form.js';
import { readForm } from '../../src/web/forms/forms.js';
import { translate } from '../../src/web/texts.js';

type Form = new () => object;

function told(type: Form, field: string, text: string): string[] {
  const read = readForm(type, { [field]: text });
  const problems = read.ok ? [] : read.reading.problems;
  return problems
    .filter(({ name }) => name === field)
    .map(({ sentence }) => translate(sentence, 'ja'));
}

it.each<[Form, string, RegExp]>([
  [PersonForm, 'phone', /^電話番号は、.*20文字以内/],
  [LoginIdForm, 'loginId', /^ログインIDは、.*64文字以内/],
  [MailAddressForm, 'email', /^メールアドレスは254文字以内/],
  [NumbersForm, 'corporateNumber', /^法人番号は13桁以内/],
  [NumbersForm, 'transferAccountNumber', /^お振込先口座番号の桁数/],
  [NumbersForm, 'invoice', /^請求書番号（または請求金額）は60文字以内/],
  [CodeForm, 'code', /^コードは、英字と数字の8文字/],
  [NewFactorForm, 'newFactorCode', /^確認コードは、.*6桁/],
  [RequestForm, 'until', /^利用終了日は、1年以内/],
])('far too long a text for %p names the field %s and its limit', (type, field, sentence) => {
  expect(told(type, field, '1'.repeat(4001))).toEqual([expect.stringMatching(sentence)]);
});

const address = (length: number) => `${'a'.repeat(length - 13)}@sakura.co.jp`;

it('a mail address of 255 characters is told the limit alone, one of 254 is taken', () => {
  expect(told(MailAddressForm, 'email', address(255))).toEqual([
    'メールアドレスは254文字以内で入力してください。',
  ]);
  expect(told(MailAddressForm, 'email', address(254))).toEqual([]);
});

const DOT_HINT = '「.」のあとに文字を続ける場合は、あいだに空白を入れてください。';

it.each<[Form, string, string]>([
  [PersonForm, 'department', '部署'],
  [RequestForm, 'purpose', '目的'],
  [RefusalForm, 'word', '却下の理由'],
])('hidden characters and dots of %p are named (%s)', (type, field, name) => {
  const hidden = `${name}に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。`;
  expect(told(type, field, '在宅\u202E勤務')).toEqual([hidden]);
  expect(told(type, field, '山田.太郎')).toEqual([expect.stringContaining(DOT_HINT)]);
});

it.each([
  [
    'ヤマダ\u202Eタロウ',
    'フリガナに、見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
  ],
  ['ヤマダ.タロウ', '「.」などの記号・漢字・英数字は使えません。'],
  ['山田', '漢字・英数字は使えません。'],
])('so are those of the reading %j', (typed, sentence) => {
  expect(told(PersonForm, 'nameKana', typed)).toEqual([expect.stringContaining(sentence)]);
});

const COPIED = [...'\u200B\uFEFF\u2060\u00AD\u061C\u200E\u200F\u202A\u202B\u202C'];
const ISOLATES = [...'\u2066\u2067\u2068\u2069'];

it.each([...COPIED, ...ISOLATES])('%j, which a copied text brings along, is left out', (sign) => {
  const typed = {
    name: `小林${sign} 誠${sign}`,
    nameKana: `コバヤシ${sign} マコト`,
    department: `${sign}`,
  };
  const read = readForm(PersonForm, { ...typed, phone: '', email: 'm@sakura.example' });
  expect(read.ok && read.form).toMatchObject({
    name: '小林 誠',
    nameKana: 'コバヤシ マコト',
    department: '',
  });
});

it.each(['\u202D', '\u202E', '\u200C', '\u200D', '\u034F', '\u3164', '\u{E0041}'])(
  'a name with %j, which turns or joins what people read, is told what to do',
  (sign) => {
    const sentences = [expect.stringContaining('貼り付けずに入力し直してください。')];
    for (const copied of ['', '\u202C', '\u2069']) {
      expect(told(PersonForm, 'name', `小林${sign}誠${copied}`)).toEqual(sentences);
      expect(told(PersonForm, 'department', `総務${sign}部${copied}`)).toEqual(sentences);
    }
  },
);

it.each(['satoー1', 'ｓａｔｏー1', 'sato\u20131', 'satoｰ1', 'sato\u22121'])(
  'the login ID %j is told about the hyphen, and nothing else',
  (typed) => {
    const advice =
      'ログインIDに「ー」や長いダッシュは使えません。ハイフン「-」を入力してください。';
    expect(told(LoginIdForm, 'loginId', typed)).toEqual([advice]);
    expect(told(LoginIdForm, 'loginId', typed.replace(/.1$/, '-1'))).toEqual([]);
    expect(told(LoginIdForm, 'loginId', `佐藤${typed}`)).toHaveLength(2);
  },
);

it('a reading has spaces and a dot between words', () => {
  for (const typed of ['やまだ　たろう', 'ﾔﾏﾀﾞ・ﾀﾛｳ', 'ヤマダ\nタロウ'])
    expect(told(PersonForm, 'nameKana', typed)).toEqual([]);
});

it('so are those of the label of an IP address', () => {
  const sentence =
    'メモに、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。';
  expect(labelProblem('本\u200B社')?.text).toBe(sentence);
  expect(labelProblem('山田.太郎')?.text).toContain(DOT_HINT);
});
