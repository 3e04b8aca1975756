import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Pool } from 'pg';
import { Config } from '../../config.js';
import {
  applicationsIn,
  noticesIn,
  type ApplicationTile,
  type ContentEntries,
  type ContentKind,
  type OperatorNotice,
} from '../../operator-content.js';
import { SECOND_MS } from '../../durations.js';
import type { Person } from '../../web/visit.js';
import { Day } from '../../web/day.js';
import { dayInTokyo, type Language } from '../../web/texts.js';

type Contents = { [Kind in ContentKind]: ContentEntries[Kind][] };
type Role = Person['role'];

/** Another process may have saved something. */
const READ_EVERY_MS = 30 * SECOND_MS;

/**
 * What the operator puts on everybody's TOP page: from files that SIGHUP has read again, until the
 * desk edits it. It is kept in memory, so that the page asks for nothing.
 */
@Injectable()
export class OperatorNews implements OnModuleInit, OnModuleDestroy {
  #files: Contents = { applications: [], notices: [] };
  #edited: Partial<Contents> = {};
  #timer: NodeJS.Timeout | undefined;
  readonly #logger = new Logger('OperatorNews');
  readonly #again = () => {
    try {
      this.#readFiles();
      this.#logger.log('read the tiles and notices again');
    } catch (error) {
      this.#logger.error(`the former tiles and notices stay: ${(error as Error).message}`);
    }
  };

  constructor(
    private readonly config: Config,
    private readonly pool: Pool,
  ) {}

  async onModuleInit(): Promise<void> {
    this.#readFiles();
    // While the database is away, the former content stays.
    const refresh = () => this.refresh().catch(() => undefined);
    await refresh();
    this.#timer = setInterval(() => void refresh(), READ_EVERY_MS).unref();
    // A terminal that closes sends the same signal, and ends the demo by it.
    if (!this.config.embedded) process.on('SIGHUP', this.#again);
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
    process.off('SIGHUP', this.#again);
  }

  /** Reads what the desk saved. */
  async refresh(): Promise<void> {
    const stored = `select kind, entries from operator_contents where entries <> 'null'`;
    const { rows } = await this.pool.query<{ kind: ContentKind; entries: never[] }>(stored);
    this.#edited = Object.fromEntries(rows.map(({ kind, entries }) => [kind, entries]));
  }

  ofFile<Kind extends ContentKind>(kind: Kind): Contents[Kind] {
    return this.#files[kind];
  }

  applicationsFor({ role }: { role: Role }, language: Language) {
    return shownTiles(this.#edited.applications ?? this.#files.applications, role, language);
  }

  noticesFor({ role }: { role: Role }, language: Language, now: Date) {
    return shownNotices(this.#edited.notices ?? this.#files.notices, role, language, now);
  }

  /** Both or none: a fault in one file leaves the other as it was. */
  #readFiles(): void {
    const { applicationsFile, noticesFile, publicUrl } = this.config;
    this.#files = {
      applications: contentOf('APPLICATIONS_FILE', applicationsFile, (file) =>
        applicationsIn(file, publicUrl),
      ),
      notices: contentOf('NOTICES_FILE', noticesFile, noticesIn),
    };
  }
}

/** As the template of the TOP page takes them. */
export function shownTiles(tiles: ApplicationTile[], role: Role, language: Language) {
  return tiles.filter(isFor(role)).map(({ name, nameEn, text, textEn, url, icon }) => ({
    name: (language === 'en' && nameEn) || name,
    text: (language === 'en' && textEn) || text,
    url,
    icon: icon ?? 'link',
    isElsewhere: !url.startsWith('/'),
    host: lookAlikeHost(url),
  }));
}

/** A host that may look like another one, in the letters that nobody confuses; null of any other. */
export function lookAlikeHost(url: string): string | null {
  const host = URL.parse(url)?.host ?? '';
  return /(?:^|\.)xn--/.test(host) ? host : null;
}

/** As the template of the TOP page takes them. */
export function shownNotices(notices: OperatorNotice[], role: Role, language: Language, now: Date) {
  const today = dayInTokyo(now);
  return notices
    .filter(isFor(role))
    .filter(({ from = today, until = today }) => from <= today && today <= until)
    .map(({ title, titleEn, text, textEn, from }) => ({
      title: (language === 'en' && titleEn) || title,
      text: (language === 'en' && textEn) || text,
      from: from === undefined ? null : Day.written(from),
    }));
}

/** @throws Error that names the variable, as at a start */
function contentOf<T>(
  variable: string,
  file: string | undefined,
  read: (file: string) => T[],
): T[] {
  try {
    return file === undefined ? [] : read(file);
  } catch (error) {
    throw new Error(`${variable}: ${(error as Error).message}`, { cause: error });
  }
}

function isFor(role: Role): (content: { roles?: Role[] }) => boolean {
  return ({ roles }) => roles === undefined || roles.includes(role);
}
