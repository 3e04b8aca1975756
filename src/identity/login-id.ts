import { randomUUID } from 'node:crypto';
import { cleanCode, cleanDashes } from '../web/forms/fields.js';
import { withNormalDomain } from '../web/forms/mail-address.js';

/**
 * Two login IDs are the same one when only case or width differs. Other dashes, and the long mark of a
 * Japanese keyboard, are in none (`NEW_LOGIN_ID`): they are typed for `-`.
 */
export function loginIdKey(loginId: string): string {
  return cleanDashes(loginId).toLowerCase();
}

/** What people may choose as their login ID, at the desk too. */
export const NEW_LOGIN_ID = /^[a-z\d._@-]{4,64}$/i;

/** Mail addresses are compared without regard to case; mail goes to the address as it was given. */
export function emailKey(email: string): string {
  return withNormalDomain(cleanCode(email)).toLowerCase();
}

/** The mailbox as limits count it: `taro+1@` and `taro+2@` are both delivered to `taro@`. */
export function withoutTag(email: string): string {
  return emailKey(email).replace(/^([^+@]+)\+[^@]*@/, '$1@');
}

/** No login ID that people can choose has this in it. */
const OPEN = '?';

/** A login ID to begin with, where the wanted one is somebody else's: its owner chooses another one. */
export function openLoginId(): string {
  return `${OPEN}${randomUUID()}`;
}

export function isOpenLoginId(loginId: string): boolean {
  return loginId.startsWith(OPEN);
}
