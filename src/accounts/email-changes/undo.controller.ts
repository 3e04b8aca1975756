import { Controller, Get, Param, Post } from '@nestjs/common';
import { ByLink, ParkedLink, type LinkPost } from '../../auth/mailed-links/parked-link.js';
import { refusedLink } from '../../auth/mailed-links/refused-links.js';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { maskedEmail } from '../../mail/masked-email.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { about, notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import type { EmailChange } from './email-change.entity.js';
import { EmailChangeLinks } from './email-change-links.js';

const TITLE = say('メールアドレス変更の取り消し');
const REFUSED = 'email-changes/undo-refused';
const EMAIL_RESTORED = notice.success(say('{name} 様のメールアドレスを {email} に戻しました。'));

/** The link to the old address, for 72 hours. Only the button on the page undoes anything. */
@Controller('email-change/undo')
@Public()
export class UndoController {
  readonly #link = new ParkedLink('email-change-undo', '/email-change/undo');

  constructor(private readonly links: EmailChangeLinks) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.links.look('email-undo', this.#link.tokenOf(visit));
    if (!opened.ok) return refusedLink(REFUSED, opened.reason);
    const { link, change } = opened;
    // The link was mailed to the former address, so its reader learns nothing by it.
    const { email, formerEmail } = change;
    const model = { link: link.id, email: maskedEmail(email), formerEmail };
    return page('email-changes/undo', TITLE, model);
  }

  @Post(['', ':token'])
  @TakesTurns('person')
  async undo(@ByLink() post: LinkPost): Promise<Answer> {
    const token = this.#link.keyOf(post);
    const opened = await this.links.look('email-undo', token);
    if (!opened.ok) return refusedLink(REFUSED, opened.reason);
    if (this.#link.isOfAnother(post, opened.link))
      return this.#link.unsent(await this.show(post.visit), post.body);
    const undone = await this.links.undo(token, post.visit);
    if (!undone.ok) return refusedLink(REFUSED, undone.reason);
    return seeOther('/email-change/undo/completed', toldOf(opened.change));
  }

  @Get('completed')
  completed(): Answer {
    return page('email-changes/undo-completed', say('メールアドレスの変更を取り消しました'));
  }

  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#link.park(token, visit);
  }
}

function toldOf({ account: { name }, formerEmail }: EmailChange): Notice {
  return about(EMAIL_RESTORED, { name, email: formerEmail! });
}
