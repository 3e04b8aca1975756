import { withoutTag } from '../../../identity/login-id.js';
import { nameKey } from '../../../identity/name-key.js';
import { say, type Sentence } from '../../../web/sentence.js';

/** So many mails to one mailbox an hour. */
const MOST_OF_MAILBOX = 3;

const SHARED_BY_TOO_MANY = say(
  '同じメールアドレスの方を一度に招待できるのは、3名までです。残りの方は、1時間ほど待ってから招待してください。',
);

/** Several people may share a mailbox, as far as its limit reaches; nobody is invited twice. */
export class Mailboxes {
  readonly #people = new Map<string, Map<string, number>>();

  problemsOf(
    { email, name }: { email: string; name: string },
    line: number,
  ): { sentence: Sentence; value: string }[] {
    const mailbox = withoutTag(email);
    if (mailbox === '') return [];
    const people = this.#people.get(mailbox) ?? new Map<string, number>();
    const before = people.get(nameKey(name));
    if (before !== undefined) return [{ sentence: sameAs(before), value: email }];
    if (people.size === MOST_OF_MAILBOX) return [{ sentence: SHARED_BY_TOO_MANY, value: email }];
    this.#people.set(mailbox, people.set(nameKey(name), line));
    return [];
  }
}

function sameAs(line: number): Sentence {
  return say('{line}行目と同じ方です。どちらかの行を削除してください。', { line });
}
