import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { root } from '../../src/root.js';

const run = promisify(execFile);
const cache = join(root, 'node_modules/.cache');
const unpacked = join(cache, 'chromium');

/**
 * Pages of tests live for seconds: optimised scripts come too late for them, and one process for all
 * pages of a context keeps what it compiled.
 */
const ARGUMENTS = [
  '--js-flags=--no-opt --no-maglev',
  '--process-per-site',
  '--renderer-process-limit=1',
];

/** The browser's console calls answers like 422 errors; here they are expected. */
const EXPECTED = /^Failed to load resource: the server responded with a status of 4\d\d/;

export interface PageOptions {
  javaScript?: boolean;
  /** In CSS pixels; 320 is the narrowest screen that pages are made for. */
  width?: number;
  height?: number;
}

/** A browser's cookies and its tab, and the one setting of it that cannot be changed. */
interface Seat {
  context: BrowserContext;
  page: Page;
  javaScript: boolean;
}

/** A real browser. CSP and the isolation of pages are as anywhere. */
export class Chromium {
  /** Exceptions of scripts and complaints of the browser (CSP, missing files) on any page. */
  readonly faults: string[] = [];
  #pages = 0;
  #used: Seat[] = [];
  #free: Seat[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly origin: string,
  ) {}

  static async start(origin: string): Promise<Chromium> {
    await unpack();
    const browser = await chromium.launch({
      executablePath: join(unpacked, 'chromium'),
      args: ARGUMENTS,
      env: { ...process.env, ...(await libraries()) } as Record<string, string>,
    });
    return new Chromium(browser, origin);
  }

  /** A page of somebody else: no cookies, and a network of its own. Paths are enough for `goto`. */
  async newPage({
    javaScript = true,
    width = 1280,
    height = 800,
  }: PageOptions = {}): Promise<Page> {
    this.#pages += 1;
    const { context, page } = await this.#emptySeat(javaScript);
    await context.setExtraHTTPHeaders({ 'x-forwarded-for': `198.19.${this.#pages}.10` });
    await page.setViewportSize({ width, height });
    return page;
  }

  /** Leaves cookies and tabs to the next visitors, which takes a third of the time of new ones. */
  leavePages(): void {
    this.#free.push(...this.#used.splice(0).filter(({ page }) => !page.isClosed()));
  }

  async #emptySeat(javaScript: boolean): Promise<Seat> {
    const place = this.#free.findIndex((seat) => seat.javaScript === javaScript);
    const [free] = place < 0 ? [] : this.#free.splice(place, 1);
    const seat = free ?? (await this.#newSeat(javaScript));
    this.#used.push(seat);
    if (free) await empty(seat);
    return seat;
  }

  async #newSeat(javaScript: boolean): Promise<Seat> {
    const context = await this.#newContext(javaScript);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text()))
        this.faults.push(message.text());
    });
    return { context, page, javaScript };
  }

  async #newContext(javaScriptEnabled: boolean): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      baseURL: this.origin,
      javaScriptEnabled,
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
    });
    context.setDefaultTimeout(30_000);
    await context.addInitScript(reportViolations);
    // It stays open and empty: other pages then share its process, also after each other.
    await context.newPage();
    return context;
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}

/** What the tab still shows does nothing by itself; to show nothing costs as much as a new tab. */
async function empty({ context, page }: Seat): Promise<void> {
  const [, ...tabs] = context.pages();
  for (const tab of tabs) if (tab !== page) await tab.close();
  await context.setOffline(false);
  await page.emulateMedia({ media: null, forcedColors: null, reducedMotion: null });
  await context.clearCookies();
}

/** Has violations of the Content-Security-Policy stand in the console, whatever the browser says. */
function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    console.error(`The CSP's ${violatedDirective} blocked ${blockedURI}`),
  );
}

/** Once for each installation; of workers that unpack at the same time, the first one's is kept. */
async function unpack(): Promise<void> {
  if (existsSync(unpacked)) return;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(`${unpacked}-`);
  const script = join(root, 'test/support/unpack-chromium.js');
  await run(process.execPath, [script], { env: { ...process.env, TMPDIR: folder } });
  await rename(folder, unpacked).catch(() => rm(folder, { recursive: true }));
}

/** Chromium's own libraries and one font, for systems that have none. */
async function libraries(): Promise<Record<string, string>> {
  const paths = { LD_LIBRARY_PATH: join(unpacked, 'al2023/lib') };
  if (existsSync('/etc/fonts/fonts.conf')) return paths;
  const file = join(unpacked, 'fonts.conf');
  await writeFile(file, `<fontconfig><dir>${join(unpacked, 'fonts')}</dir></fontconfig>`);
  return { ...paths, FONTCONFIG_FILE: file };
}
