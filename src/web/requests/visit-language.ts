import type { Request } from 'express';
import { YEAR_MS } from '../../durations.js';
import { Cookie } from '../cookies.js';
import { notice } from '../notices.js';
import { say } from '../sentence.js';
import type { Language } from '../texts.js';

export const LANGUAGE_COOKIE = new Cookie('language', YEAR_MS);

export const LANGUAGE_CHOSEN = notice.info(say('表示する言語を変更しました。'));
export const LANGUAGE_AS_BEFORE = notice.info(say('表示する言語は、これまでと同じです。'));
export const LANGUAGE_CHOSEN_IN_FORM = notice.info(
  say('表示する言語を変更しました。入力の途中の内容は、パスワードを除いて、そのまま残っています。'),
);

/** The one that the person chose, else the one that the browser asks for first. */
export function languageOf(request: Request, chosen: string | undefined): Language {
  if (chosen === 'ja' || chosen === 'en') return chosen;
  return request.acceptsLanguages('ja', 'en') === 'en' ? 'en' : 'ja';
}
