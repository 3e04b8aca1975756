import { say } from '../web/sentence.js';
import { languages, translate } from '../web/texts.js';

const TITLE = say('URLが長すぎるため、ページを開けません');
const WAY_ON = say('検索する言葉などを短くして、もう一度お試しください。');

/** For heads that Node.js does not read: nothing is known of the visitor, so both languages stand there. */
export function tooLongPage(requestId: string): string {
  const parts = languages.map((language) => {
    const told = (sentence: string) => translate(say(sentence), language);
    const title = translate(TITLE, language);
    return `<div lang="${language}"><h1>${title}</h1><p>${translate(WAY_ON, language)}</p><p>${told('リクエスト番号')} ${requestId}</p><p><a href="/">${told('トップページへ')}</a></p></div>`;
  });
  return [
    '<!doctype html><html lang="ja"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${translate(TITLE, 'ja')}</title></head><body><main>${parts.join('')}</main></body></html>`,
  ].join('');
}
