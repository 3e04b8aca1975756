import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config.js';
import {
  applicationsIn,
  noticesIn,
  type ApplicationTile,
  type OperatorNotice,
} from '../../operator-content.js';
import type { Person } from '../../web/visit.js';
import { dayInTokyo, type Language } from '../../web/texts.js';

/** What the operator puts on everybody's TOP page, from files that SIGHUP has read again. */
@Injectable()
export class OperatorNews implements OnModuleInit, OnModuleDestroy {
  #applications: ApplicationTile[] = [];
  #notices: OperatorNotice[] = [];
  readonly #logger = new Logger('OperatorNews');
  readonly #again = () => {
    try {
      this.#read();
      this.#logger.log('read the tiles and notices again');
    } catch (error) {
      this.#logger.error(`the former tiles and notices stay: ${(error as Error).message}`);
    }
  };

  constructor(private readonly config: Config) {}

  onModuleInit(): void {
    this.#read();
    // A terminal that closes sends the same signal, and ends the demo by it.
    if (!this.config.embedded) process.on('SIGHUP', this.#again);
  }

  onModuleDestroy(): void {
    process.off('SIGHUP', this.#again);
  }

  applicationsFor({ role }: Person, language: Language) {
    return this.#applications
      .filter(isFor(role))
      .map(({ name, nameEn, text, textEn, url, icon }) => ({
        name: (language === 'en' && nameEn) || name,
        text: (language === 'en' && textEn) || text,
        url,
        icon: icon ?? 'link',
        isElsewhere: !url.startsWith('/'),
      }));
  }

  noticesFor({ role }: Person, language: Language, now: Date) {
    const today = dayInTokyo(now);
    return this.#notices
      .filter(isFor(role))
      .filter(({ from = today, until = today }) => from <= today && today <= until)
      .map(({ title, titleEn, text, textEn, from }) => ({
        title: (language === 'en' && titleEn) || title,
        text: (language === 'en' && textEn) || text,
        from,
      }));
  }

  /** Both or none: a fault in one file leaves the other as it was. */
  #read(): void {
    const { applicationsFile, noticesFile } = this.config;
    const applications = contentOf('APPLICATIONS_FILE', applicationsFile, applicationsIn);
    this.#notices = contentOf('NOTICES_FILE', noticesFile, noticesIn);
    this.#applications = applications;
  }
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

function isFor(role: Person['role']): (content: { roles?: Person['role'][] }) => boolean {
  return ({ roles }) => roles === undefined || roles.includes(role);
}
