import { once } from 'node:events';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { SMTPServer, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { Config } from '../../config.js';
import { inUnitOfWork } from '../../database/unit-of-work.js';
import { MINUTE_MS, SECOND_MS } from '../../durations.js';
import { beginningOf } from './bounce-report.js';
import { Bounces } from './bounces.js';

const LARGEST = 2 * 1024 * 1024;
const MOST_CONNECTIONS = 20;
const MOST_RECIPIENTS = 20;
const LONGEST_IDLE_MS = 30 * SECOND_MS;
const LONGEST_CONNECTION_MS = 10 * MINUTE_MS;
const STOP_WITHIN_MS = 3 * SECOND_MS;

/**
 * Takes bounces by LMTP (RFC 2033) on `BOUNCE_LMTP_PORT`. Whatever could not be written is answered
 * with 451, so that the mail server tries again and nothing is lost.
 */
@Injectable()
export class BouncePort implements OnModuleDestroy {
  readonly #log = new Logger(BouncePort.name);
  #server: SMTPServer | undefined;
  #isStopping = false;

  constructor(
    private readonly config: Config,
    private readonly bounces: Bounces,
  ) {}

  /** Without the variable nothing listens. */
  async open(): Promise<void> {
    const { bounceLmtpPort, bounceLmtpHost } = this.config;
    if (bounceLmtpPort === undefined) return;
    const server = await this.#newServer();
    server.on('error', ({ message }) => this.#log.warn(`a mail server hung up: ${message}`));
    server.listen(bounceLmtpPort, bounceLmtpHost);
    await once(server.server, 'listening');
    this.#server = server;
  }

  /** What is being taken ends; idle connections are told to come again. */
  async onModuleDestroy(): Promise<void> {
    this.#isStopping = true;
    const server = this.#server;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
  }

  async #newServer(): Promise<SMTPServer> {
    const { SMTPServer } = await import('smtp-server');
    const server = new SMTPServer({
      lmtp: true,
      logger: false,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: LARGEST,
      maxClients: MOST_CONNECTIONS,
      socketTimeout: LONGEST_IDLE_MS,
      closeTimeout: STOP_WITHIN_MS,
      onMailFrom: (_address, _session, answer) =>
        answer(this.#isStopping ? refusal(421, '4.3.2 Shutting down') : undefined),
      onRcptTo: ({ address }, session, answer) =>
        void this.#admit(address, session).then(() => answer(), answer),
      onData: (stream, session, answer) =>
        void this.#receive(stream, session).then((answers) => answer(null, answers), answer),
    });
    server.server.on('connection', (socket) => {
      const end = setTimeout(() => socket.destroy(), LONGEST_CONNECTION_MS).unref();
      socket.once('close', () => clearTimeout(end));
    });
    return server;
  }

  async #admit(address: string, { envelope }: SMTPServerSession): Promise<void> {
    if (envelope.rcptTo.length >= MOST_RECIPIENTS) throw refusal(452, '4.5.3 Too many recipients');
    const isOurs = await this.#orLater(() => this.bounces.isReturnPath(address));
    if (!isOurs) throw refusal(550, '5.1.1 No such return path');
  }

  /** @returns an answer for each recipient, as the library wants them but does not say */
  async #receive(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<string> {
    const raw = await beginningOf(stream as AsyncIterable<Buffer>);
    if (stream.sizeExceeded) throw refusal(552, '5.3.4 Message too big');
    const sender = envelope.mailFrom ? envelope.mailFrom.address : '';
    const answers: (string | Error)[] = [];
    for (const { address } of envelope.rcptTo)
      answers.push(
        await this.#orLater(() => this.bounces.take(address, raw, sender)).then(
          () => '2.0.0 Taken',
          (error: Error) => error,
        ),
      );
    return answers as unknown as string;
  }

  async #orLater<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await inUnitOfWork(work);
    } catch (error) {
      this.#log.warn(`a bounce is put off: ${(error as Error).message}`);
      throw refusal(451, '4.3.0 Try again later');
    }
  }
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
