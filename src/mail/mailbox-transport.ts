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

  constructor(private readonly em: EntityManager) {}

  send({ data }: MailMessage<Sent>, done: (error: Error | null, info: Sent) => void): void {
    const info = { response: '250 kept in the mailbox' };
    this.#keep(data).then(
      () => done(null, info),
      (error: Error) => done(error, info),
    );
  }

  /** A mail that is sent again has the same name, and is kept once. */
  async #keep({ from, to, subject, text, html, messageId }: MailMessage['data']): Promise<void> {
    await tables(this.em)
      .insertInto('demo_mails')
      .values({
        message_id: messageId!,
        sender: from as string,
        recipient: (to as { address: string }).address,
        subject: subject!,
        body_text: text as string,
        body_html: html as string,
      })
      .onConflict((conflict) => conflict.column('message_id').doNothing())
      .execute();
  }
}
