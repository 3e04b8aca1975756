import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** `drops` takes a mail and ends the connection without a word; the mail may come again. */
export type RelayMood =
  'works' | 'down' | 'mute' | 'slow' | 'drops' | '451' | '535' | '554' | 'unwilling';

const SLOW_MS = 1_000;

/** An operator's mail relay, which asks for a sign-in and has bad days. */
export class Relay {
  /** Every mail that it took, by recipient and name, in order. */
  readonly taken: { to: string; messageId: string; at: number }[] = [];
  #mood: RelayMood = 'works';
  #refused: { addresses: RegExp; error: Error } | undefined;
  #server!: SMTPServer;
  #port = 0;

  static async start(): Promise<Relay> {
    const relay = new Relay();
    await relay.#listen();
    return relay;
  }

  get url(): string {
    return `smtp://genkan:secret@127.0.0.1:${this.#port}`;
  }

  /** Recipients in the order in which each mail came first. */
  get recipients(): string[] {
    return [...new Map(this.taken.map((mail) => [mail.messageId, mail.to])).values()];
  }

  async becomes(mood: RelayMood): Promise<void> {
    this.#mood = mood;
    this.#cut();
    if (mood === 'down') return this.stop();
    if (!this.#server.server.listening) await this.#listen();
  }

  async stop(): Promise<void> {
    this.#cut();
    if (this.#server.server.listening)
      await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #listen(): Promise<void> {
    this.#server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onConnect: (_, greet) => void (this.#mood === 'mute' || greet()),
      onAuth: ({ username }, _, answer) =>
        this.#mood === '535'
          ? answer(refusal(535, '5.7.8 Authentication credentials invalid'))
          : answer(null, { user: username! }),
      onMailFrom: (_, __, answer) => void this.#slowly().then(() => answer()),
      onRcptTo: ({ address }, _, answer) =>
        void this.#slowly().then(() => answer(this.#refusalOf(address))),
      onData: (stream, session, answer) =>
        void this.#take(stream, session).then(
          () => this.#mood !== 'drops' && answer(),
          () => undefined,
        ),
    });
    this.#server.on('error', () => undefined);
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server.server, 'listening');
    this.#port = (this.#server.server.address() as { port: number }).port;
  }

  async #slowly(): Promise<void> {
    if (this.#mood === 'slow') await wait(SLOW_MS);
  }

  /** From now on, whatever its mood. */
  refuses(addresses: RegExp, code: number, words: string): void {
    this.#refused = { addresses, error: refusal(code, words) };
  }

  #refusalOf(address: string): Error | undefined {
    if (this.#refused?.addresses.test(address)) return this.#refused.error;
    if (this.#mood === '451') return refusal(451, '4.3.0 Try again later');
    if (this.#mood === '554') return refusal(554, '5.7.1 Relay access denied');
    return this.#mood === 'unwilling' ? refusal(550, 'relay not permitted') : undefined;
  }

  async #take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    const messageId = /^Message-ID: (\S+)/im.exec(text)![1]!;
    const to = session.envelope.rcptTo[0]!.address;
    this.taken.push({ to, messageId, at: performance.now() });
    if (this.#mood === 'drops') this.#cut();
  }

  #cut(): void {
    for (const { _socket } of this.#server.connections as Iterable<{
      _socket: { destroy(): void };
    }>)
      _socket.destroy();
  }
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
