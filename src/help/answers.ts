import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { Templates } from '../web/pages/templates.js';
import { translate, type Language } from '../web/texts.js';
import type { Visit } from '../web/visit.js';
import { topics, type Topic } from './topics.js';

/** Finds questions by words that stand in them or in their answers. */
@Injectable()
export class Answers {
  readonly #texts = new Map<string, string>();

  constructor(
    private readonly config: Config,
    private readonly templates: Templates,
  ) {}

  /** @param words as somebody typed them; every word must be found */
  find(words: string, language: Language): Topic[] {
    const wanted = folded(words).split(/\s+/).filter(Boolean);
    return topics.filter((topic) => {
      const text = this.#textOf(topic, language);
      return wanted.every((word) => text.includes(word));
    });
  }

  /** What answers say of this service and this reader. */
  factsFor({ address }: Pick<Visit, 'address'>) {
    return { mailFrom: this.config.mailFrom, address };
  }

  #textOf({ name, question }: Topic, language: Language): string {
    const key = `${language} ${name}`;
    const before = this.#texts.get(key);
    if (before !== undefined) return before;
    const model = { ...this.factsFor({ address: '' }), asset: { invoice: '' } };
    const html = this.templates.render(`partials/help-${name}`, language, model);
    const text = folded(`${translate(question, language)} ${html.replace(/<[^>]*>/g, ' ')}`);
    this.#texts.set(key, text);
    return text;
  }
}

/** Any width, case and kana are the same word. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}
