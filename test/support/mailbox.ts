import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import type { Pool } from 'pg';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export interface Mail {
  /** The envelope's recipient, the one that counts. */
  to: string;
  /** The envelope's sender, to whom servers send it back. */
  returnPath: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  headers: ReadonlyMap<string, unknown>;
}

/** The mail server's behaviour; a number is the SMTP code that it refuses every recipient with. */
type Behaviour = 'works' | 'silent' | 'loses-answers' | 'denies-relay' | number;

type Refusal = Error | 'hangs-up';

/** Less than the limit of a test. */
const PATIENCE = 120_000;
/** Neither text nor HTML is made of the other, and addresses in a text do not become links. */
const AS_SENT = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true };

/** Everybody's mailbox, behind a real mail server. */
export class Mailbox {
  readonly #arrivals = new EventEmitter();
  readonly #mails: Mail[] = [];
  readonly #read = new Set<Mail>();
  readonly #refused = new Map<string, Refusal>();
  #behaviour: Behaviour = 'works';
  #server!: SMTPServer;
  #port = 0;

  private constructor(private readonly pool: Pool) {}

  static async start(pool: Pool): Promise<Mailbox> {
    const mailbox = new Mailbox(pool);
    await mailbox.#listen();
    return mailbox;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  /** The next mail to the address that was not read yet; waits for it. @param about in its subject */
  async mailTo(address: string, about = ''): Promise<Mail> {
    const signal = AbortSignal.timeout(PATIENCE);
    for (;;) {
      const mail = this.unread(address).find(({ subject }) => subject.includes(about));
      if (mail) {
        this.#read.add(mail);
        return mail;
      }
      await once(this.#arrivals, 'mail', { signal }).catch(() => {
        throw new Error(`No mail to ${address} came; what came is ${this.#summary(this.#mails)}`);
      });
    }
  }

  /** Waits until nothing is left to send; fails when an unread mail to the address has come. */
  async nothingFor(address: string): Promise<void> {
    await this.everythingIsSent();
    const unread = this.unread(address);
    if (unread.length > 0)
      throw new Error(`${address} should have no new mail, but has ${this.#summary(unread)}`);
  }

  /** All that came so far is read. */
  async isReadBy(address: string): Promise<void> {
    await this.everythingIsSent();
    for (const mail of this.unread(address)) this.#read.add(mail);
  }

  unread(address: string): Mail[] {
    return this.#mails.filter((mail) => mail.to === address && !this.#read.has(mail));
  }

  all(): readonly Mail[] {
    return this.#mails;
  }

  /** The URL that stands on a line of its own. */
  linkIn(mail: Mail): string {
    const link = /^https?:\/\/\S+$/m.exec(mail.text);
    if (!link) throw new Error(`No line of this mail is a link:\n${mail.text}`);
    return link[0];
  }

  /**
   * Resolves when no job and no mail is due or running. While the server takes nothing, mails are
   * waited for until one was refused.
   */
  async everythingIsSent(): Promise<void> {
    for (let waited = 0; waited < PATIENCE; waited += 20) {
      const { rows } = await this.pool.query<{ due: boolean }>(
        `select exists (select from graphile_worker.jobs
                        where run_at <= now() and attempts < max_attempts)
             or exists (select from mail_deliveries
                        where in_hand or (state in ('queued', 'deferred')
                          and next_attempt_at <= now()
                          and ($1 or not exists (select from mail_deliveries
                                                 where state = 'deferred'
                                                    or state = 'queued'
                                                   and server_answer is not null)))) as due`,
        [this.#behaviour === 'works' && this.#server.server.listening],
      );
      if (!rows[0]!.due) return;
      await wait(20);
    }
    throw new Error('There are still jobs to do');
  }

  /** From now on: 451 puts a mail off, 550 refuses it for good, silence never greets. */
  behaves(behaviour: Behaviour): void {
    this.#behaviour = behaviour;
    if (behaviour === 'silent') this.#cut();
  }

  /** The same for one address, until it is accepted again; or its connection is cut. */
  refuses(address: string, code: number | 'hangs-up', words = 'Not now'): void {
    this.#refused.set(address, code === 'hangs-up' ? code : refusal(code, words));
  }

  accepts(address: string): void {
    this.#refused.delete(address);
  }

  async goesDown(): Promise<void> {
    this.#cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** On the same port as before; a second server would never be closed. */
  async comesBack(): Promise<void> {
    if (!this.#server.server.listening) await this.#listen();
  }

  async #listen(): Promise<void> {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onConnect: (_, greet) => void (this.#behaviour === 'silent' || greet()),
      onRcptTo: ({ address }, _, answer) => {
        const refused = this.#refusalOf(address);
        if (refused === 'hangs-up') this.#cut();
        else answer(refused);
      },
      onData: (stream, session, answer) =>
        void this.#receive(stream, session).then(() => answer(), answer),
    });
    this.#server.on('error', () => undefined);
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server.server, 'listening');
    this.#port = (this.#server.server.address() as { port: number }).port;
  }

  #cut(): void {
    for (const { _socket } of this.#server.connections as Iterable<{
      _socket: { destroy(): void };
    }>)
      _socket.destroy();
  }

  #refusalOf(address: string): Refusal | undefined {
    if (this.#behaviour === 'denies-relay') return refusal(554, '5.7.1 Relay access denied');
    if (typeof this.#behaviour === 'number') return refusal(this.#behaviour, 'Not now');
    return this.#refused.get(address);
  }

  async #receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const parsed = await simpleParser(stream, AS_SENT);
    for (const { address } of session.envelope.rcptTo)
      this.#mails.push({
        to: address,
        returnPath: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
        from: parsed.from?.text ?? '',
        subject: parsed.subject ?? '',
        text: parsed.text ?? '',
        html: parsed.html || '',
        messageId: parsed.messageId ?? '',
        headers: parsed.headers,
      });
    this.#arrivals.emit('mail');
    if (this.#behaviour === 'loses-answers') await this.goesDown().then(() => this.comesBack());
  }

  #summary(mails: readonly Mail[]): string {
    return mails.map(({ to, subject }) => `"${subject}" to ${to}`).join(', ') || 'nothing';
  }
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
