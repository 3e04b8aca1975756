import { accountPreviews } from './account-previews.js';
import { enrollmentPreviews } from './enrollment-previews.js';
import { ipRestrictionPreviews } from './ip-restriction-previews.js';
import type { MailPreview } from './mail-preview.js';
import { momentInWords } from '../web/moment-in-words.js';
import type { Language } from '../web/texts.js';

/** Every mail; those that say one thing or another, in each way. */
export function mailPreviews(language: Language): MailPreview[] {
  const facts = {
    person: { corporationName: '株式会社みなと製作所', name: '佐藤 花子' },
    time: momentInWords(new Date('2026-11-23T09:30:00Z'), language),
  };
  return [
    ...enrollmentPreviews(facts),
    ...accountPreviews(facts),
    ...ipRestrictionPreviews(facts),
    { mail: 'test', model: {} },
  ];
}
