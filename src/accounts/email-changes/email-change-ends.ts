import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { LinkRefusal } from '../../auth/tickets.js';
import { inTransaction } from '../../database/transaction.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { Visit } from '../../web/visit.js';
import { EmailChangeLinks, type LinkKind, type LinkedChange } from './email-change-links.js';
import { EmailHolders, type EmailHolder } from './email-holders.js';

export type Ended = { ok: true } | { ok: false; reason: LinkRefusal };

/** What the two links of a change do: the new mailbox proves it, the old one undoes it. */
@Injectable()
export class EmailChangeEnds {
  constructor(
    private readonly em: EntityManager,
    private readonly links: EmailChangeLinks,
    private readonly holders: EmailHolders,
    private readonly mails: OwnAccountMails,
    private readonly audit: Audit,
  ) {}

  /** The account gets its new address, and the old one hears how to undo it. Of parallel callers one succeeds. */
  async prove(token: string | undefined, visit: Visit): Promise<Ended> {
    return this.#end('proof', token, visit, async (change, holder) => {
      const undo = await this.links.useProof(change.id);
      if (!undo) return false;
      const { email } = change;
      await this.holders.move(holder, email, visit);
      await this.mails.emailChanged(holder, { email, ...undo });
      return true;
    });
  }

  /** The account gets its old address back; whoever is signed in is so no longer. Of parallel callers one succeeds. */
  async undo(token: string | undefined, visit: Visit): Promise<Ended> {
    return this.#end('undo', token, visit, async (change, holder) => {
      if (!(await this.links.useUndo(change))) return false;
      const email = change.formerEmail!;
      await this.holders.moveBack(holder, email, change.provedAt!);
      await this.mails.emailChangeUndone({ ...holder, email });
      return true;
    });
  }

  async #end(
    kind: LinkKind,
    token: string | undefined,
    visit: Visit,
    act: (change: LinkedChange, holder: EmailHolder) => Promise<boolean>,
  ): Promise<Ended> {
    return inTransaction<Ended>(this.em, async () => {
      const seen = await this.links.look(kind, token);
      const holder = seen.ok ? await this.holders.hold(seen.change.accountId) : undefined;
      const done = seen.ok && holder && (await act(seen.change, holder));
      const reason = done ? 'done' : await this.#refusal(kind, token);
      const { accountId, corporationId } = holder ?? {};
      const name = kind === 'proof' ? 'email-change' : 'email-change-undo';
      await this.audit.record({ act: name, reason, accountId, corporationId, visit });
      return reason === 'done' ? { ok: true } : { ok: false, reason };
    });
  }

  async #refusal(kind: LinkKind, token: string | undefined): Promise<LinkRefusal> {
    const now = await this.links.look(kind, token);
    return now.ok ? 'link-unknown' : now.reason;
  }
}
