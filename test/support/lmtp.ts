import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A mail server that hands mails on by LMTP, line by line. */
export class LmtpClient {
  #received = '';
  readonly #socket: Socket;
  readonly #heard = new EventEmitter();

  private constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('data', (chunk) => {
      this.#received += chunk.toString('latin1');
      this.#heard.emit('more');
    });
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => this.#heard.emit('more'));
  }

  static async open(port: number): Promise<LmtpClient> {
    const client = new LmtpClient(port);
    await client.answer();
    await client.says('LHLO relay.example.jp');
    return client;
  }

  /** Sends a line. @returns the whole answer */
  says(line: string): Promise<string> {
    this.#socket.write(`${line}\r\n`);
    return this.answer();
  }

  /** From nobody, as bounces come. @returns an answer for each recipient */
  delivers(message: string, ...recipients: string[]): Promise<string[]> {
    return this.deliversFrom('', message, ...recipients);
  }

  async deliversFrom(sender: string, message: string, ...recipients: string[]): Promise<string[]> {
    await this.says(`MAIL FROM:<${sender}>`);
    const answers: string[] = [];
    let admitted = 0;
    for (const recipient of recipients) {
      const answer = await this.says(`RCPT TO:<${recipient}>`);
      if (answer.startsWith('250')) admitted += 1;
      else answers.push(answer);
    }
    if (admitted === 0) return answers;
    await this.says('DATA');
    this.#socket.write(`${message.replace(/^\./gm, '..')}\r\n.\r\n`);
    while (admitted-- > 0) answers.push(await this.answer());
    return answers;
  }

  /** The next answer of the server, without its last line break. */
  async answer(): Promise<string> {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/.exec(this.#received)?.[0];
      if (whole !== undefined) {
        this.#received = this.#received.slice(whole.length);
        return whole.trimEnd();
      }
      if (this.#socket.closed || this.#socket.readableEnded) return 'closed';
      await once(this.#heard, 'more');
    }
  }

  closes(): void {
    this.#socket.destroy();
  }
}
