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

  get #machine(): string {
    return this.moment instanceof Day ? this.moment.text : this.moment.toISOString();
  }

  toString(): string {
    return momentInWords(this.moment, this.language);
  }
}

/** A page's model with its moments in the reader's words. */
export function withShownMoments<T>(model: T, language: Language): T {
  return withMoments(model, (moment) =>
    moment instanceof Date ? new ShownMoment(moment, language) : momentInWords(moment, language),
  );
}
