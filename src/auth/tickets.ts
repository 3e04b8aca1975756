import { Injectable } from '@nestjs/common';
import type { LinkRefusal } from './mailed-link.entity.js';
import { MailedLinks } from './mailed-links.js';

export type { LinkRefusal } from './mailed-link.entity.js';

type Purpose = 'activation' | 'sign-in-report';

export type TicketState = { ok: true; accountId: string } | { ok: false; reason: LinkRefusal };

/** Links about accounts, for callers that do not use `MailedLinks` yet. */
@Injectable()
export class Tickets {
  constructor(private readonly links: MailedLinks) {}

  issue(purpose: Purpose, accountId: string, hours: number, latest?: Date | null) {
    return this.links.issue(purpose, accountId, { hours }, latest);
  }

  async replace(purpose: Purpose, accountId: string): Promise<void> {
    await this.links.replace(purpose, accountId);
  }

  async replaceAllOf(accountId: string): Promise<void> {
    await this.links.replaceAllOf(accountId);
  }

  async look(purpose: Purpose, token: string | undefined): Promise<TicketState> {
    const { ok, reason, link } = { reason: undefined, ...(await this.links.look(purpose, token)) };
    return ok ? { ok, accountId: link!.subject } : { ok: false, reason: reason! };
  }

  async ownerOf(purpose: Purpose, token: string | undefined): Promise<string | undefined> {
    return (await this.links.look(purpose, token)).link?.subject;
  }

  async use(purpose: Purpose, token: string | undefined): Promise<TicketState> {
    const looked = await this.links.look(purpose, token);
    if (!looked.ok) return looked;
    if (await this.links.use(looked.link)) return { ok: true, accountId: looked.link.subject };
    return { ok: false, reason: 'link-used' };
  }
}
