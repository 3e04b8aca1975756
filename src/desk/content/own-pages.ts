import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { isActingPath } from '../../acting-paths.js';
import { Config } from '../../config.js';
import { guides } from '../../help/guides.js';
import { topics } from '../../help/topics.js';
import { say, type Sentence } from '../../web/sentence.js';

const ACTING = say(
  'このURLは、ログアウトなどの操作や、お手続きの途中のページのものです。お客様がいつでも開けるページのURLを入力してください。',
);
const NO_PAGE = say(
  'このURLのページは、このサービスにはありません。ほかのサービスのページは、「https://」から入力してください。',
);

const HELP_PAGES = new Set([...guides, ...topics].map(({ name }) => `/help/${name}`));

/** What the application's adapter of HTTP knows of its routes. */
interface KnowsPages {
  shows(path: string): boolean;
}

/** Addresses of ours that a tile may lead to. */
@Injectable()
export class OwnPages {
  constructor(
    private readonly config: Config,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Why nobody can go there; a path behind our own host and a proxy may be another system's. */
  problemOf(url: string): Sentence | undefined {
    const own = new URL(this.config.publicUrl);
    const target = URL.parse(url, own);
    if (target?.host !== own.host) return undefined;
    if (isActingPath(url, own.href)) return ACTING;
    const { pathname } = target;
    const isFile = /^\/static(?:\/|$)/i.test(pathname);
    const adapter = this.host.httpAdapter as unknown as KnowsPages;
    const isThere = adapter.shows(pathname) || HELP_PAGES.has(pathname);
    const isMissing = url.startsWith('/') && !isThere;
    return isFile || isMissing ? NO_PAGE : undefined;
  }
}
