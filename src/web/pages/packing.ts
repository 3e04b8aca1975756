import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Request } from 'express';

export type Encoding = 'br' | 'gzip';

/** Clients name both with the same weight: the smaller one is ours to prefer. */
export function encodingFor(request: Request): Encoding | undefined {
  const encoding = request.acceptsEncodings('br') || request.acceptsEncodings('gzip');
  return encoding === 'br' || encoding === 'gzip' ? encoding : undefined;
}

/** For what is the same for everybody: the length of a packed page tells of the secrets in it. */
export function packed(encoding: Encoding, plain: Buffer): Buffer {
  return encoding === 'br' ? brotliCompressSync(plain) : gzipSync(plain);
}
