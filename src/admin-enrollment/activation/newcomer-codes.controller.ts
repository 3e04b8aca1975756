import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get, Post } from '@nestjs/common';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { ParkedLink } from '../../auth/mailed-links/parked-link.js';
import { printedCode } from '../../auth/printed-codes.js';
import { RecoveryCodes } from '../../auth/second-factor/recovery-codes.js';
import { Config } from '../../config.js';
import { databaseNow } from '../../database/clock.js';
import { Account } from '../../identity/account.entity.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';

/**
 * リカバリーコード of a newcomer who set a second factor up behind the mailed link and who has no
 * session yet: in the browser that made them, right after.
 */
@Controller('activation/recovery-codes')
@Public()
export class NewcomerCodesController {
  readonly #parked = new ParkedLink('activation', '/activation');

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const { link } = await this.links.look('activation', this.#parked.tokenOf(visit));
    const codes = link ? await this.recoveryCodes.shown({ accountId: link.subject, visit }) : [];
    if (codes.length === 0) return seeOther('/login');
    const account = await this.em.findOneOrFail(Account, link!.subject, {
      populate: ['corporation'],
      refresh: true,
    });
    return this.#page(account, codes);
  }

  /** Ends the display. */
  @Post()
  hide(@Visitor() visit: Visit): Answer {
    this.recoveryCodes.hide(visit);
    return seeOther('/login');
  }

  async #page({ id, corporation, loginId, heldUntil }: Account, codes: string[]): Promise<Answer> {
    const isHeld = heldUntil != null && heldUntil > (await databaseNow(this.em));
    const { issuedAt } = await this.recoveryCodes.sheet({ account: id });
    const model = {
      corporationName: corporation.name,
      loginId,
      loginUrl: `${this.config.publicUrl}/login`,
      codes: codes.map(printedCode),
      issuedAt,
      release: isHeld ? heldUntil : null,
    };
    return page('admin-enrollment/newcomer-codes', say('リカバリーコード'), model);
  }
}
