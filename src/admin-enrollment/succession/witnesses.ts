import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { hashOf, newSecret } from '../../auth/secrets.js';
import { sql, sqlOne } from '../../database/sql.js';
import type { Addressee } from '../../mail/mails.js';

export const OBJECTION_DAYS = 30;

/** The key of a link to object, in the caller's transaction. */
export interface ObjectionKey {
  id: string;
  token: string;
  endsAt: Date;
}

/** The administrators who were there before a newcomer: they are told, and they may object. */
@Injectable()
export class Witnesses {
  constructor(private readonly em: EntityManager) {}

  /** Everybody who can sign in as the company's administrator now. */
  async administratorsOf(corporationId: string): Promise<WitnessAddressee[]> {
    return sql<WitnessAddressee>(
      this.em,
      `${ADDRESSEES} join usable_administrators u on u.id = a.id
       where u.corporation_id = $1 order by a.created_at`,
      [corporationId],
    );
  }

  /** Gives an administrator another link to object to the case. */
  async issueKey(enrollmentId: string, accountId: string): Promise<ObjectionKey> {
    const token = newSecret();
    const row = await sqlOne<{ id: string; ends_at: Date }>(
      this.em,
      `insert into objections (enrollment_id, account_id, token_hash, ends_at)
       values ($1, $2, $3, genkan_now() + make_interval(days => $4)) returning id, ends_at`,
      [enrollmentId, accountId, hashOf(token), OBJECTION_DAYS],
    );
    return { id: row!.id, token, endsAt: row!.ends_at };
  }

  /** Remembers which mail carried the key, so that the desk sees whether it arrived. */
  async carriedBy(key: ObjectionKey, deliveryId: string): Promise<void> {
    await sql(this.em, 'update objections set delivery_id = $2 where id = $1', [
      key.id,
      deliveryId,
    ]);
  }

  /** Whether the account was an administrator before this case, and its mailbox is still its own. */
  async includes(enrollmentId: string, accountId: string): Promise<boolean> {
    const found = await sqlOne<{ is: boolean }>(this.em, 'select is_witness($1, $2) as is', [
      enrollmentId,
      accountId,
    ]);
    return found!.is;
  }

  /** Those of them who can act, for the mails about the case. */
  async of(enrollmentId: string): Promise<WitnessAddressee[]> {
    return sql<WitnessAddressee>(
      this.em,
      `${ADDRESSEES} where a.state = 'active' and is_witness($1, a.id)
         and a.id in (select account_id from objections where enrollment_id = $1)`,
      [enrollmentId],
    );
  }
}

type WitnessAddressee = Addressee & { accountId: string };

const ADDRESSEES = `
  select a.id as "accountId", a.corporation_id as "corporationId", c.name as "corporationName",
         a.name, a.email, a.language
  from accounts a join corporations c on c.id = a.corporation_id`;
