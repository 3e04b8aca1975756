import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { hashOf, newSecret } from '../../auth/secrets.js';
import type { LinkRefusal } from '../../auth/tickets.js';
import { sql, sqlOne } from '../../database/sql.js';

const PROOF_HOURS = 24;
const UNDO_HOURS = 72;

/** `proof` was mailed to the new address, `undo` to the old one. */
export type LinkKind = 'proof' | 'undo';

export interface LinkedChange {
  id: string;
  accountId: string;
  /** The new address. */
  email: string;
  /** The address before; known from the proof on. */
  formerEmail: string | null;
  provedAt: Date | null;
}

export type EmailLinkState =
  { ok: true; change: LinkedChange } | { ok: false; reason: LinkRefusal };

export interface PendingChange {
  id: string;
  email: string;
  endsAt: Date;
}

/** An administrator asks with the rights of one: without them, nobody proves what was asked for. */
const ASKED_FOR_RIGHTLY = `(c.requested_by = c.account_id
  or exists (select from usable_administrators u where u.id = c.requested_by))`;

/** The conditions under which each of the two links works; `c` is its row. */
const LIVE = {
  proof: `c.proved_at is null and c.voided_at is null and c.ends_at > genkan_now()
          and ${ASKED_FOR_RIGHTLY}`,
  undo: `c.proved_at is not null and c.undone_at is null and c.undo_voided_at is null
         and c.undo_ends_at > genkan_now()`,
};
const STATE = {
  proof: `c.token_hash = $1 and a.state in ('active', 'suspended')
          and (c.proved_at is not null or ${ASKED_FOR_RIGHTLY})`,
  undo: `c.undo_token_hash = $1 and a.state in ('active', 'suspended')`,
};
const OUTCOME = {
  proof: `c.proved_at is not null as used, c.voided_at is not null as replaced,
          c.ends_at <= genkan_now() as expired`,
  undo: `c.undone_at is not null as used, c.undo_voided_at is not null as replaced,
         c.undo_ends_at <= genkan_now() as expired`,
};
const CHANGE = `c.id, c.account_id as "accountId", c.email, c.former_email as "formerEmail",
  c.proved_at as "provedAt"`;

/** The rows of `email_changes`: their two one-time links, of which only hashes are stored. */
@Injectable()
export class EmailChangeLinks {
  constructor(private readonly em: EntityManager) {}

  /** A new change, which voids the one that waits; the caller holds the account's row. */
  async begin(
    accountId: string,
    email: string,
    requestedBy: string,
  ): Promise<{ token: string; endsAt: Date }> {
    await this.voidPending(accountId);
    const token = newSecret();
    const row = await sqlOne<{ endsAt: Date }>(
      this.em,
      `insert into email_changes (account_id, requested_by, email, token_hash, ends_at)
       values ($1, $2, $3, $4, genkan_now() + make_interval(hours => $5))
       returning ends_at as "endsAt"`,
      [accountId, requestedBy, email, hashOf(token), PROOF_HOURS],
    );
    return { token, endsAt: row!.endsAt };
  }

  /** The change that waits for its proof. */
  pending(accountId: string): Promise<PendingChange | undefined> {
    return sqlOne<PendingChange>(
      this.em,
      `select c.id, c.email, c.ends_at as "endsAt" from email_changes c
       where c.account_id = $1 and ${LIVE.proof}`,
      [accountId],
    );
  }

  /** @returns whether one waited */
  async voidPending(accountId: string): Promise<boolean> {
    const voided = await sql(
      this.em,
      `update email_changes set voided_at = genkan_now()
       where account_id = $1 and proved_at is null and voided_at is null returning id`,
      [accountId],
    );
    return voided.length > 0;
  }

  /** Looks at a link without changing anything. */
  async look(kind: LinkKind, token: string | undefined): Promise<EmailLinkState> {
    const row = await sqlOne<LinkedChange & Record<'used' | 'replaced' | 'expired', boolean>>(
      this.em,
      `select ${CHANGE}, ${OUTCOME[kind]}
       from email_changes c join accounts a on a.id = c.account_id where ${STATE[kind]}`,
      [hashOf(token ?? '')],
    );
    if (!row) return { ok: false, reason: 'link-unknown' };
    const { used, replaced, expired, ...change } = row;
    if (used) return { ok: false, reason: 'link-used' };
    if (replaced) return { ok: false, reason: 'link-replaced' };
    if (expired) return { ok: false, reason: 'link-expired' };
    return { ok: true, change };
  }

  /** Uses the proof up and makes the link to undo it; undefined when it is no longer live. */
  async useProof(id: string): Promise<{ undoToken: string; undoEndsAt: Date } | undefined> {
    const undoToken = newSecret();
    const row = await sqlOne<{ undoEndsAt: Date }>(
      this.em,
      `update email_changes c set proved_at = genkan_now(), former_email = a.email,
              undo_token_hash = $2, undo_ends_at = genkan_now() + make_interval(hours => $3)
       from accounts a where c.id = $1 and a.id = c.account_id and ${LIVE.proof}
       returning c.undo_ends_at as "undoEndsAt"`,
      [id, hashOf(undoToken), UNDO_HOURS],
    );
    return row && { undoToken, undoEndsAt: row.undoEndsAt };
  }

  /**
   * Uses the link to undo up. What was changed after this change is undone with it: the mailboxes
   * of later changes lose their links.
   * @returns false when it is no longer live
   */
  async useUndo({ id, accountId }: LinkedChange): Promise<boolean> {
    const used = await sql(
      this.em,
      `update email_changes c set undone_at = genkan_now() where c.id = $1 and ${LIVE.undo}
       returning c.id`,
      [id],
    );
    if (used.length === 0) return false;
    await sql(
      this.em,
      `update email_changes set undo_voided_at = genkan_now()
       where account_id = $1 and undone_at is null and undo_voided_at is null
         and number > (select number from email_changes where id = $2)`,
      [accountId, id],
    );
    return true;
  }
}
