import type { Config } from '../../config.js';
import { finder, type Finding } from './finding.js';

const { ok, warn } = finder('public URL');
const PATIENCE_MS = 5_000;

/**
 * The links in mails lead there. It may be right and yet out of reach from this machine, so this
 * warns only.
 */
export async function publicUrlFinding({ embedded, publicUrl }: Config): Promise<Finding> {
  if (embedded) return ok('{publicUrl} はこのマシンです。', { publicUrl });
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { status, headers } = await fetch(`${publicUrl}/login`, { signal, redirect: 'manual' });
    if (status === 200 && headers.has('x-request-id'))
      return ok('{publicUrl} が応答しています。', { publicUrl });
    return warn(
      '{publicUrl}/login の応答（{status}）はGenkanのものではありません。プロキシを確認してください。',
      { publicUrl, status },
    );
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    return warn(
      'ここから {publicUrl} に接続できません（{cause}）。メールのURLの行き先です。PUBLIC_URL、その名前と証明書、プロキシを確認してください。',
      { publicUrl, cause: cause?.code ?? message },
    );
  }
}
