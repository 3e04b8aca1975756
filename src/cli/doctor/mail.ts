import { createTransport } from 'nodemailer';
import { Pool } from 'pg';
import type { Config } from '../../config.js';
import { transport } from '../../mail/transport.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('mail');
const LATE = 15;

interface Deliveries {
  waiting: number;
  /** Minutes. */
  oldest: number;
  bounced: number;
}

/** Whether the mail server greets us, and takes our name and password where it asks for them. */
export async function serverFinding(config: Config): Promise<Finding> {
  if (config.smtpUrl === undefined) return ok('mails stay in the built-in mailbox.');
  const { host } = new URL(config.smtpUrl);
  const mailer = createTransport(transport(config, undefined!).transport as object);
  try {
    await mailer.verify();
    return ok(`${host} greets. "genkan mail test ADDRESS" sends a mail.`);
  } catch (error) {
    return fail(
      `${host} does not take mail: ${(error as Error).message}. Check SMTP_URL and the firewall; ` +
        'mails wait meanwhile, for up to 48 hours.',
    );
  } finally {
    mailer.close();
  }
}

/** Which mails still wait, and which ones mail servers refused within the last week. */
export async function deliveriesFindings(pool: Pool): Promise<Finding[]> {
  const found = await pool.query<Deliveries>(
    `select count(*) filter (where state in ('queued', 'deferred'))::int as waiting,
            coalesce(max(extract(epoch from genkan_now() - created_at) / 60)
              filter (where state in ('queued', 'deferred')), 0)::int as oldest,
            count(*) filter (where state = 'bounced'
              and finished_at > genkan_now() - interval '7 days')::int as bounced
     from mail_deliveries`,
  );
  const { waiting, oldest, bounced } = found.rows[0]!;
  const told =
    waiting === 0 ? 'no mail waits.' : `${waiting} mails wait, the oldest for ${oldest} min.`;
  return [
    oldest < LATE ? ok(told) : warn(`${told} When the server works: "genkan mail retry".`),
    bounced === 0
      ? ok('no mail was refused in the last 7 days.')
      : warn(`${bounced} mails were refused in the last 7 days. mail_deliveries has the answers.`),
  ];
}
