import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';

/** Together with the id the whole stays below the 64 characters of a local part. */
const MAC_BYTES = 10;
const MAC = MAC_BYTES * 2;
const LOCAL_PART = new RegExp(`^bounce\\+([\\da-f]{32})\\.([\\da-f]{${MAC}})$`);

/** The delivery that a return path names, and what proves that it was ours for one address. */
export interface ReturnPath {
  deliveryId: string;
  mac: string;
}

/**
 * The envelope's sender of each mail, `bounce+<delivery>.<mac>@BOUNCE_DOMAIN`. The mac covers the
 * delivery and the address that it goes to, so knowing one return path says nothing of another.
 */
@Injectable()
export class ReturnPaths {
  readonly #domain: string | undefined;
  readonly #keys: Buffer[];

  constructor(config: Config) {
    this.#domain = config.bounceDomain;
    this.#keys = config.keysFor('bounce');
  }

  /** @returns undefined without `BOUNCE_DOMAIN`: the sender of the mail is asked then */
  of(deliveryId: string, recipient: string): string | undefined {
    if (this.#domain === undefined) return undefined;
    const mac = macOf(this.#keys[0]!, deliveryId, recipient).toString('hex');
    return `bounce+${deliveryId.replaceAll('-', '')}.${mac}@${this.#domain}`;
  }

  /** Some servers write the local part in capitals. */
  read(address: string): ReturnPath | undefined {
    const at = address.lastIndexOf('@');
    if (this.#domain === undefined || address.slice(at + 1).toLowerCase() !== this.#domain)
      return undefined;
    const [, id, mac] = LOCAL_PART.exec(address.slice(0, at).toLowerCase()) ?? [];
    return id && mac ? { deliveryId: withDashes(id), mac } : undefined;
  }

  /** Also with the former key, while that is given. */
  isFor({ deliveryId, mac }: ReturnPath, recipient: string): boolean {
    const given = Buffer.from(mac, 'hex');
    const own = this.#keys.map((key) => macOf(key, deliveryId, recipient));
    return own.some((one) => timingSafeEqual(one, given));
  }
}

function macOf(key: Buffer, deliveryId: string, recipient: string): Buffer {
  const digest = createHmac('sha256', key).update(`${deliveryId}\n${recipient}`).digest();
  return digest.subarray(0, MAC_BYTES);
}

function withDashes(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
