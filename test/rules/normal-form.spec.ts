import { readForm } from '../../src/web/forms/forms.js';
import { normalForm } from '../../src/web/forms/normal-form.js';
import { OwnContactForm } from '../../src/help/contact.form.js';
import { LoginIdForm, MailAddressForm, PersonForm } from '../../src/identity/person.form.js';
import { translate } from '../../src/web/texts.js';
import { contentOf, filesBelow } from '../support/sentences.js';

/** Each is sorted before the one before it. */
const MARKS = '\u0327\u0301';

describe('a normal form', () => {
  it.each(['が', 'ｶﾞ', 'Ａ１', '㈱', 'é', 'ก็ํา', 'ﷺ', '👩‍👩‍👧', `o${MARKS.repeat(15)}`])(
    'is that of Unicode for what people write: %j',
    (text) => {
      expect(normalForm(text)).toBe(text.normalize('NFKC'));
      expect(normalForm(text, 'NFKD')).toBe(text.normalize('NFKD'));
    },
  );

  it.each([MARKS, '\uFF9E\u0301', '\u0344\u0F73', '\u{1D165}\u0301'])(
    'has thirty marks like %j in a row at most',
    (marks) => {
      const thirty = [...marks.repeat(15)].join('');
      expect(normalForm(`a${marks.repeat(5000)}b`)).toBe(`a${thirty}b`.normalize('NFKC'));
    },
  );

  it('takes every character for a mark that begins with one in its normal form', () => {
    const missed = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = code >= 0xd800 && code < 0xe000 ? '' : String.fromCodePoint(code);
      if (
        /^\p{M}/u.test(character.normalize('NFKD')) &&
        normalForm(character.repeat(31)) !== normalForm(character.repeat(30))
      )
        missed.push(code.toString(16));
    }
    expect(missed).toEqual([]);
  });
});

const using = (call: string) =>
  filesBelow('src', '.ts').filter((file) => contentOf(file).includes(call));

it('is made, and characters are counted as people see them, in one place each', () => {
  expect(using('.normalize(')).toEqual(['src/web/forms/normal-form.ts']);
  expect(using('Intl.Segmenter(')).toEqual(['src/web/forms/graphemes.ts']);
});

const problemsOf = (type: new () => object, field: string, text: string) => {
  const read = readForm(type, { [field]: text });
  if (read.ok) throw new Error('It is fine');
  const { problems, values } = read.reading;
  const own = problems.filter(({ name }) => name === field);
  return { told: own.map(({ sentence }) => translate(sentence, 'ja')), value: values[field] };
};

describe('a field', () => {
  it.each([
    [PersonForm, 'name', '氏名は100文字以内で入力してください。'],
    [PersonForm, 'nameKana', 'フリガナは100文字以内で入力してください。'],
    [
      PersonForm,
      'phone',
      '電話番号は、数字と記号（+ - ( )）を使い、20文字以内で入力してください。',
    ],
    [
      LoginIdForm,
      'loginId',
      'ログインIDは、英字・数字・記号（. _ - @）の4文字以上64文字以内で入力してください。',
    ],
    [MailAddressForm, 'email', 'メールアドレスは254文字以内で入力してください。'],
    [OwnContactForm, 'message', 'お問い合わせの内容は2000文字以内で入力してください。'],
  ])('of %p is refused by its length alone, as it was typed: %s', (type, field, sentence) => {
    const text = `a${MARKS.repeat(10_000)}`;
    expect(problemsOf(type, field, text)).toEqual({ told: [sentence], value: text });
  });

  it('may be as long as its rule says, however many units its characters take', () => {
    const read = readForm(OwnContactForm, { message: '👩‍👩‍👧'.repeat(2000) });
    expect(read.ok).toBe(true);
    expect(problemsOf(OwnContactForm, 'message', '👩‍👩‍👧'.repeat(2001)).told).toHaveLength(1);
  });
});
