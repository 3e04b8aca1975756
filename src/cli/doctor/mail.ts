import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import type { Config } from '../../config.js';
import { sqlBefore } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { WAITING_MAIL } from '../../mail/mail-delivery.entity.js';
import { transport } from '../../mail/transport.js';
import { say } from '../../web/sentence.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('mail');
const LATE_MINUTES = 15;

/** The mail server must greet, and take our name and password where it asks for them. */
export async function serverFinding(config: Config): Promise<Finding> {
  if (config.smtpUrl === undefined) return ok(say('メールは内蔵のメールボックスに残ります。'));
  const { host } = new URL(config.smtpUrl);
  const mailer = createTransport(transport(config, undefined!).transport as object);
  try {
    await mailer.verify();
    return ok(
      say('{host} が応答しています。「genkan mail test ADDRESS」でメールを送れます。', { host }),
    );
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    const values = { host, message };
    return fail(
      code === 'EAUTH'
        ? say(
            '{host} がメールを受け付けません：{message}。名前かパスワードが拒否されました。SMTP_URL を直してください。メールは48時間まで待ちます。',
            values,
          )
        : say(
            '{host} がメールを受け付けません：{message}。SMTP_URL とファイアウォールを確認してください。メールは48時間まで待ちます。',
            values,
          ),
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
  return [
    waitingFinding(waiting, minutes),
    bounced === 0
      ? ok(say('直近7日間に拒否されたメールはありません。'))
      : warn(
          say(
            '直近7日間に{bounced}通のメールが拒否されました。mail_deliveries に返答があります。',
            { bounced },
          ),
        ),
  ];
}

function waitingFinding(waiting: number, minutes: number): Finding {
  const values = { waiting, minutes };
  if (waiting === 0) return ok(say('待っているメールはありません。'));
  return minutes < LATE_MINUTES
    ? ok(say('{waiting}通のメールが待っています。最も古いものは{minutes}分前のものです。', values))
    : warn(
        say(
          '{waiting}通のメールが待っています。最も古いものは{minutes}分前のものです。メールサーバーが直ったら「genkan mail retry」を実行してください。',
          values,
        ),
      );
}
