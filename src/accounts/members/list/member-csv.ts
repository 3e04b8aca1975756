import iconv from 'iconv-lite';
import type { Account } from '../../../identity/account.entity.js';
import { ROLES } from '../../../identity/role.js';
import { csvLine } from '../../../web/csv-line.js';
import { say } from '../../../web/sentence.js';
import { translate, type Language } from '../../../web/texts.js';

export type Encoding = 'utf-8' | 'shift_jis';

const COLUMNS = [
  say('氏名'),
  say('フリガナ'),
  say('部署'),
  say('電話番号'),
  say('メールアドレス'),
  say('ログインID'),
  say('権限'),
  say('状態'),
  say('最後のログイン'),
  say('登録日時'),
];

/** Characters that stand under another number in Windows-31J. */
const TWINS: Record<string, string> = { '〜': '～', '−': '－', '—': '―', '‖': '∥' };

const moment = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'medium',
});

export async function* memberCsv(
  people: AsyncIterable<Account>,
  encoding: Encoding,
  language: Language,
): AsyncGenerator<Buffer> {
  const told = (sentence: ReturnType<typeof say>) => translate(sentence, language);
  if (encoding === 'utf-8') yield Buffer.from('\uFEFF');
  yield encoded(csvLine(COLUMNS.map(told)), encoding);
  for await (const person of people) {
    const { name, nameKana, department, phone, email, shownLoginId, role, shownState } = person;
    const own = [name, nameKana, department, phone, email, shownLoginId];
    const words = [told(ROLES[role]), told(shownState.text)];
    const times = [person.lastSignInAt, person.createdAt].map((at) => at && moment.format(at));
    yield encoded(csvLine([...own, ...words, ...times]), encoding);
  }
}

function encoded(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  return iconv.encode(isInWindows31J(text) ? text : replaced(text), 'cp932');
}

/** 〓 stands for what Windows-31J does not have, as in print. */
function replaced(text: string): string {
  return [...text]
    .map((character) => TWINS[character] ?? character)
    .map((character) => (isInWindows31J(character) ? character : '〓'))
    .join('');
}

function isInWindows31J(character: string): boolean {
  return iconv.decode(iconv.encode(character, 'cp932'), 'cp932') === character;
}
