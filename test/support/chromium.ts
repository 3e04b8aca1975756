import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { root } from '../../src/root.js';

const run = promisify(execFile);
const cache = join(root, 'node_modules/.cache');
const unpacked = join(cache, 'chromium');

/** The browser's console calls answers like 422 errors; here they are expected. */
const EXPECTED = /^Failed to load resource: the server responded with a status of 4\d\d/;

export interface PageOptions {
  javaScript?: boolean;
  /** In CSS pixels; 320 is the narrowest screen that pages are made for. */
  width?: number;
  height?: number;
}

/** A real browser. Its default arguments here are Playwright's, so CSP and isolation are as anywhere. */
export class Chromium {
  /** Exceptions of scripts and complaints of the browser (CSP, missing files) on any page. */
  readonly faults: string[] = [];
  #pages = 0;

  private constructor(
    private readonly browser: Browser,
    private readonly origin: string,
  ) {}

  static async start(origin: string): Promise<Chromium> {
    await unpack();
    const browser = await chromium.launch({
      executablePath: join(unpacked, 'chromium'),
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
    const context = await this.browser.newContext({
      baseURL: this.origin,
      javaScriptEnabled: javaScript,
      viewport: { width, height },
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
      extraHTTPHeaders: { 'x-forwarded-for': `198.19.${this.#pages}.10` },
    });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text()))
        this.faults.push(message.text());
    });
    return page;
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
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
