import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** Encrypts values that must not lie open in the database: nonce, tag and ciphertext in one piece. */
export class Seal {
  /** @param key 32 bytes, from `Config.keyFor` */
  constructor(private readonly key: Buffer) {}

  seal(value: object): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce);
    const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  }

  /** @throws when the bytes were not sealed with this key, or altered since */
  open<T>(sealed: Buffer): T {
    const decipher = createDecipheriv(ALGORITHM, this.key, sealed.subarray(0, NONCE));
    decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
    const text = Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as T;
  }
}
