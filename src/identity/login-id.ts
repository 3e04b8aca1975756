import { cleanCode } from '../web/fields.js';

/** Two login IDs are the same one when only case or width differs. */
export function loginIdKey(loginId: string): string {
  return cleanCode(loginId).toLowerCase();
}

/** Mail addresses are compared without regard to case; mail goes to the address as it was given. */
export function emailKey(email: string): string {
  return cleanCode(email).toLowerCase();
}

/** The form in which a mail address is stored: only what stands before the @ is the mailbox's own. */
export function withLowerCaseDomain(email: string): string {
  const at = email.lastIndexOf('@');
  return email.slice(0, at) + email.slice(at).toLowerCase();
}
