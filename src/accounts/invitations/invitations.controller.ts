import { Body, Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { CASE_OBSTACLES, isCaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Config } from '../../config.js';
import { ROLES } from '../../identity/role.js';
import type { MailTrouble } from '../../mail/mail-advice.js';
import { MAIL_REFUSALS } from '../../mail/refused-mails.js';
import { AdministratorsOnly, FactorForPeople } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { about, notice, type Notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import { Invitations, type Sent } from './invitations.js';
import {
  OpenInvitations,
  type OpenInvitation,
  type PageOfInvitations,
} from './open-invitations.js';

const INVITATION_SENT_AGAIN = notice.success(
  say('{name} 様に招待のメールを再送しました。以前のメールのURLは使えなくなりました。'),
);
const INVITATION_CANCELLED = notice.success(
  say('{name} 様への招待を取り消しました。お送りしたメールのURLは使えなくなりました。'),
);
const INVITATION_OVER = notice.info(
  say('この招待は、登録が済んだか、取り消されたか、新しい招待に替わっています。'),
);

const INVITATION_RESTS = notice.warning(CASE_OBSTACLES['case-at-desk']);

const LIST = '/accounts/invitations';

/** The colour of a chip, by how likely something is wrong; it never stands without its text. */
type Tone = 'success' | 'info' | 'warning' | 'error';

interface Chip {
  tone: Tone;
  text: Sentence;
  advice: Sentence | null;
}

const STATES: Record<OpenInvitation['state'], Chip> = {
  live: { tone: 'info', text: say('登録待ち'), advice: null },
  expired: { tone: 'warning', text: say('期限切れ'), advice: null },
  void: {
    tone: 'error',
    text: say('無効'),
    advice: say('招待した方が管理者として利用できないため、今は使えません。再送してください。'),
  },
};

const DELIVERIES: Record<NonNullable<OpenInvitation['delivery']>, Chip> = {
  queued: { tone: 'info', text: say('メール送信中'), advice: null },
  'handed-over': { tone: 'success', text: say('メール送信済み'), advice: null },
  deferred: {
    tone: 'warning',
    text: say('メール再送中'),
    advice: say('相手先のサーバーが受け付けないため、送信を続けています。'),
  },
  bounced: {
    tone: 'error',
    text: say('メール不達'),
    advice: say('メールが届きませんでした。アドレスをご確認ください。'),
  },
  suppressed: { tone: 'error', text: say('メール送信見合わせ'), advice: null },
  superseded: { tone: 'error', text: say('メール送信見合わせ'), advice: null },
};

/** What helps, before the invitation is sent again; of others nobody knows. */
const ADVICE: Partial<Record<MailTrouble, Sentence>> = {
  unknown: say(
    '宛先が見つかりませんでした。招待を取り消し、正しいメールアドレスで招待し直してください。',
  ),
  carrier: say(
    '携帯電話会社が受け取りませんでした。ご本人が「ドメイン指定受信」などで {domain} を許可してから、再送してください。',
  ),
  gateway: say(
    '迷惑メール対策などで受信を拒否されました。メールのご担当者が {domain} からのメールを許可してから、再送してください。',
  ),
  full: say('メールボックスがいっぱいです。ご本人が不要なメールを削除してから、再送してください。'),
};

@Controller('accounts/invitations')
@AdministratorsOnly()
@FactorForPeople()
export class InvitationsController {
  constructor(
    private readonly config: Config,
    private readonly open: OpenInvitations,
    private readonly invitations: Invitations,
  ) {}

  @Get()
  async list(@Query('page') number: unknown, @Me() person: SignedIn): Promise<Answer> {
    const { invitations, ...place } = await this.open.page(person, Number(number));
    return page('accounts/invitations/list', say('招待中の方'), {
      invitations: invitations.map((each) => invitationView(each, this.config.mailDomain)),
      ...placeView(place),
    });
  }

  /** `act`: `send-again` or `cancel`. */
  @Post()
  async act(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const { invitationId: id, act } = body;
    if (!isUuid(id)) throw new NotFoundException();
    const { name } = (await this.open.find(person, id)) ?? { name: '' };
    if (act === 'cancel') {
      const cancelled = await this.invitations.cancel(person, id);
      return seeOther(LIST, cancelled.ok ? about(INVITATION_CANCELLED, { name }) : INVITATION_OVER);
    }
    return seeOther(LIST, noticeOf(await this.invitations.sendAgain(person, id), name));
  }

  /** The page behind 招待のメールを送る: where the mail went, until when it works, what to do without it. */
  @Get(':id')
  async show(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    if (!isUuid(id)) throw new NotFoundException();
    const invitation = await this.open.find(person, id);
    if (!invitation && (await this.open.wasSent(person, id)))
      return seeOther(LIST, INVITATION_OVER);
    if (!invitation) throw new NotFoundException();
    return page('accounts/invitations/sent', say('招待のメールをお送りしました'), {
      invitation: invitationView(invitation, this.config.mailDomain),
      mailFrom: this.config.mailFrom,
    });
  }
}

function noticeOf(sent: Sent, name: string): Notice {
  if (sent.ok) return about(INVITATION_SENT_AGAIN, { name });
  if (isCaseObstacle(sent.reason)) return INVITATION_RESTS;
  return sent.reason === 'invitation-over' ? INVITATION_OVER : MAIL_REFUSALS[sent.reason];
}

function placeView({ number, from, to, total }: Omit<PageOfInvitations, 'invitations'>): object {
  return {
    from,
    to,
    total,
    isMore: false,
    previous: number > 1 ? `${LIST}?page=${number - 1}` : null,
    next: to < total ? `${LIST}?page=${number + 1}` : null,
  };
}

function invitationView(invitation: OpenInvitation, domain: string): object {
  const { id, name, email, role, inviter, state, delivery, trouble } = invitation;
  const chip = DELIVERIES[delivery ?? 'queued'];
  const advice = trouble && ADVICE[trouble];
  return {
    id,
    name,
    email,
    inviter,
    role: ROLES[role],
    state: STATES[state],
    delivery: advice ? { ...chip, advice: { ...advice, values: { domain } } } : chip,
    sent: invitation.sentAt,
    deadline: invitation.endsAt,
    replacedAnother: invitation.replacedAnother,
    sharesMailbox: invitation.sharesMailbox,
  };
}
