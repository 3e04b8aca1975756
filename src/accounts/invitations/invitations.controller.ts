import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { Config } from '../../config.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms.js';
import type { Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { isUuid } from '../../web/uuid.js';
import { invitationView } from './invitation-view.js';
import { Invitations, type Sent } from './invitations.js';
import { OpenInvitations } from './open-invitations.js';

const LIST = '/accounts/invitations';

/** The invitations that nobody followed yet: send them again, or take them back. */
@Controller('accounts/invitations')
@AdministratorsOnly()
@FreshPassword()
export class InvitationsController {
  constructor(
    private readonly config: Config,
    private readonly open: OpenInvitations,
    private readonly invitations: Invitations,
  ) {}

  @Get()
  async list(@Me() person: SignedIn, @Visitor() visit: Visit): Promise<Answer> {
    const open = await this.open.all(person);
    const invitations = open.map((invitation) => invitationView(invitation, visit.language));
    return page('accounts/invitations/list', say('招待中の方'), { invitations });
  }

  /** `act`: `send-again` or `cancel`. */
  @Post()
  async act(
    @Body() body: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const { invitationId: id, act } = body;
    if (!isUuid(id)) throw new NotFoundException();
    if (act === 'cancel') {
      const cancelled = await this.invitations.cancel(person, id, visit);
      if (cancelled === undefined) throw new NotFoundException();
      return seeOther(LIST, cancelled ? 'invitation-cancelled' : 'invitation-over');
    }
    const sent = await this.invitations.sendAgain(person, id, visit);
    if (!sent) throw new NotFoundException();
    return seeOther(LIST, noticeOf(sent));
  }

  /** The page behind 招待のメールを送る: where the mail went, until when it works, what to do without it. */
  @Get(':id')
  async show(
    @Param('id') id: string,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    if (!isUuid(id)) throw new NotFoundException();
    const invitation = await this.open.find(person, id);
    if (!invitation && (await this.open.isOver(person, id)))
      return seeOther(LIST, 'invitation-over');
    if (!invitation) throw new NotFoundException();
    return page('accounts/invitations/sent', say('招待のメールをお送りしました'), {
      invitation: invitationView(invitation, visit.language),
      mailFrom: this.config.mailFrom,
    });
  }
}

function noticeOf(sent: Sent): Notice {
  if (sent.ok) return 'invitation-sent-again';
  return sent.reason === 'over' ? 'invitation-over' : sent.reason;
}
