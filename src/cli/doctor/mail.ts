import { createTransport } from 'nodemailer';
import type { Config } from '../../config.js';
import { transport } from '../../mail/transport.js';
import { say } from '../../web/sentence.js';
import { finder, type Finding } from './finding.js';

const { ok, fail } = finder('mail');

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
