import type { Transport } from 'nodemailer';
import type MailMessage from 'nodemailer/lib/mailer/mail-message.js';
import type { Pool } from 'pg';

/** The demo's mail server: what is sent lies in a table and is read at `/dev/mailbox`. */
export class MailboxTransport implements Transport<{ response: string }> {
  readonly name = 'mailbox';
  readonly version = '1';

  constructor(private readonly pool: Pool) {}

  send(
    mail: MailMessage<{ response: string }>,
    done: (error: Error | null, info: { response: string }) => void,
  ): void {
    const { from, to, subject, text, html, messageId } = mail.data;
    const recipient = (to as { address: string }).address;
    this.pool.query(
      `insert into demo_mails (message_id, sender, recipient, subject, body_text, body_html)
       values ($1, $2, $3, $4, $5, $6) on conflict (message_id) do nothing`,
      [messageId, from, recipient, subject, text, html],
      (error) => done(error ?? null, { response: '250 kept in the mailbox' }),
    );
  }
}
