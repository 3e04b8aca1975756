import { cleanCode } from '../web/fields.js';

/** Two login IDs are the same one when only case or width differs. */
export function loginIdKey(loginId: string): string {
  return cleanCode(loginId).toLowerCase();
}

/** Mail addresses are compared without regard to case; mail goes to the address as it was given. */
export function emailKey(email: string): string {
  return cleanCode(email).toLowerCase();
}

/** A mail address as it is kept: its domain is the same one in any case, its local part is not. */
export function storedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return email.slice(0, at) + email.slice(at).toLowerCase();
}
