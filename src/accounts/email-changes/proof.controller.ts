import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { refusedLink } from '../../auth/refused-links.js';
import { HOUR_MS } from '../../durations.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Cookie } from '../../web/cookies.js';
import type { FormBody } from '../../web/forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { EmailChangeEnds } from './email-change-ends.js';
import { EmailChangeLinks } from './email-change-links.js';

const TITLE = say('メールアドレスの確認');

/** The link to the new address. Mail scanners open links, so only the button on the page proves. */
@Controller('email-change')
@Public()
export class ProofController {
  readonly #link = new Cookie('email-change', HOUR_MS);

  constructor(
    private readonly links: EmailChangeLinks,
    private readonly ends: EmailChangeEnds,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const state = await this.links.look('proof', this.#link.read(visit));
    if (!state.ok) return refusedLink('email-changes/proof-refused', state.reason);
    const { id: change, email } = state.change;
    return page('email-changes/proof', TITLE, { change, email });
  }

  @Post()
  async prove(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const token = this.#link.read(visit);
    // Another tab may have opened another link meanwhile: then this page shows that one first.
    const state = await this.links.look('proof', token);
    if (state.ok && state.change.id !== body.change) return seeOther('/email-change');
    return this.#prove(token, visit);
  }

  @Get('completed')
  completed(): Answer {
    return page('email-changes/proof-completed', say('メールアドレス変更完了'));
  }

  /** The key leaves the URL at once. */
  @Get(':token')
  keep(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    if (!/^[\w-]{1,100}$/.test(token))
      return refusedLink('email-changes/proof-refused', 'link-unknown');
    this.#link.set(visit, token);
    return seeOther('/email-change');
  }

  @Post(':token')
  proveDirectly(@Param('token') token: string, @Visitor() visit: Visit): Promise<Answer> {
    return this.#prove(token, visit);
  }

  async #prove(token: string | undefined, visit: Visit): Promise<Answer> {
    const proved = await this.ends.prove(token, visit);
    if (!proved.ok) return refusedLink('email-changes/proof-refused', proved.reason);
    this.#link.clear(visit);
    return seeOther('/email-change/completed');
  }
}
