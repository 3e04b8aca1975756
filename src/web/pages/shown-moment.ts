import Handlebars from 'handlebars';
import { Day } from '../day.js';
import { momentInShort, momentInWords, withMoments, type Language } from '../texts.js';

/** A moment on a page: `<time>` wherever it stands as HTML, its words anywhere else. */
export class ShownMoment {
  constructor(
    private readonly moment: Date | Day,
    private readonly language: Language,
  ) {}

  /** As Handlebars asks those who are HTML already. */
  toHTML(): string {
    return `<time datetime="${this.#machine}">${this.toString()}</time>`;
  }

  /** The short form, with the words where the reader points. */
  short(): Handlebars.SafeString {
    const { moment, language } = this;
    const short = momentInShort(moment, language);
    return new Handlebars.SafeString(
      `<time datetime="${this.#machine}" title="${this.toString()}">${short}</time>`,
    );
  }

  /** To the minute, as the words are: pages of one minute do not differ by it. */
  get #machine(): string {
    if (this.moment instanceof Day) return this.moment.text;
    return `${this.moment.toISOString().slice(0, 16)}Z`;
  }

  toString(): string {
    return momentInWords(this.moment, this.language);
  }
}

/** A page's model with its moments in the reader's words. */
export function withShownMoments<T>(model: T, language: Language): T {
  return withMoments(model, (moment) => new ShownMoment(moment, language));
}
