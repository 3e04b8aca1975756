import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'public';
export const IGNORES_SESSION = 'ignores-session';
export const ADMINISTRATORS_ONLY = 'administrators-only';
export const OPEN_TO_NEWCOMERS = 'open-to-newcomers';
export const FRESH_PASSWORD = 'fresh-password';
export const REACHABLE_FROM_ANYWHERE = 'reachable-from-anywhere';
export const IP_PAGES = 'ip-pages';
export const SETS_UP_FACTOR = 'sets-up-factor';
export const REPLACES_LOST_FACTOR = 'replaces-lost-factor';
export const DESK = 'desk';
export const FRESH_DESK_FACTOR = 'fresh-desk-factor';

/** Reachable without signing in; every other page asks for it. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Public, and not even a session is looked up: strangers may ask as often as they like. */
export const IgnoresSession = () => SetMetadata(IGNORES_SESSION, true);

/** Of the people who are signed in, only administrators; staff get 403. */
export const AdministratorsOnly = () => SetMetadata(ADMINISTRATORS_ONLY, true);

/**
 * Of the pages for administrators, one that a newcomer may use who is not approved yet: all others
 * are closed.
 * @param acts the values of the form's field `act` that are open; absent: the whole page is
 */
export const OpenToNewcomers = (...acts: string[]) => SetMetadata(OPEN_TO_NEWCOMERS, acts);

/**
 * Its POSTs ask for the password or the second factor again, when both were given more than five
 * minutes ago.
 * @param answer what a POST that went on answers with; a file leaves the page that asked in place
 */
export const FreshPassword = (answer: 'page' | 'file' = 'page') =>
  SetMetadata(FRESH_PASSWORD, answer);

/** The same for changes of the second factor: where there is one, it alone is asked for. */
export const FreshFactor = () => SetMetadata(FRESH_PASSWORD, 'factor');

/** Reachable for signed-in people from every address, also from those that the IP list refuses. */
export const ReachableFromAnywhere = () => SetMetadata(REACHABLE_FROM_ANYWHERE, true);

/** A page of the IP restriction: a session that an emergency ticket opened reaches these alone. */
export const IpPages = () => SetMetadata(IP_PAGES, true);

/** Part of the set-up of a second factor: open to people who have to do that before anything else. */
export const SetsUpFactor = () => SetMetadata(SETS_UP_FACTOR, true);

/**
 * At the end of the removal of a lost factor it asks for nothing more: mailbox, password and the time
 * that passed stand for the factor.
 */
export const ReplacesLostFactor = () => SetMetadata(REPLACES_LOST_FACTOR, true);

/** Who may see a page of the desk: everybody who reaches it from `DESK_NETWORKS`, or people of the desk. */
export type DeskAccess = 'anybody' | 'clerk' | 'lead';

/**
 * A page of the desk, below `/desk`: for its people, who are signed in there, and no customer.
 * @param least the role that it takes at least
 */
export const DeskPage = (least: Exclude<DeskAccess, 'anybody'> = 'clerk') =>
  SetMetadata(DESK, least satisfies DeskAccess);

/** A page of the desk that nobody is signed in for. */
export const DeskEntrance = () => SetMetadata(DESK, 'anybody' satisfies DeskAccess);

/** Of the desk's pages, one that opens only after the second factor was given within five minutes. */
export const FreshDeskFactor = () => SetMetadata(FRESH_DESK_FACTOR, true);
