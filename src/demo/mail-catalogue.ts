import { MAIL_KINDS, type MailKind } from '../mail/mail-kinds.js';
import type { Sentence } from '../web/sentence.js';
import { translate, type Language } from '../web/texts.js';
import { MAIL_CASES } from './mail-cases.js';
import { MAIL_CHAPTERS, type MailReader } from './mail-index.js';
import { mailPreviews } from './mail-previews.js';

export interface ListedMail {
  name: string;
  title: Sentence;
  /** In which case it says this; null for the mail that is usual. */
  when: Sentence | null;
  to: MailReader;
}

interface CatalogueSearch {
  /** Part of a title or a case, as the page shows them. */
  q: string;
  to: string;
}

/** All mails by chapter, in the order of the previews; chapters without a match are left out. */
export function mailCatalogue({ q, to }: CatalogueSearch, language: Language) {
  const wanted = q.toLowerCase();
  const isWanted = (mail: ListedMail) =>
    (to === '' || mail.to === to) &&
    [mail.title, mail.when].some(
      (part) => part && translate(part, language).toLowerCase().includes(wanted),
    );
  return MAIL_CHAPTERS.map(({ title, mails }) => ({
    title,
    mails: mailPreviews
      .filter(({ mail }) => mail in mails)
      .map(({ name, mail }) => listed(name, mail, mails[mail]!))
      .filter(isWanted),
  })).filter(({ mails }) => mails.length > 0);
}

function listed(name: string, mail: MailKind, usually: MailReader): ListedMail {
  const { when = null, to = usually } = MAIL_CASES[name] ?? {};
  return { name, title: MAIL_KINDS[mail], when, to };
}
