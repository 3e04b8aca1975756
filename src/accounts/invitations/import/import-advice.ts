import { createHash } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { tables } from '../../../database/tables.js';
import { emailKey } from '../../../identity/login-id.js';
import { say, type Sentence } from '../../../web/sentence.js';
import type { Person } from '../../../web/visit.js';
import { personKey } from '../invitation.entity.js';
import { RegisteredMailboxes } from '../registered-mailboxes.js';
import type { PersonOfLine } from './read-invitations.js';

/** By the line that it is about; a line without advice is not in it. */
export type Advice = ReadonlyMap<number, readonly Sentence[]>;

const REPLACES = say('この方への以前の招待は使えなくなります。');

/** What an administrator should know before many people are invited. */
@Injectable()
export class ImportAdvice {
  constructor(
    private readonly em: EntityManager,
    private readonly mailboxes: RegisteredMailboxes,
  ) {}

  async of(people: readonly PersonOfLine[], administrator: Person): Promise<Advice> {
    const emails = people.map(({ invited }) => invited.email);
    const registered = await this.mailboxes.among(emails, administrator);
    const open = await this.#invited(emails.map(emailKey), administrator.corporationId);
    const advice = people.map(({ line, invited, advice: own }) => {
      const known = registered.get(emailKey(invited.email));
      const told: Sentence[] = own ? [own] : [];
      if (known) told.push(known);
      if (open.has(personKey(invited))) told.push(REPLACES);
      return [line, told] as const;
    });
    return new Map(advice.filter(([, told]) => told.length > 0));
  }

  async #invited(keys: string[], corporationId: string): Promise<Set<string>> {
    const found = await tables(this.em)
      .selectFrom('invitations')
      .select(['email', 'name'])
      .where('corporation_id', '=', corporationId)
      .where('email_key', 'in', keys)
      .where('used_at', 'is', null)
      .where('cancelled_at', 'is', null)
      .where('replaced_at', 'is', null)
      .execute();
    return new Set(found.map(personKey));
  }
}

/** A page posts it, so that nobody is invited after the advice has changed. */
export function digestOf(advice: Advice): string {
  const told = [...advice].map(([line, sentences]) => [line, ...sentences]);
  return createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 16);
}
