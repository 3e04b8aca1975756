import type { Config } from '../../config.js';
import { finder, type Finding } from './finding.js';

const { ok, warn } = finder('public URL');
const PATIENCE_MS = 5_000;

/**
 * The links in mails lead there. It may be right and yet out of reach from this machine, so this
 * warns only.
 */
export async function publicUrlFinding({ embedded, publicUrl }: Config): Promise<Finding> {
  if (embedded) return ok(`${publicUrl} is this machine.`);
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { status, headers } = await fetch(`${publicUrl}/login`, { signal, redirect: 'manual' });
    if (status === 200 && headers.has('x-request-id')) return ok(`${publicUrl} answers.`);
    return warn(`${publicUrl}/login answers ${status}, and not as Genkan does. Check the proxy.`);
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    return warn(
      `${publicUrl} cannot be reached from here (${cause?.code ?? message}). Links in mails lead ` +
        'there: check PUBLIC_URL, its name and certificate, and the proxy.',
    );
  }
}
