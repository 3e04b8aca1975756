import { createPrivateKey, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './durations.js';

/** One environment variable: how its text becomes a value. A refusal is thrown as a sentence. */
export type Reader<T> = (text: string) => T;

export const text: Reader<string> = (value) => value;

export const folder: Reader<string> = (value) => resolve(value);

export function wholeNumber(least: number, most: number): Reader<number> {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < least || number > most)
      throw new Error(`must be a whole number from ${least} to ${most}`);
    return number;
  };
}

export function seconds(least: number, most: number): Reader<number> {
  return (value) => SECOND_MS * wholeNumber(least, most)(value);
}

export function minutes(least: number, most: number): Reader<number> {
  return (value) => MINUTE_MS * wholeNumber(least, most)(value);
}

export function hours(least: number, most: number): Reader<number> {
  return (value) => HOUR_MS * wholeNumber(least, most)(value);
}

export const yesOrNo: Reader<boolean> = (value) => oneOf('true', 'false')(value) === 'true';

export function oneOf<T extends string>(...choices: T[]): Reader<T> {
  return (value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new Error(`must be one of ${choices.join(', ')}`);
    return choice;
  };
}

/** An address without path, e.g. `https://front.example.jp`; returned without a trailing slash. */
export const origin: Reader<string> = (value) => {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash)
    throw new Error('must be an http(s) address without a path, e.g. https://front.example.jp');
  return url.origin;
};

export function urlWith(...protocols: string[]): Reader<string> {
  return (value) => {
    const url = URL.parse(value);
    if (!url || !protocols.includes(url.protocol.slice(0, -1)))
      throw new Error(`must be an address that begins with ${protocols.join(':// or ')}://`);
    return value;
  };
}

/** Whether the address is one of this machine, which no network lies before. */
export function isHere(url: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

export const mailbox: Reader<string> = (value) => {
  if (!/^(?:[^<>@\r\n]+<[^<>@\s,]+@[^<>@\s,]+>|[^<>@\s,]+@[^<>@\s,]+)$/.test(value))
    throw new Error('must be a mail address, optionally with a name: Desk <desk@example.jp>');
  return value;
};

const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);

export const domain: Reader<string> = (value) => {
  const name = value.toLowerCase();
  if (name.length > 200 || !DOMAIN.test(name))
    throw new Error('must be a domain name, e.g. bounce.example.jp');
  return name;
};

/** The name before `._domainkey`. */
export const selector: Reader<string> = (value) => {
  if (!/^[A-Za-z\d](?:[\w.-]{0,60}[A-Za-z\d])?$/.test(value))
    throw new Error('must be letters, digits and - only, e.g. genkan1');
  return value;
};

const SHORTEST_RSA = 1024;

/** An RSA key as `openssl genrsa 2048` writes it. */
export const signingKey: Reader<KeyObject> = (value) => {
  let key: KeyObject;
  try {
    key = createPrivateKey(value);
  } catch {
    throw new Error('must be a private key in PEM without a passphrase: openssl genrsa 2048');
  }
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== 'rsa' || modulusLength < SHORTEST_RSA)
    throw new Error('must be an RSA key of 2048 bits (at least 1024): openssl genrsa 2048');
  return key;
};

/** Proxies as `10.0.0.0/8, 192.0.2.1`; a lone address is its own network. */
export const networks: Reader<string[]> = (value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [address = '', bits] = part.split('/');
      const longest = isIP(address) === 4 ? 32 : 128;
      const valid = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
      if (isIP(address) === 0 || !valid) throw new Error(`holds "${part}", which is no network`);
      return bits === undefined ? `${address}/${longest}` : part;
    });

/** The bytes of a secret that was typed or generated; at least 32 of them. */
export const secret: Reader<Buffer> = (value) => {
  const bytes = Buffer.from(value.trim(), 'utf8');
  if (bytes.length < 32) throw new Error('must have at least 32 bytes');
  return bytes;
};
