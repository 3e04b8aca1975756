import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { inTransaction } from '../../database/transaction.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import { holdSignedIn } from '../sessions/hold-signed-in.js';
import type { SignedIn } from '../sessions/sessions.js';
import { FactorChange, type FactorChanged } from './factor-change.js';
import { MOST_PASSKEYS, Passkeys, type PasskeyHolder } from './passkeys.js';

/** A new key is of use once, so the session is enough to name the ceremony. */
export function passkeyHolder({ accountId, sessionId, loginId, name }: SignedIn): PasskeyHolder {
  return { owner: { account: accountId }, ceremony: sessionId, loginId, name };
}

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
      act: 'passkey-addition',
      make: async ({ id: account }) => {
        const isFull = (await this.passkeys.of({ account })).length >= MOST_PASSKEYS;
        if (isFull) return 'passkeys-full';
        const isMade = await this.passkeys.register(passkeyHolder(person), name, answer);
        return isMade ? undefined : 'second-factor-wrong';
      },
      tell: (to, facts) => this.mails.passkeyAdded(to, { ...facts, passkey: name }),
    });
  }

  async rename(person: SignedIn, id: string, name: string): Promise<FactorChanged> {
    return inTransaction<FactorChanged>(this.em, async () => {
      await holdSignedIn(this.em, person);
      const isRenamed = await this.passkeys.rename({ account: person.accountId }, id, name);
      return this.audit.settle(
        'passkey-renaming',
        isRenamed ? undefined : 'changed-meanwhile',
        person,
      );
    });
  }

  /** @returns its name; undefined when it is gone already */
  async remove(person: SignedIn, id: string): Promise<string | undefined> {
    let passkey = '';
    const { ok } = await this.change.by(person, {
      act: 'passkey-removal',
      make: async ({ id: account }) => {
        const passkeys = await this.passkeys.of({ account });
        passkey = passkeys.find((each) => each.id === id)?.name ?? '';
        return (await this.passkeys.remove({ account }, id)) ? undefined : 'changed-meanwhile';
      },
      tell: (to, facts) => this.mails.passkeyRemoved(to, { ...facts, passkey }),
    });
    return ok ? passkey : undefined;
  }
}
