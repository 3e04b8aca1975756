import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Member } from './people.js';

/** What a page asks a browser to prove. */
export interface Question {
  challenge: string;
  rpId: string;
}

type Options = Question & { rp?: { id: string } };

/** What the key signs; a browser would let nobody choose it. */
export interface Signed extends Question {
  origin: string;
  counter: number;
  type?: string;
}

const digestOf = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest();

/** A passkey whose private key is here, so that it signs what no browser would. */
export class SoftwareKey {
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #id = randomBytes(16).toString('base64url');

  /** One of this account that counted up to 40. */
  async isOf({ pool }: RunningApp, { id }: Member): Promise<void> {
    await pool.query(
      `insert into passkeys (account_id, credential_id, public_key, counter, transports, name)
       values ($1, $2, $3, 40, '{}', '鍵')`,
      [id, this.#id, this.#coseKey()],
    );
  }

  /** As the form of the page posts it. */
  answer({ challenge, rpId, origin, counter, type = 'webauthn.get' }: Signed): string {
    const clientData = Buffer.from(JSON.stringify({ type, challenge, origin }));
    const tail = Buffer.alloc(5);
    // A person was there, and was verified.
    tail.writeUInt8(5);
    tail.writeUInt32BE(counter, 1);
    const authenticatorData = Buffer.concat([digestOf(rpId), tail]);
    const told = Buffer.concat([authenticatorData, digestOf(clientData)]);
    const [id, signature] = [this.#id, sign('sha256', told, this.#pair.privateKey)];
    const response = {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature.toString('base64url'),
    };
    return JSON.stringify({
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response,
    });
  }

  /** The key itself, as the form that makes one posts it; without an attestation. */
  made({ challenge, rpId, origin, counter, type = 'webauthn.create' }: Signed): string {
    const clientData = Buffer.from(JSON.stringify({ type, challenge, origin }));
    const id = Buffer.from(this.#id, 'base64url');
    const head = Buffer.alloc(5);
    // The same, and a key comes with it.
    head.writeUInt8(0x45);
    head.writeUInt32BE(counter, 1);
    const maker = Buffer.alloc(16);
    const length = Buffer.from([0, id.length]);
    const told = Buffer.concat([digestOf(rpId), head, maker, length, id, this.#coseKey()]);
    const cbor = Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex');
    const attestationObject = Buffer.concat([cbor, Buffer.from([told.length]), told]);
    const response = {
      clientDataJSON: clientData.toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    };
    return JSON.stringify({
      id: this.#id,
      rawId: this.#id,
      type: 'public-key',
      clientExtensionResults: {},
      response,
    });
  }

  /** RFC 9053: an elliptic key for ES256. */
  #coseKey(): Buffer {
    const { x, y } = this.#pair.publicKey.export({ format: 'jwk' });
    const [first, second] = [x, y].map((part) => Buffer.from(part!, 'base64url'));
    const hex = `a5010203262001215820${first!.toString('hex')}225820${second!.toString('hex')}`;
    return Buffer.from(hex, 'hex');
  }
}

/** On the page in front of this person, for scripts alone. */
export function questionTo({ page }: Visitor): Question {
  const [, options = ''] = /data-options="([^"]+)"/.exec(page.html)!;
  const { challenge, rpId, rp } = JSON.parse(options.replaceAll('&quot;', '"')) as Options;
  return { challenge, rpId: rp?.id ?? rpId };
}
