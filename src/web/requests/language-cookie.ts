import { YEAR_MS } from '../../durations.js';
import { Cookie } from '../cookies.js';
import { notice } from '../notices.js';
import { say } from '../sentence.js';

export const LANGUAGE_COOKIE = new Cookie('language', YEAR_MS);

export const LANGUAGE_CHOSEN = notice.info(say('表示する言語を変更しました。'));
