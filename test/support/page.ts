import { parse, type HTMLElement } from 'node-html-parser';
import type { Answer } from './http.js';

/** A page as somebody without JavaScript reads it. */
export class Page {
  #root: HTMLElement | undefined;
  #labelled: Map<string | undefined, HTMLElement[]> | undefined;

  constructor(private readonly answer: Answer) {}

  /** Parsed when somebody looks: most pages are only passed. */
  get root(): HTMLElement {
    return (this.#root ??= parsed(this.answer.text));
  }

  get status(): number {
    return this.answer.status;
  }

  /** Path and query, as the address bar shows them. */
  get path(): string {
    return this.answer.url.pathname + this.answer.url.search;
  }

  get url(): URL {
    return this.answer.url;
  }

  get headers(): Answer['headers'] {
    return this.answer.headers;
  }

  get html(): string {
    return this.answer.text;
  }

  get title(): string {
    return textOf(this.root.querySelector('title'));
  }

  get h1(): string {
    return textOf(this.root.querySelector('h1'));
  }

  /** The text between header and footer; of a fragment, all of it. */
  get text(): string {
    return textOf(this.root.querySelector('main') ?? this.root);
  }

  /** The text of the header: the company, the person, the menu. */
  get header(): string {
    return textOf(this.root.querySelector('header'));
  }

  /** The sentence that is shown once, after a redirect. */
  get notice(): string {
    return textOf(this.root.querySelector('.gk-notice'));
  }

  /** The sentences of the error summary. */
  get errors(): string[] {
    return this.root.querySelectorAll('.gk-summary li').map(textOf);
  }

  /** The sentences at one field. */
  errorsAt(label: string): string[] {
    const id = `#error-${this.field(label).getAttribute('name')}`;
    return this.root.querySelectorAll(`${id} p`).map(textOf);
  }

  /** Pairs of a description list, such as the one on a confirmation page. */
  get facts(): Record<string, string> {
    const terms = (this.root.querySelector('main') ?? this.root).querySelectorAll('dt');
    return Object.fromEntries(terms.map((term) => [textOf(term), textOf(term.nextElementSibling)]));
  }

  /** The input, select or textarea with this label. */
  field(label: string): HTMLElement {
    this.#labelled ??= this.#fieldsByLabel();
    return this.#only(`field is labelled ${label}`, this.#labelled.get(label) ?? []);
  }

  /** The first of the page's content that a selector finds. */
  content(selector: string): HTMLElement {
    const found = this.root.querySelector(`main ${selector}`);
    return this.#only(`${selector} is`, found ? [found] : []);
  }

  button(name: string, beside?: string): HTMLElement {
    return this.#named('button', 'button, input[type=submit]', name, beside);
  }

  link(name: string, beside?: string): HTMLElement {
    return this.#named('link', 'a[href]', name, beside);
  }

  #named(kind: string, selector: string, name: string, beside: string | undefined): HTMLElement {
    const named = this.root
      .querySelectorAll(selector)
      .filter((element) => this.#names(element).includes(name));
    const wanted = beside === undefined ? named : closestTo(beside, named);
    return this.#only(`${kind} is called ${name}${beside ? ` beside ${beside}` : ''}`, wanted);
  }

  #only(what: string, found: HTMLElement[]): HTMLElement {
    if (found.length === 1) return found[0]!;
    const many = found.length === 0 ? 'No' : `Not one but ${found.length}`;
    throw new Error(`${many} ${what} on ${this.path} (${this.status}):\n${this.text}`);
  }

  #names(element: HTMLElement): (string | undefined)[] {
    return [textOf(element) || element.getAttribute('value'), ...this.#ariaNames(element)];
  }

  #fieldsByLabel(): Map<string | undefined, HTMLElement[]> {
    const labels = Map.groupBy(this.root.querySelectorAll('label'), (label) =>
      label.getAttribute('for'),
    );
    const fields = this.root.querySelectorAll('input, select, textarea');
    const named = fields.flatMap((field) =>
      [...new Set(this.#labels(field, labels))].map((label) => ({ label, field })),
    );
    const byLabel = Map.groupBy(named, ({ label }) => label);
    return new Map([...byLabel].map(([label, all]) => [label, all.map(({ field }) => field)]));
  }

  /** @param labels all of the page, by what they are for */
  #labels(
    field: HTMLElement,
    labels: ReadonlyMap<string | undefined, HTMLElement[]>,
  ): (string | undefined)[] {
    const id = field.getAttribute('id');
    const around = ancestorOf(field, 'LABEL');
    return [...((id && labels.get(id)) || []), ...(around ? [around] : [])]
      .map((label) => withoutMark(textOf(label)))
      .concat(this.#ariaNames(field));
  }

  #ariaNames(element: HTMLElement): string[] {
    const ids = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
    const labelled = ids.map((id) => textOf(this.root.getElementById(id))).join(' ');
    return [element.getAttribute('aria-label') ?? '', labelled].filter((name) => name !== '');
  }
}

/** `closest` reads its selector anew each time. */
export function ancestorOf(element: HTMLElement, tagName: string): HTMLElement | null {
  let around: HTMLElement | null = element;
  while (around && around.tagName !== tagName) around = around.parentNode;
  return around;
}

function parsed(text: string): HTMLElement {
  const root = parse(text, { comment: false });
  for (const hidden of root.querySelectorAll('[hidden]')) hidden.remove();
  return root;
}

/** Of elements with the same name, those whose closest surroundings with this text are the smallest. */
function closestTo(text: string, elements: HTMLElement[]): HTMLElement[] {
  const sizes = elements.map((element) => {
    let around: HTMLElement | null = element;
    while (around && !textOf(around).includes(text)) around = around.parentNode;
    return around ? textOf(around).length : Infinity;
  });
  const least = Math.min(...sizes);
  return elements.filter((_, index) => sizes[index] === least && least < Infinity);
}

export function textOf(element: HTMLElement | null | undefined): string {
  return (element?.structuredText ?? '').replace(/[^\S\n]+/g, ' ').trim();
}

function withoutMark(label: string): string {
  return label.replace(/\s*(?:※必須|任意|Required|Optional)$/, '');
}
