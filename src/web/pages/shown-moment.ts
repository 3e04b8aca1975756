import Handlebars from 'handlebars';
import { momentInShort, momentInWords, withMoments, type Language } from '../texts.js';

/** A moment on a page: `<time>` wherever it stands as HTML, its words anywhere else. */
export class ShownMoment {
  constructor(
    private readonly moment: Date,
    private readonly language: Language,
  ) {}

  /** As Handlebars asks those who are HTML already. */
  toHTML(): string {
    return `<time datetime="${this.moment.toISOString()}">${this.toString()}</time>`;
  }

  /** The short form, with the words where the reader points. */
  short(): Handlebars.SafeString {
    const { moment, language } = this;
    const short = momentInShort(moment, language);
    return new Handlebars.SafeString(
      `<time datetime="${moment.toISOString()}" title="${this.toString()}">${short}</time>`,
    );
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
