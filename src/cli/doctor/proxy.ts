import type { Config } from '../../config.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('proxy');

/** The addresses of clients can be believed only behind a trusted proxy. */
export function proxyFindings({ embedded, publicUrl, trustProxy }: Config): Finding[] {
  if (trustProxy.some((network) => /\/0+$/.test(network)))
    return [
      fail(
        'TRUST_PROXY がすべてのアドレスを信頼しているため、接続元を偽れます。プロキシのネットワークを指定してください。',
      ),
    ];
  if (trustProxy.length > 0)
    return [
      ok('{publicUrl} は、接続元を伝える {proxies} の後ろにあります。', {
        publicUrl,
        proxies: trustProxy.join(', '),
      }),
    ];
  if (embedded) return [ok('{publicUrl} はプロキシなしです。', { publicUrl })];
  return [
    warn(
      '{publicUrl} にはTLSのためのプロキシが必要ですが、TRUST_PROXY がありません。すべての接続がプロキシから来たように見え、同じ制限を共有します。TRUST_PROXY にプロキシのネットワークを指定してください。',
      { publicUrl },
    ),
  ];
}
