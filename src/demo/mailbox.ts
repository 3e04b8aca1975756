import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DemoMail } from './demo-mail.entity.js';

const SHOWN = 200;

/** The mails that the built-in mail server received, newest first. */
@Injectable()
export class Mailbox {
  constructor(private readonly em: EntityManager) {}

  async all() {
    const mails = await this.em.find(DemoMail, {}, { orderBy: { id: 'desc' }, limit: SHOWN });
    return mails.map(received);
  }

  async find(id: number) {
    const mail = await this.em.findOne(DemoMail, { id });
    return mail ? received(mail) : undefined;
  }
}

function received(mail: DemoMail) {
  const { id, sender: from, recipient: to, subject, bodyText: text, receivedAt } = mail;
  const links = text.match(/^https?:\/\/\S+$/gm) ?? [];
  return { id, from, to, subject, text, links, receivedAt };
}
