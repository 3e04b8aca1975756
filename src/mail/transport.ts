import type { EntityManager } from '@mikro-orm/postgresql';
import type { MailerOptions } from '@nestjs-modules/mailer';
import type { Config } from '../config.js';
import { MailboxTransport } from './mailbox-transport.js';

const SECONDS = 1000;

/** The mail server, or, in the embedded demo without one, the built-in mailbox. */
export function transport(config: Config, em: EntityManager): MailerOptions {
  if (config.smtpUrl === undefined) return { transport: new MailboxTransport(em) as never };
  const url = new URL(config.smtpUrl);
  return {
    transport: {
      host: url.hostname,
      port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
      secure: url.protocol === 'smtps:',
      ...(url.username && {
        auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
      }),
      connectionTimeout: 5 * SECONDS,
      greetingTimeout: 5 * SECONDS,
      socketTimeout: 15 * SECONDS,
    },
  };
}
