import { createHash } from 'node:crypto';
import { say } from '../web/sentence.js';
import { languages, translate } from '../web/texts.js';

const TITLE = say('URLまたはCookieが長すぎるため、ページを開けません');
const WAY_ON = say(
  '検索する言葉などを短くして、もう一度お試しください。同じ場合は、このサイトのCookieをブラウザーの設定で削除してください。',
);

const STYLE =
  'body{max-width:40rem;margin:auto;padding:1rem;font-family:sans-serif;line-height:1.7;word-break:auto-phrase;overflow-wrap:anywhere}h1{font-size:1.5rem}';

/** What the page's `Content-Security-Policy` lets in. */
export const TOO_LONG_STYLE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

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
    `<title>${translate(TITLE, 'ja')}</title><style>${STYLE}</style></head><body><main>${parts.join('')}</main></body></html>`,
  ].join('');
}
