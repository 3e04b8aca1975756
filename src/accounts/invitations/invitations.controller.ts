import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { Config } from '../../config.js';
import { MAIL_REFUSALS } from '../../mail/refused-mails.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms.js';
import { notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { invitationView } from './invitation-view.js';
import { Invitations, type Sent } from './invitations.js';
import { OpenInvitations } from './open-invitations.js';

const INVITATION_SENT_AGAIN = notice(
  'invitation-sent-again',
  'success',
  '招待のメールをもう一度お送りしました。以前のメールのURLは使えなくなりました。',
);
const INVITATION_CANCELLED = notice(
  'invitation-cancelled',
  'success',
  '招待を取り消しました。お送りしたメールのURLは使えなくなりました。',
);
const INVITATION_OVER = notice(
  'invitation-over',
  'info',
  'この招待は、登録が済んだか、取り消されたか、新しい招待に替わっています。',
);

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
      return seeOther(LIST, cancelled ? INVITATION_CANCELLED : INVITATION_OVER);
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
    if (!invitation && (await this.open.isOver(person, id))) return seeOther(LIST, INVITATION_OVER);
    if (!invitation) throw new NotFoundException();
    return page('accounts/invitations/sent', say('招待のメールをお送りしました'), {
      invitation: invitationView(invitation, visit.language),
      mailFrom: this.config.mailFrom,
    });
  }
}

function noticeOf(sent: Sent): Notice {
  if (sent.ok) return INVITATION_SENT_AGAIN;
  return sent.reason === 'over' ? INVITATION_OVER : MAIL_REFUSALS[sent.reason];
}
