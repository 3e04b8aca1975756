import { parse } from 'node-html-parser';
import type { Mail } from './mailbox.js';

/** Plain text, and the HTML as a reader sees it: both have to say what matters. */
export function formsOf({ text, html }: Pick<Mail, 'text' | 'html'>): [string, string] {
  return [text, wordsOfHtml(html)];
}

/** The visible words, line by line; a label and its value on one line, as in plain text. */
export function wordsOfHtml(html: string): string {
  const joined = html
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<\/th>/g, '：</th>')
    .replace(/<\/(?:p|tr|li|h1)>|<br>/g, '$&\n');
  const body = parse(joined).querySelector('body')!;
  body.querySelector('.preheader')?.remove();
  return body.text.replace(/\n\s*\n/g, '\n').trim();
}
