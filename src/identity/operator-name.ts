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
const ANYWHERE =
  /窓口|オペレーター|責任者|管理者|担当|請求先|利用者|お客様|人目|別の|自動処理|システム|サポート|センター|運用者/u;
/** Leadbetter and 山本 人志 have such a one in their names. */
const ALONE =
  /本人|operator|clerk|lead|leader|manager|administrator|admin|staff|desk|helpdesk|support|system|genkan|root|first|second|customer/u;

const [PART, WHOLE] = [ANYWHERE, ALONE].map(({ source }) =>
  source.split('|').map(operatorKey).join('|'),
);
const ROLE_WORD = new RegExp(`${PART}|^(?:${WHOLE})+[\\dol]*$`, 'u');

/** A name with a role's word in it, or that is made of such words and numbers. */
export function isRoleWord(name: string): boolean {
  return ROLE_WORD.test(operatorKey(name));
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
