import { YEAR_MS } from '../../durations.js';
import { Cookie } from '../cookies.js';
import { notice } from '../notices.js';

export const LANGUAGE_COOKIE = new Cookie('language', YEAR_MS);

export const LANGUAGE_CHOSEN = notice('language-chosen', 'info', '表示する言語を変更しました。');
