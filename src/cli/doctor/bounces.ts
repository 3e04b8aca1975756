import { once } from 'node:events';
import { connect } from 'node:net';
import { Resolver } from 'node:dns/promises';
import type { Config } from '../../config.js';
import { SECOND_MS } from '../../durations.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('bounces');
const PATIENCE_MS = 3 * SECOND_MS;

/** Whether mails that come back find the way here. */
export async function bouncesFindings(config: Config): Promise<Finding[]> {
  const { bounceDomain: domain, bounceLmtpPort: port, smtpUrl } = config;
  if (smtpUrl === undefined) return [];
  if (domain === undefined)
    return [warn('BOUNCE_DOMAIN がないため、受け付けられたあとに戻ってきたメールは分かりません。')];
  return [await routeFinding(domain), ...(port ? [await portFinding(config, port)] : [])];
}

async function routeFinding(domain: string): Promise<Finding> {
  try {
    const routes = await new Resolver({ timeout: PATIENCE_MS, tries: 1 }).resolveMx(domain);
    const hosts = routes.map(({ exchange }) => exchange).join(', ');
    return ok('{domain} へのメールは {hosts} に届きます。', { domain, hosts });
  } catch (error) {
    const { message } = error as Error;
    return warn(
      '{domain} のMXレコードを確認できません（{message}）。なければ、戻ってきたメールはどこにも届きません。',
      { domain, message },
    );
  }
}

/** A running instance listens there, and greets. */
async function portFinding({ bounceLmtpHost: host }: Config, port: number): Promise<Finding> {
  const socket = connect({ host, port });
  const values = { host, port };
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const [greeting] = (await once(socket, 'data', { signal })) as [Buffer];
    if (greeting.toString('latin1').startsWith('220 ')) {
      return ok('LMTPは {host}:{port} で応答しています。', values);
    }
    return fail('{host}:{port} で応答しているのは、LMTPではありません。', values);
  } catch (error) {
    const { message } = error as Error;
    return fail('LMTPが {host}:{port} で応答しません：{message}。', { ...values, message });
  } finally {
    socket.destroy();
  }
}
