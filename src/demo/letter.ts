import Handlebars from 'handlebars';
import type { Language } from '../web/texts.js';

/**
 * The policy of pages that show a mail. A mail carries its styles in itself; it stands in a tree of its
 * own (`views/partials/letter.hbs`), where neither its styles nor ours reach the other.
 */
export const LETTER_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; " +
  "frame-ancestors 'none'";

interface Written {
  html: string;
  text: string;
}

/** What the partial `letter` shows: the mail as our server sent it, or its text. */
export function letterView({ html, text }: Written, language: Language | string, isText: boolean) {
  return { html: new Handlebars.SafeString(html), text, language, isText };
}
