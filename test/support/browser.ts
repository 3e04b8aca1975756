import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { HTMLElement } from 'node-html-parser';
import { CookieJar } from './cookie-jar.js';
import { formPost, multipartOf, type Entry } from './form-post.js';
import { send, type Answer } from './http.js';
import { Page } from './page.js';

export interface VisitorOptions {
  /** The client's address, as a trusted proxy forwards it. */
  address?: string;
  /** The source of its connections: an address of 127.0.0.0/8, as a proxy of a test sees it. */
  from?: string;
  browser?: string;
  /** `had`: others brought it some before; `none`: its first visit; `refused`: it keeps none. */
  cookies?: 'had' | 'none' | 'refused';
}

interface Sending {
  fields?: Record<string, string>;
  /** A body as it is, in place of fields. */
  raw?: string;
  headers?: Record<string, string | undefined>;
}

interface Message {
  body?: string | Uint8Array | undefined;
  headers?: Sending['headers'];
  /** Its answer, before anything of it is read. */
  isThrownAway?: boolean;
}

const BETWEEN_TAPS_MS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Of all visitors but those behind a proxy, which others follow on its port. */
const CONNECTIONS = new Agent({ keepAlive: true });

/** A person with a browser without JavaScript: reads pages, fills fields, presses buttons. */
export class Visitor {
  /** The answer to the last form that was sent, before its redirect was followed. */
  posted: Answer | undefined;
  #page: Page | undefined;
  #entries = new Map<HTMLElement, Entry>();

  constructor(
    readonly origin: string,
    private readonly options: VisitorOptions = {},
    readonly jar = new CookieJar(),
  ) {}

  get page(): Page {
    if (!this.#page) throw new Error('No page is open yet');
    return this.#page;
  }

  /** Another tab of the same browser. @param jar a copy: the browser before another answer comes */
  tab(jar = this.jar): Visitor {
    return new Visitor(this.origin, this.options, jar);
  }

  /** From now on the requests come from this address. */
  movesTo(address: string): void {
    this.options.address = address;
  }

  /** A path, or an address from a mail. */
  async opens(address: string): Promise<Page> {
    const url = new URL(address, this.origin);
    if (url.origin !== this.origin) throw new Error(`${address} leads away from ${this.origin}`);
    return this.#shows(await this.sends('GET', address, { headers: { 'sec-fetch-site': 'none' } }));
  }

  /** Writes into a field, or chooses an option of a list by its text or value. */
  fills(label: string, value: string): void {
    this.#entries.set(this.page.field(label), { value });
  }

  checks(label: string): void {
    this.#entries.set(this.page.field(label), { checked: true });
  }

  unchecks(label: string): void {
    this.#entries.set(this.page.field(label), { checked: false });
  }

  /** Chooses a file. */
  attaches(label: string, file: Uint8Array): void {
    this.#entries.set(this.page.field(label), { file });
  }

  /** @param beside a text near the button, where several have the same name */
  async presses(button: string, beside?: string): Promise<Page> {
    return this.#submitsBy(this.page.button(button, beside));
  }

  /** Taps twice: the browser throws the first answer away, before it reads its cookies. */
  async pressesTwice(button: string, beside?: string): Promise<Page> {
    const { action, ...message } = this.#postOf(this.page.button(button, beside));
    const first = this.#request(action, 'POST', { ...message, isThrownAway: true });
    await wait(BETWEEN_TAPS_MS);
    this.posted = await this.#request(action, 'POST', message);
    await first;
    return this.#shows(this.posted);
  }

  /** Somebody else sends the form of this page, as it is filled in here. */
  async isSentBy(other: Visitor, button: string): Promise<Answer> {
    const { action, body, headers } = this.#postOf(this.page.button(button));
    return other.#request(action, 'POST', { body, headers });
  }

  /** By the fields' names, which no language changes, and the first button of the page's content. */
  async submits(fields: Record<string, string>): Promise<Page> {
    for (const [name, value] of Object.entries(fields))
      this.#entries.set(this.page.content(`[name=${name}]:not([type=file])`), { value });
    return this.#submitsBy(this.page.content('button[type=submit]'));
  }

  async #submitsBy(button: HTMLElement): Promise<Page> {
    const { action, body, headers, isGet } = this.#postOf(button);
    if (isGet) {
      action.search = String(body);
      return this.#shows(await this.sends('GET', action.href));
    }
    this.posted = await this.#request(action, 'POST', { body, headers });
    return this.#shows(this.posted);
  }

  #postOf(button: HTMLElement): Message & { action: URL; isGet: boolean } {
    const post = formPost(this.page, button, this.#entries);
    const text = new URLSearchParams(post.fields).toString();
    const sent = post.files ? multipartOf(post) : { body: text };
    const headers = { referer: this.page.url.href, ...('headers' in sent && sent.headers) };
    const action = new URL(post.action, this.page.url);
    return { action, isGet: post.method === 'GET', body: sent.body, headers };
  }

  async follows(link: string, beside?: string): Promise<Page> {
    const href = this.page.link(link, beside).getAttribute('href')!;
    return this.#shows(await this.sends('GET', new URL(href, this.page.url).href));
  }

  async reloads(): Promise<Page> {
    return this.opens(this.page.url.href);
  }

  /** Any request with this browser's cookies; neither the open page nor a redirect matters. */
  async sends(method: string, address: string, sending: Sending = {}): Promise<Answer> {
    const { fields, raw, headers } = sending;
    const body = fields ? new URLSearchParams(fields).toString() : raw;
    return this.#request(new URL(address, this.origin), method, { body, headers });
  }

  async #shows(answer: Answer): Promise<Page> {
    let shown = answer;
    for (let hops = 0; REDIRECTS.has(shown.status); hops += 1) {
      if (hops > 10) throw new Error(`${answer.url.href} redirects without end`);
      const next = new URL(shown.headers.location!, shown.url);
      if (next.origin !== this.origin) throw new Error(`A redirect leads away to ${next.href}`);
      shown = await this.sends('GET', next.href);
    }
    this.#entries = new Map();
    this.#page = new Page(shown);
    return this.#page;
  }

  async #request(
    url: URL,
    method: string,
    { body, headers, isThrownAway }: Message,
  ): Promise<Answer> {
    const isForm = body !== undefined;
    const answer = await send(url, {
      method,
      body,
      from: this.options.from,
      agent: this.options.from === undefined ? CONNECTIONS : undefined,
      headers: {
        accept: 'text/html',
        'user-agent': this.options.browser ?? FIREFOX,
        'x-forwarded-for': this.options.address,
        cookie: this.#cookies,
        'sec-fetch-site': 'same-origin',
        origin: isForm ? this.origin : undefined,
        'content-type': isForm ? 'application/x-www-form-urlencoded' : undefined,
        ...headers,
      },
    });
    if (this.options.cookies !== 'refused' && !isThrownAway) this.jar.keep(answer.headers);
    return answer;
  }

  get #cookies(): string | undefined {
    const { cookies = 'had' } = this.options;
    return this.jar.header ?? (cookies === 'had' ? 'visited=before' : undefined);
  }
}
