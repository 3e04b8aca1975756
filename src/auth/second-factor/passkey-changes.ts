import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { inTransaction } from '../../database/transaction.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { SignedIn } from '../sessions/sessions.js';
import { FactorChange, type FactorChanged } from './factor-change.js';
import { MOST_PASSKEYS, Passkeys } from './passkeys.js';

const PASSKEY = { factor: 'passkey' };

/** The life of an account's passkeys. */
@Injectable()
export class PasskeyChanges {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly change: FactorChange,
    private readonly passkeys: Passkeys,
    private readonly mails: OwnAccountMails,
  ) {}

  /** @param answer of the browser to the options that the page showed */
  async add(person: SignedIn, name: string, answer: string): Promise<FactorChanged> {
    await this.passkeys.load();
    return this.change.by(person, {
      act: 'second-factor-setup',
      facts: PASSKEY,
      make: async ({ id }) => {
        const isFull = (await this.passkeys.of(id)).length >= MOST_PASSKEYS;
        if (isFull) return 'passkeys-full';
        const isMade = await this.passkeys.register(person, name, answer);
        return isMade ? undefined : 'second-factor-wrong';
      },
      tell: ({ addressee }, facts) => this.mails.passkeyAdded(addressee, facts),
    });
  }

  async rename(person: SignedIn, id: string, name: string): Promise<FactorChanged> {
    return inTransaction<FactorChanged>(this.em, async () => {
      const isRenamed = await this.passkeys.rename(person.accountId, id, name);
      return this.audit.settle(
        'passkey-renaming',
        isRenamed ? undefined : 'changed-meanwhile',
        person,
      );
    });
  }

  async remove(person: SignedIn, id: string): Promise<FactorChanged> {
    return this.change.by(person, {
      act: 'second-factor-removal',
      facts: PASSKEY,
      make: async (account) =>
        (await this.passkeys.remove(account.id, id)) ? undefined : 'changed-meanwhile',
      tell: ({ addressee }, facts) => this.mails.passkeyRemoved(addressee, facts),
    });
  }
}
