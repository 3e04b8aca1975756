import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import type { Config } from '../../config.js';
import { sqlBefore } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { WAITING_MAIL } from '../../mail/mail-delivery.entity.js';
import { transport } from '../../mail/transport.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('mail');
const LATE_MINUTES = 15;

/** The mail server must greet, and take our name and password where it asks for them. */
export async function serverFinding(config: Config): Promise<Finding> {
  if (config.smtpUrl === undefined) return ok('mails stay in the built-in mailbox.');
  const { host } = new URL(config.smtpUrl);
  const mailer = createTransport(transport(config, undefined!).transport as object);
  try {
    await mailer.verify();
    return ok(`${host} greets. "genkan mail test ADDRESS" sends a mail.`);
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    const check =
      code === 'EAUTH'
        ? 'It refuses our name or password: correct them in SMTP_URL'
        : 'Check SMTP_URL and the firewall';
    return fail(
      `${host} does not take mail: ${message}. ${check}; mails wait meanwhile, for up to 48 hours.`,
    );
  } finally {
    mailer.close();
  }
}

/** The mails that still wait, and those that mail servers refused within the last week. */
export async function deliveriesFindings(em: EntityManager): Promise<Finding[]> {
  const { waiting, minutes, bounced } = await tables(em)
    .selectFrom('mail_deliveries')
    .select(({ cast, fn }) => [
      cast<number>(fn.countAll().filterWhere('state', 'in', WAITING_MAIL), 'integer').as('waiting'),
      cast<number>(
        fn
          .countAll()
          .filterWhere('state', '=', 'bounced')
          .filterWhere('finished_at', '>', sqlBefore({ days: 7 })),
        'integer',
      ).as('bounced'),
      sql<number>`coalesce(extract(epoch from genkan_now() - ${fn
        .min('created_at')
        .filterWhere('state', 'in', WAITING_MAIL)}) / 60, 0)::integer`.as('minutes'),
    ])
    .executeTakeFirstOrThrow();
  const told =
    waiting === 0 ? 'no mail waits.' : `${waiting} mails wait, the oldest for ${minutes} min.`;
  return [
    minutes < LATE_MINUTES ? ok(told) : warn(`${told} When the server works: "genkan mail retry".`),
    bounced === 0
      ? ok('no mail was refused in the last 7 days.')
      : warn(`${bounced} mails were refused in the last 7 days. mail_deliveries has the answers.`),
  ];
}
