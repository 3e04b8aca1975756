import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { RequestHandler } from 'express';
import { Config } from '../../config.js';
import { YEAR_SECONDS } from '../../durations.js';
import { root } from '../../root.js';
import { withTokens } from './design-tokens.js';
import { leanScript, leanStyle } from './lean-text.js';
import { encodingFor, packed, type Encoding } from './packing.js';
import { rulesOf, themeIn, type Theme } from './theme.js';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.webp': 'image/webp',
};

const HASHED = /^\/static\/[\w-]{12}\/([\w.-]+)$/;
const FOR_EVER = `public, max-age=${YEAR_SECONDS}, immutable`;

/** What everybody gets; templates name the others as their files are named. */
const NAMES: Record<string, string> = { 'genkan.css': 'css', 'genkan.js': 'script' };

const APART = ['passkeys.js'];

/** What these say is about documents alone. */
const OF_DOCUMENTS = [
  'Origin-Agent-Cluster',
  'X-DNS-Prefetch-Control',
  'X-Download-Options',
  'X-Permitted-Cross-Domain-Policies',
  'X-XSS-Protection',
];

interface Asset {
  type: string;
  url: string;
  plain: Buffer;
}

/** By the URL, which names the content. */
const compressed = {
  br: new Map<string, Buffer>(),
  gzip: new Map<string, Buffer>(),
};

/**
 * The few static files, held in memory under a URL that names their content: a browser keeps them
 * for ever, and an update is a new URL. While two versions run side by side, a page of one asks the
 * other for its files: it gets the file of the same name, which nobody keeps. HTMX and our own
 * lines are one script, design tokens and our own rules one stylesheet, but for those that few pages
 * bring.
 */
@Injectable()
export class Assets {
  readonly #byName = new Map<string, Asset>();
  readonly #urls: Record<string, string> = {};

  constructor({ themeFile }: Config) {
    const folder = join(root, 'static');
    const theme = themeFile === undefined ? '' : this.#theme(themeIn(themeFile));
    const files = readdirSync(folder);
    for (const file of files.filter((each) => extname(each) !== '.js')) {
      const content = readFileSync(join(folder, file));
      const isStyle = extname(file) === '.css';
      const over = NAMES[file] ? theme : '';
      const style = () => Buffer.from(leanStyle(withTokens(content.toString())) + over);
      this.#add(file, isStyle ? style() : content);
    }
    const htmx = createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js');
    const leanIn = (file: string) => leanScript(readFileSync(join(folder, file), 'utf8'));
    for (const file of APART) this.#add(file, Buffer.from(leanIn(file)));
    const own = files.filter((file) => extname(file) === '.js' && !APART.includes(file));
    const scripts = own.map(leanIn);
    this.#add('genkan.js', Buffer.from([readFileSync(htmx, 'utf8'), ...scripts].join('\n')));
  }

  /** URLs by the file's name without its ending, for the templates. */
  get urls(): Readonly<Record<string, string>> {
    return this.#urls;
  }

  handler(): RequestHandler {
    return (request, response, next) => {
      const [, name = ''] = HASHED.exec(request.path) ?? [];
      const asset = this.#byName.get(name);
      if (!asset || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
      if (asset.type !== TYPES['.svg'])
        for (const name of OF_DOCUMENTS) response.removeHeader(name);
      response.setHeader('Content-Type', asset.type);
      response.setHeader('Cache-Control', asset.url === request.path ? FOR_EVER : 'no-store');
      if (asset.type === TYPES['.webp']) return void response.end(asset.plain);
      response.setHeader('Vary', 'Accept-Encoding');
      const encoding = encodingFor(request);
      if (encoding) {
        response.setHeader('Content-Encoding', encoding);
        response.end(inEncoding(encoding, asset));
      } else response.end(asset.plain);
    };
  }

  #theme(theme: Theme): string {
    if (theme.logo !== undefined) this.#add('logo.svg', readFileSync(theme.logo));
    return rulesOf(theme, this.#urls.logo);
  }

  #add(file: string, plain: Buffer): void {
    const type = TYPES[extname(file)];
    if (!type) throw new Error(`static/${file} is of no known type`);
    const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12);
    const url = `/static/${hash}/${file}`;
    const name = file.slice(0, -extname(file).length);
    this.#urls[NAMES[file] ?? name] = url;
    this.#byName.set(file, { type, url, plain });
  }
}

/** Compressed once for all applications of a process. */
function inEncoding(encoding: Encoding, { url, plain }: Asset): Buffer {
  const kept = compressed[encoding].get(url);
  if (kept) return kept;
  const made = packed(encoding, plain);
  compressed[encoding].set(url, made);
  return made;
}
