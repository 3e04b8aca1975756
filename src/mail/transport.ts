import type { EntityManager } from '@mikro-orm/postgresql';
import type { MailerOptions } from '@nestjs-modules/mailer';
import type { Config } from '../config.js';
import { SECOND_MS } from '../durations.js';
import { MailboxTransport } from './mailbox-transport.js';

/** The mail server, or, in the embedded demo without one, the built-in mailbox. */
export function transport(config: Config, em: EntityManager): MailerOptions {
  if (config.smtpUrl === undefined) return { transport: new MailboxTransport(em) as never };
  const url = new URL(config.smtpUrl);
  return {
    transport: {
      host: url.hostname,
      port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
      secure: url.protocol === 'smtps:',
      // Whoever stands on the way could take the offer out of the server's greeting.
      requireTLS: config.smtpTls === 'required',
      ...(url.username && {
        auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
      }),
      connectionTimeout: 5 * SECOND_MS,
      // Some servers let new clients wait for some seconds, because spammers do not.
      greetingTimeout: 10 * SECOND_MS,
      socketTimeout: 20 * SECOND_MS,
      pool: true,
      maxConnections: config.mailConcurrency,
      // Servers end idle connections; a mail that meets such an end is sent by another one.
      idleTimeout: 20 * SECOND_MS,
      maxRequeues: 1,
      ...signing(config),
    },
  };
}

/** DKIM, for relays that do not sign. */
function signing({ dkimDomain, dkimSelector, dkimKey }: Config): object {
  if (!dkimDomain || !dkimSelector || !dkimKey) return {};
  const privateKey = dkimKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { dkim: { domainName: dkimDomain, keySelector: dkimSelector, privateKey } };
}
