import { holdsHidden } from '../web/forms/hidden-characters.js';
import { normalForm } from '../web/forms/normal-form.js';

/** A family name may be one letter: 森. */
const NAME = /^(?:[\p{L}\p{N} ._-]{2,60}|\p{Script=Han})$/u;

/** In scripts that every reader of the desk tells apart: no Cyrillic А, no small capital ᴀ. */
const READABLE = /^[a-zæœøßþðđł0-9\p{scx=Hira}\p{scx=Kana}\p{sc=Han}가-힣 ._-]+$/iu;

/** Each pair looks alike: of kana and kanji, of kanji, and of letters and digits in small letters. */
const ALIKE = new Map(
  (
    '口ロ囗ロ力カ二ニ八ハ工エ卜ト夕タ一ーへヘりリ才オ千チ土士未末曰日已己巳己干チ' +
    'ァアィイゥウェエォオッツャヤュユョヨヮワヵカヶケぁあぃいぅうぇえぉおっつゃやゅゆょよゎわ' +
    '0o〇o1lil'
  )
    .match(/../gu)!
    .map(([one, other]) => [one, other] as [string, string]),
);

/** How the desk's people are called in commands and in the log; undefined for what is no name. */
export function operatorNameOf(typed: string): string | undefined {
  const name = normalForm(typed).trim();
  const isName = NAME.test(name) && !holdsHidden(name) && operatorKey(name) !== '';
  return isName ? name : undefined;
}

/** The same for somebody new. */
export function newOperatorNameOf(typed: string): string | undefined {
  const name = operatorNameOf(typed);
  const plain = name && normalForm(normalForm(name, 'NFKD').replace(/\p{M}/gu, ''));
  return plain && READABLE.test(plain) ? name : undefined;
}

/** What pages, mails and the log call sides and roles: no person is told from them. */
const ROLE_WORDS =
  /担当窓口|窓口|オペレーター|責任者|管理者|管理担当者|担当者|担当|請求先|利用者|お客様|本人|自動処理|システム|サポート|運用者|運用担当|operator|clerk|lead|administrator|admin|staff|desk|support|system|genkan|root|helpdesk/u;

/** A name that is made of such words, and of numbers behind them. */
export function isRoleWord(name: string): boolean {
  const keys = ROLE_WORDS.source.split('|').map(operatorKey);
  return new RegExp(`^(?:${keys.join('|')})+[\\dol]*$`, 'u').test(operatorKey(name));
}

/** Two of the desk differ by more than case, accents, spaces and punctuation, and look different. */
export function isSameOperator(one: string, other: string): boolean {
  return operatorKey(one) === operatorKey(other);
}

function operatorKey(name: string): string {
  const letters = normalForm(name, 'NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
  return [...letters]
    .map((letter) => ALIKE.get(letter) ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}
