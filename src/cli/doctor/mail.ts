import { createTransport } from 'nodemailer';
import { isHere } from '../../config-values.js';
import type { Config } from '../../config.js';
import { transport } from '../../mail/transport.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('mail');

/** The mail server must greet, and take our name and password where it asks for them. */
export async function serverFinding(config: Config): Promise<Finding> {
  if (config.smtpUrl === undefined) return ok('メールは内蔵のメールボックスに残ります。');
  const { host } = new URL(config.smtpUrl);
  const mailer = createTransport(transport(config, undefined!).transport as object);
  try {
    await mailer.verify();
    if (config.smtpTls === 'offered' && !isHere(config.smtpUrl))
      return warn(
        '{host} が応答しています。暗号化されない接続でもメールを渡します。専用のネットワークの中でなければ、SMTP_TLS=required にしてください。',
        { host },
      );
    return ok('{host} が応答しています。「genkan mail test ADDRESS」でメールを送れます。', {
      host,
    });
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    const values = { host, message };
    if (code === 'ETLS')
      return fail(
        '{host} が暗号化（STARTTLS）に応じないため、メールを渡しません：{message}。メールサーバーの設定を確認してください。専用のネットワークの中なら、SMTP_TLS=offered で渡せます。メールは48時間まで待ちます。',
        values,
      );
    return code === 'EAUTH'
      ? fail(
          '{host} がメールを受け付けません：{message}。名前かパスワードが拒否されました。SMTP_URL を直してください。メールは48時間まで待ちます。',
          values,
        )
      : fail(
          '{host} がメールを受け付けません：{message}。SMTP_URL とファイアウォールを確認してください。メールは48時間まで待ちます。',
          values,
        );
  } finally {
    mailer.close();
  }
}
