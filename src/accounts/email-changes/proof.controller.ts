import { Controller, Get, Param, Post } from '@nestjs/common';
import { ByLink, ParkedLink, type LinkPost } from '../../auth/mailed-links/parked-link.js';
import { refusedLink } from '../../auth/mailed-links/refused-links.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { about, notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import type { EmailChange } from './email-change.entity.js';
import { EmailChangeLinks, type OpenedEmailChange } from './email-change-links.js';

type Refused = Omit<Extract<OpenedEmailChange, { ok: false }>, 'ok'>;

const REFUSED = 'email-changes/proof-refused';
const EMAIL_CHANGED = notice.success(say('{name} 様のメールアドレスを {email} に変更しました。'));

/** The link to the new address. Mail scanners open links, so only the button on the page proves. */
@Controller('email-change')
@Public()
export class ProofController {
  readonly #link = new ParkedLink('email-change', '/email-change');

  constructor(private readonly links: EmailChangeLinks) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.links.look('email-proof', this.#link.tokenOf(visit));
    if (!opened.ok) return refusedProof(opened);
    const { link, change } = opened;
    const model = { link: link.id, email: change.email };
    return page('email-changes/proof', say('メールアドレスの確認'), model);
  }

  @Post(['', ':token'])
  async prove(@ByLink() post: LinkPost): Promise<Answer> {
    const token = this.#link.keyOf(post);
    const opened = await this.links.look('email-proof', token);
    if (!opened.ok) return refusedProof(opened);
    if (this.#link.isOfAnother(post, opened.link))
      return this.#link.unsent(await this.show(post.visit), post.body);
    const proved = await this.links.prove(token, post.visit);
    if (!proved.ok) return refusedProof(proved);
    return seeOther('/email-change/completed', toldOf(opened.change));
  }

  @Get('completed')
  completed(): Answer {
    return page('email-changes/proof-completed', say('メールアドレス変更完了'));
  }

  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#link.park(token, visit);
  }
}

function refusedProof({ reason, change }: Refused): Answer {
  return refusedLink(REFUSED, reason, { isUndone: change?.isUndone ?? false });
}

function toldOf({ account: { name }, email }: EmailChange): Notice {
  return about(EMAIL_CHANGED, { name, email });
}
