import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { root } from '../root.js';
import { normalForm } from '../web/forms/normal-form.js';
import { Templates } from '../web/pages/templates.js';
import type { Sentence } from '../web/sentence.js';
import { translate, type Language } from '../web/texts.js';
import type { Visit } from '../web/visit.js';
import { guides, type Guide, type Step } from './guides.js';
import { topics, type Topic } from './topics.js';

export interface Found {
  topics: Topic[];
  guides: Guide[];
}

/** What people call things, by the name of the question or guide that helps them. */
const searchWords = JSON.parse(
  readFileSync(join(root, 'views/help/search-words.json'), 'utf8'),
) as Record<string, string[]>;

/** Finds questions and guides by words in them, in their answers and in their search words. */
@Injectable()
export class Answers {
  readonly #texts = new Map<string, string>();

  constructor(
    private readonly config: Config,
    private readonly templates: Templates,
  ) {}

  /** @param words as somebody typed them: all of them must be found, or at least all of their stems */
  find(words: string, language: Language): Found {
    const typed = normalForm(words).split(/\s+/).filter(Boolean);
    const found = this.#holding(typed, language);
    if (found.topics.length + found.guides.length > 0) return found;
    return this.#holding(typed.flatMap(stemsOf), language);
  }

  /** What answers say of this service and this reader. */
  factsFor({ address }: Pick<Visit, 'address'>) {
    return { mailFrom: this.config.mailFrom, address };
  }

  /** As this service asks for them. */
  stepsOf({ steps }: Guide): Step[] {
    if (this.config.enrollmentProof !== 'invoice') return steps;
    return steps.map((step) =>
      step.hintWithInvoice ? { ...step, hint: step.hintWithInvoice } : step,
    );
  }

  #holding(parts: string[], language: Language): Found {
    const wanted = parts.map(folded);
    const holds = (text: string) => wanted.every((part) => text.includes(part));
    return {
      topics: topics.filter((topic) => holds(this.#textOf(topic, language))),
      guides: guides.filter((guide) => holds(this.#textOf(guide, language))),
    };
  }

  #textOf(one: Topic | Guide, language: Language): string {
    const key = `${language} ${one.name}`;
    const before = this.#texts.get(key);
    if (before !== undefined) return before;
    const own =
      'steps' in one
        ? guideText(one.title, this.stepsOf(one), language)
        : this.#topicText(one, language);
    const text = folded([own, ...(searchWords[one.name] ?? [])].join('\n'));
    this.#texts.set(key, text);
    return text;
  }

  #topicText({ name, question }: Topic, language: Language): string {
    const model = {
      ...this.factsFor({ address: '' }),
      asset: { invoice: '', 'invoice-newest': '' },
      asksInvoice: this.config.enrollmentProof === 'invoice',
    };
    const html = this.templates.render(`partials/help-${name}`, language, model);
    return `${translate(question, language)} ${html.replace(/<[^>]*>/g, ' ')}`;
  }
}

function guideText(title: Sentence, steps: Step[], language: Language): string {
  const sentences = [title, ...steps.flatMap(({ sentence, hint }) => [sentence, hint ?? ''])];
  return sentences.map((sentence) => translate(sentence, language)).join('\n');
}

/** Without particles and endings, which are hiragana: 「パスワードを忘れました」 is パスワード and 忘. */
function stemsOf(word: string): string[] {
  return word.match(/[\p{sc=Han}々]+|[\p{sc=Katakana}ー]+|[\p{sc=Latin}\d]{2,}/gu) ?? [word];
}

/** Any width, case, kana and long vowel are the same word. */
function folded(text: string): string {
  return normalForm(text)
    .toLowerCase()
    .replaceAll('ー', '')
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}
