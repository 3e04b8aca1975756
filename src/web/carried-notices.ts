import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { openIfPossible, Seal } from '../seal.js';
import { about, noticeWithKey, type Notice } from './notices.js';

/**
 * Notices as text, for a cookie or a row: the key, and sealed behind it whom and what the sentence
 * names, so that nobody else words our notices.
 */
@Injectable()
export class CarriedNotices {
  readonly #seal: Seal;

  constructor(config: Config) {
    this.#seal = new Seal(config.keysFor('notices'));
  }

  write({ key, sentence: { values } }: Notice): string {
    if (Object.keys(values).length === 0) return key;
    return `${key}.${this.#seal.seal(values).toString('base64url')}`;
  }

  /** Undefined for a text that is not ours: browsers send whatever they want. */
  read(text: string): Notice | undefined {
    const [key = '', sealed] = text.split('.');
    const known = noticeWithKey(key);
    if (!known || sealed === undefined) return known;
    const values = openIfPossible<Record<string, string>>(
      this.#seal,
      Buffer.from(sealed, 'base64url'),
    );
    return values && about(known, values);
  }
}
