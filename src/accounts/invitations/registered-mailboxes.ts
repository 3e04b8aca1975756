import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { tables } from '../../database/tables.js';
import { emailKey } from '../../identity/login-id.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { Person } from '../../web/visit.js';

/** Mailboxes that people of the company have already: several people may share one. */
@Injectable()
export class RegisteredMailboxes {
  constructor(private readonly em: EntityManager) {}

  /** @returns by the mailbox's key, whose it is; mailboxes of nobody are not in it */
  async among(
    emails: readonly string[],
    { corporationId }: Person,
  ): Promise<Map<string, Sentence>> {
    const registered = await tables(this.em)
      .selectFrom('accounts')
      .select(['email_key', 'name'])
      .where('corporation_id', '=', corporationId)
      .where('email_key', 'in', emails.map(emailKey))
      .where('state', '<>', 'deleted')
      .orderBy('name_kana')
      .execute();
    const byKey = Map.groupBy(registered, ({ email_key }) => email_key);
    return new Map(
      [...byKey].map(([key, people]) => [key!, knownAs(people.map(({ name }) => name))]),
    );
  }
}

function knownAs(names: string[]): Sentence {
  return say('このアドレスでは、{names} 様がすでに登録されています。', {
    names: names.join(' 様、'),
  });
}
