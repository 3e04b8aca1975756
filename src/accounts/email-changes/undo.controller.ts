import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { refusedLink } from '../../auth/refused-links.js';
import { HOUR_MS } from '../../durations.js';
import { maskedEmail } from '../../mail/masked-email.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Cookie } from '../../web/cookies.js';
import type { FormBody } from '../../web/forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { EmailChangeEnds } from './email-change-ends.js';
import { EmailChangeLinks } from './email-change-links.js';

const TITLE = say('メールアドレス変更の取り消し');

/** The link to the old address, for 72 hours. Only the button on the page undoes anything. */
@Controller('email-change/undo')
@Public()
export class UndoController {
  readonly #link = new Cookie('email-change-undo', HOUR_MS);

  constructor(
    private readonly links: EmailChangeLinks,
    private readonly ends: EmailChangeEnds,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const state = await this.links.look('undo', this.#link.read(visit));
    if (!state.ok) return refusedLink('email-changes/undo-refused', state.reason);
    const { id: change, email, formerEmail } = state.change;
    const model = { change, email: maskedEmail(email), formerEmail: maskedEmail(formerEmail!) };
    return page('email-changes/undo', TITLE, model);
  }

  @Post()
  async undo(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const token = this.#link.read(visit);
    // Another tab may have opened another link meanwhile: then this page shows that one first.
    const state = await this.links.look('undo', token);
    if (state.ok && state.change.id !== body.change) return seeOther('/email-change/undo');
    return this.#undo(token, visit);
  }

  @Get('completed')
  completed(): Answer {
    return page('email-changes/undo-completed', say('メールアドレスの変更を取り消しました'));
  }

  /** The key leaves the URL at once. */
  @Get(':token')
  keep(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    if (!/^[\w-]{1,100}$/.test(token))
      return refusedLink('email-changes/undo-refused', 'link-unknown');
    this.#link.set(visit, token);
    return seeOther('/email-change/undo');
  }

  @Post(':token')
  undoDirectly(@Param('token') token: string, @Visitor() visit: Visit): Promise<Answer> {
    return this.#undo(token, visit);
  }

  async #undo(token: string | undefined, visit: Visit): Promise<Answer> {
    const undone = await this.ends.undo(token, visit);
    if (!undone.ok) return refusedLink('email-changes/undo-refused', undone.reason);
    this.#link.clear(visit);
    return seeOther('/email-change/undo/completed');
  }
}
