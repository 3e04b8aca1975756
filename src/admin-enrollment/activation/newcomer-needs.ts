import type { WaitingNewcomer } from './activation-mails.js';

/**
 * The page asks for a login ID where the wanted one was taken, for a password where none is, and for
 * a code of the second factor that it offers where the company asks one of its administrators.
 */
export interface NewcomerNeeds {
  loginId: boolean;
  password: boolean;
  factor: boolean;
}

/** What of a newcomer is known and asked behind the link. */
export type Newcomer = Pick<WaitingNewcomer, 'account'> & { needs: NewcomerNeeds };
