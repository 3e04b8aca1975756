import { Controller, Get, Post } from '@nestjs/common';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { printedCode } from '../../auth/printed-codes.js';
import { RecoveryCodes } from '../../auth/second-factor/recovery-codes.js';
import { EntityManager } from '@mikro-orm/postgresql';
import { Config } from '../../config.js';
import { Operator } from '../../identity/operator.entity.js';
import { DeskEntrance } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { SET_UP_LINK } from './set-up-link.js';

const DONE = notice.success(say('設定が完了しました。ログインしてください。'));

/** リカバリーコード, in the browser that made them, right after; then the sign-in. */
@Controller('desk/set-up/recovery-codes')
@DeskEntrance()
export class SetUpCodesController {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const { link } = await this.links.look('operator-set-up', SET_UP_LINK.tokenOf(visit));
    const operatorId = link?.subject ?? '';
    const codes = link ? await this.recoveryCodes.shown({ operatorId, visit }) : [];
    if (codes.length === 0) return seeOther('/desk/login');
    const { loginId } = await this.em.findOneOrFail(Operator, operatorId);
    const { issuedAt } = await this.recoveryCodes.sheet({ operator: operatorId });
    const loginUrl = `${this.config.publicUrl}/desk/login`;
    const model = { loginId, loginUrl, codes: codes.map(printedCode), issuedAt };
    return page('desk/set-up-codes', say('リカバリーコード'), model);
  }

  /** Ends the display. */
  @Post()
  hide(@Visitor() visit: Visit): Answer {
    this.recoveryCodes.hide(visit);
    return seeOther('/desk/login', DONE);
  }
}
