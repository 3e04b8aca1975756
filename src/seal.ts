import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** A key of 32 bytes for one purpose. */
export function derived(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, 'genkan', purpose, 32));
}

/** Names a key without telling anything of it. */
export function fingerprintOf(key: Buffer): string {
  return derived(key, 'fingerprint').toString('hex').slice(0, 16);
}

/** Encrypts values that must not lie open in the database: nonce, tag and ciphertext in one piece. */
export class Seal {
  readonly #key: KeyObject;
  readonly #former: KeyObject | undefined;

  /** @param keys 32 bytes each, from `Config.keysFor`: the first one seals, all of them open */
  constructor(keys: Buffer[]) {
    const [key, former] = keys.map((bytes) => createSecretKey(bytes));
    this.#key = key!;
    this.#former = former;
  }

  seal(value: object): Buffer {
    return this.sealBytes(Buffer.from(JSON.stringify(value)));
  }

  sealBytes(bytes: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce);
    const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  }

  /** @throws when the bytes were sealed with none of the keys, or altered since */
  open<T>(sealed: Buffer): T {
    return JSON.parse(this.openBytes(sealed).toString('utf8')) as T;
  }

  /** @throws as `open` */
  openBytes(sealed: Buffer): Buffer {
    const former = this.#former;
    if (!former) return openWith(this.#key, sealed);
    try {
      return openWith(this.#key, sealed);
    } catch {
      return openWith(former, sealed);
    }
  }
}

/** Undefined for what a key sealed that is not known any more. */
export function openIfPossible<T>(seal: Seal, sealed: Uint8Array): T | undefined {
  try {
    return seal.open<T>(Buffer.from(sealed));
  } catch {
    return undefined;
  }
}

function openWith(key: KeyObject, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE));
  decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
}
