import { Injectable } from '@nestjs/common';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import { EmailChangeLinks } from './email-change-links.js';
import type { EmailHolder } from './email-holders.js';

export interface Requester {
  accountId: string;
  name: string;
}

/** The mails that a request for another address causes, in the caller's transaction. */
@Injectable()
export class EmailProofs {
  constructor(
    private readonly links: EmailChangeLinks,
    private readonly mails: OwnAccountMails,
  ) {}

  /** To the new address: the link that proves it, and voids older ones. @returns its deadline */
  async send(holder: EmailHolder, email: string, requester: Requester): Promise<Date> {
    const { token, endsAt } = await this.links.begin(holder.accountId, email, requester.accountId);
    const requestedBy = nameOfOther(requester, holder);
    await this.mails.emailChangeProof({ ...holder, email }, { requestedBy, token, endsAt });
    return endsAt;
  }

  /** To the old address. @param objection the key of the link to object, if there is one */
  async announce(
    holder: EmailHolder,
    email: string,
    requester: Requester,
    objection: string | undefined,
  ): Promise<void> {
    const requestedBy = nameOfOther(requester, holder);
    await this.mails.emailChangeRequested(holder, { requestedBy, email, objection });
  }
}

/** Undefined: the person asked for it. */
function nameOfOther(requester: Requester, holder: EmailHolder): string | undefined {
  return requester.accountId === holder.accountId ? undefined : requester.name;
}
