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

export const mailbox: Reader<string> = (value) => {
  if (!/^(?:[^<>@\r\n]+<[^<>@\s,]+@[^<>@\s,]+>|[^<>@\s,]+@[^<>@\s,]+)$/.test(value))
    throw new Error('must be a mail address, optionally with a name: Desk <desk@example.jp>');
  return value;
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
