import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { momentInWords } from '../web/moment-in-words.js';
import { MailQueue } from './mail-queue.js';
import type { Addressee } from './mails.js';

/** Mails about invitations. One method a mail; each is called in the transaction that causes it. */
@Injectable()
export class InvitationMails {
  constructor(
    private readonly config: Config,
    private readonly queue: MailQueue,
  ) {}

  /** 招待: the link by which the invited person chooses login ID and password. @returns its delivery's id */
  async invitation(
    to: Addressee,
    link: { inviter: string; token: string; endsAt: Date },
  ): Promise<string> {
    return this.queue.queue('invitation', to, {
      corporationName: to.corporationName,
      name: to.name,
      inviter: link.inviter,
      url: `${this.config.publicUrl}/invitation/${link.token}`,
      deadline: momentInWords(link.endsAt, to.language),
    });
  }
}
