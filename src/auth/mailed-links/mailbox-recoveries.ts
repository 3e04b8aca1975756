import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { emailKey } from '../../identity/login-id.js';
import { MailedLinks } from './mailed-links.js';

/** The recoveries under way for a mailbox, as their links name it. */
@Injectable()
export class MailboxRecoveries {
  readonly #keys: Buffer[];

  constructor(
    config: Config,
    private readonly links: MailedLinks,
  ) {
    this.#keys = config.keysFor('recovery');
  }

  /**
   * Names a mailbox in the table, in hex; unknown addresses leave no trace that can be read. Behind
   * the current key's name stands the former one's while a key is exchanged.
   */
  subjectsOf(email: string): string[] {
    return this.#keys.map((key) => createHmac('sha256', key).update(emailKey(email)).digest('hex'));
  }

  /** Lets one at a time decide about the mailbox, until the caller's transaction ends. */
  takeTurn(email: string): Promise<void> {
    return this.links.takeTurn('recovery', this.subjectsOf(email)[0]!);
  }

  /**
   * Ends all that is under way for it, in the caller's transaction, e.g. because the password was
   * changed otherwise: links that nobody opened, and runs that they began.
   */
  async end(email: string): Promise<void> {
    await this.takeTurn(email);
    await this.links.replace('recovery', ...this.subjectsOf(email));
  }
}
