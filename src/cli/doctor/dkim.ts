import { createPublicKey, type KeyObject } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import type { Config } from '../../config.js';
import { SECOND_MS } from '../../durations.js';
import { finder, findingsOf, type Finding } from './finding.js';

const { ok, warn, fail } = finder('DKIM');
const PATIENCE_MS = 3 * SECOND_MS;
const LONG_ENOUGH = 2_048;

/** The key, and whether the domain publishes its other half. Nothing without `DKIM_DOMAIN`. */
export async function dkimFindings(config: Config): Promise<Finding[]> {
  const { dkimDomain: domain, dkimSelector: selector, dkimKey: key, mailDomain: sender } = config;
  if (!domain || !selector || !key) return [];
  const { modulusLength: bits = 0 } = key.asymmetricKeyDetails ?? {};
  const isAligned = sender === domain || sender.endsWith(`.${domain}`);
  return findingsOf(
    bits < LONG_ENOUGH
      ? warn('鍵が{bits}ビットです。「openssl genrsa 2048」で作り直してください。', { bits })
      : ok('鍵は{bits}ビットです。', { bits }),
    !isAligned &&
      warn(
        '{domain} の署名は、MAIL_FROM のドメイン（{sender}）と一致しないため、DMARCでは認められません。',
        { domain, sender },
      ),
    await recordFinding(`${selector}._domainkey.${domain}`, key),
  );
}

async function recordFinding(name: string, key: KeyObject): Promise<Finding> {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const record = `v=DKIM1; k=rsa; p=${der.toString('base64')}`;
  try {
    const found = await new Resolver({ timeout: PATIENCE_MS, tries: 1 }).resolveTxt(name);
    const isOwn = found.some((parts) => publicKeyIn(parts.join('')) === publicKeyIn(record));
    return isOwn
      ? ok('{name} に公開鍵があります。', { name })
      : fail('{name} の公開鍵は、この鍵のものではありません。TXTレコード：{record}', {
          name,
          record,
        });
  } catch (error) {
    const { message } = error as Error;
    return warn('{name} を確認できません（{message}）。TXTレコード：{record}', {
      name,
      message,
      record,
    });
  }
}

function publicKeyIn(record: string): string | undefined {
  return /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replace(/\s/g, '');
}
