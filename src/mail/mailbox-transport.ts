import { callbackify } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Transport } from 'nodemailer';
import type MailMessage from 'nodemailer/lib/mailer/mail-message.js';
import { tables } from '../database/tables.js';

interface Sent {
  response: string;
}

/** The demo's mail server: sent mails lie in a table and are read at `/dev/mailbox`. */
export class MailboxTransport implements Transport<Sent> {
  readonly name = 'mailbox';
  readonly version = '1';
  readonly send = callbackify((mail: MailMessage<Sent>) => this.#keep(mail));

  constructor(private readonly em: EntityManager) {}

  /** A mail that is sent again has the same name, and is kept once. */
  async #keep({ data }: MailMessage<Sent>): Promise<Sent> {
    await tables(this.em)
      .insertInto('demo_mails')
      .values({
        message_id: data.messageId!,
        sender: data.from as string,
        recipient: (data.to as { address: string }).address,
        subject: data.subject!,
        body_text: data.text as string,
        body_html: data.html as string,
      })
      .onConflict((conflict) => conflict.column('message_id').doNothing())
      .execute();
    return { response: '250 kept in the mailbox' };
  }
}
