import type { Config } from '../../config.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('proxy');

/** The addresses of clients can be believed only behind a trusted proxy. */
export function proxyFindings({ embedded, publicUrl, trustProxy }: Config): Finding[] {
  if (trustProxy.some((network) => /\/0+$/.test(network)))
    return [
      fail(
        "TRUST_PROXY trusts every address, so clients can choose theirs. Name the proxy's network.",
      ),
    ];
  if (trustProxy.length > 0)
    return [
      ok(`${publicUrl} behind ${trustProxy.join(', ')}, which may name the client's address.`),
    ];
  if (embedded) return [ok(`${publicUrl} without a proxy.`)];
  return [
    warn(
      `${publicUrl} needs a proxy for TLS, but TRUST_PROXY is not given: all clients seem to come ` +
        "from its address and share its limits. Set TRUST_PROXY to the proxy's network.",
    ),
  ];
}
