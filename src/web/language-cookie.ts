import { Cookie } from './cookies.js';

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** The language that this browser is answered in. */
export const LANGUAGE_COOKIE = new Cookie('language', YEAR);
