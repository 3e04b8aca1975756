import { createHmac, randomInt } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { after, sqlBefore } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { FLOW_LASTS } from '../web/flows.js';

const TRIES = 5;
/** No longer than the tab that takes it waits. */
const VALID = FLOW_LASTS;
/** Without letters and digits that are mistaken for each other. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;

/** As the mail tells it. */
export interface MailedCode {
  text: string;
  endsAt: Date;
}

/**
 * Short codes in the mails of recoveries, for people who cannot open the URL. Each is taken in the
 * tab that asked for its mail, so strangers neither guess it nor use up its tries. Only keyed hashes
 * are stored: codes are so short that the table would give them away.
 */
@Injectable()
export class MailedCodes {
  readonly #keys: Buffer[];

  constructor(
    config: Config,
    private readonly em: EntityManager,
  ) {
    this.#keys = config.keysFor('recovery');
  }

  /** @param link of the recovery */
  issue(link: { id: string; createdAt: Date }): MailedCode & { hash: Buffer } {
    const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
    const text = letters.join('');
    return { text, hash: this.#hashesOf(link.id, text)[0]!, endsAt: after(link.createdAt, VALID) };
  }

  /**
   * Finds the link whose code was typed in a tab. A try is counted before it is compared, for
   * mailboxes that nobody has too: five for each mail, within 30 minutes of its request.
   * @param tab the flow of the request @returns the link's id
   */
  async find(tab: string, code: string): Promise<string | undefined> {
    const tried = await tables(this.em)
      .updateTable('recoveries as r')
      .from('mailed_links as l')
      .set(({ eb }) => ({ code_tries: eb('r.code_tries', '+', 1) }))
      .where('r.asked_in', '=', tab)
      .whereRef('l.id', '=', 'r.link_id')
      .where('l.used_at', 'is', null)
      .where('l.replaced_at', 'is', null)
      .where('l.created_at', '>', sqlBefore(VALID))
      .where('r.code_tries', '<', TRIES)
      .returning(['r.link_id as id', 'r.code_hash as hash'])
      .execute();
    const named = tried.find(({ id, hash }) => {
      return hash && this.#hashesOf(id, code).some((own) => own.equals(hash));
    });
    return named?.id;
  }

  #hashesOf(id: string, code: string): Buffer[] {
    const text = `${id}:${code}`;
    return this.#keys.map((key) => createHmac('sha256', key).update(text).digest());
  }
}
