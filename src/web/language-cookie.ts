import { Cookie } from './cookies.js';
import { notice } from './notices.js';

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** The language that this browser is answered in. */
export const LANGUAGE_COOKIE = new Cookie('language', YEAR);

export const LANGUAGE_CHOSEN = notice('language-chosen', 'info', '表示する言語を変更しました。');
