import { applyDecorators, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { ClassConstructor } from 'class-transformer';

const PUBLIC = 'public';
const IGNORES_SESSION = 'ignores-session';
const ADMINISTRATORS_ONLY = 'administrators-only';
const OPEN_TO_NEWCOMERS = 'open-to-newcomers';
const FRESH_PASSWORD = 'fresh-password';
const FACTOR_FOR = 'factor-for';
const REACHABLE_FROM_ANYWHERE = 'reachable-from-anywhere';
const IP_PAGES = 'ip-pages';
const SETS_UP_FACTOR = 'sets-up-factor';
const REPLACES_LOST_FACTOR = 'replaces-lost-factor';
const DESK = 'desk';
const FRESH_DESK_FACTOR = 'fresh-desk-factor';
const DESK_FACTOR_FOR_PAGE = 'desk-factor-for-page';
const DESK_FORM = 'desk-form';

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
 * Its POSTs ask for the second factor again when it was given more than five minutes ago, or not at
 * all, as in a trusted browser. People without one are asked for the password in its place.
 * @param answer what a POST that went on answers with; a file leaves the page that asked in place
 */
export const FreshPassword = (answer: 'page' | 'file' = 'page') =>
  SetMetadata(FRESH_PASSWORD, answer);

/**
 * The same, and people who have a second factor give it for this one act, however fresh it is: an
 * unlocked computer for a minute is not enough.
 * @param but the value of the form's field `act` that is another act
 */
export const FactorFor = (name: string, but?: string) =>
  applyDecorators(FreshPassword(), SetMetadata(FACTOR_FOR, { name, but }));

/**
 * Who comes in, with which rights, mailbox and factor: one answer counts for all of it. A thief of a
 * session would make a colleague of his own, who takes the owner's factor off.
 */
export const FactorForPeople = () => FactorFor('people');

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
type DeskAccess = 'anybody' | 'clerk' | 'lead';

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

/**
 * At the desk what `FactorFor` is to customers: the factor is given for this one page, however fresh it
 * is.
 * @param but decisions (`:decision` of the path), or else values of the form's field `act`, that five
 * minutes are enough for
 */
export const DeskFactorForPage = (...but: string[]) =>
  applyDecorators(FreshDeskFactor(), SetMetadata(DESK_FACTOR_FOR_PAGE, but));

/** A request as a form is chosen by it. */
export interface SentForm {
  path: string;
  params: Readonly<Record<string, string | string[]>>;
  body: Readonly<Record<string, string>>;
}

/** The form that a POST sends; undefined where nothing is entered. */
type FormOf = (sent: SentForm) => ClassConstructor<object> | undefined;

/**
 * Of a POST that asks for a factor: what is wrong with this form is said first. Nothing is done with
 * such a form, whoever sends it.
 */
export const DeskForm = (formOf: FormOf) => SetMetadata(DESK_FORM, formOf);

/** What the decorators above say of a handler. */
export interface Access {
  isPublic: boolean;
  ignoresSession: boolean;
  isForAdministrators: boolean;
  openToNewcomers: string[] | undefined;
  freshPassword: 'page' | 'file' | undefined;
  /** The act that a factor is given for, and no other. */
  factorFor: { name: string; but?: string } | undefined;
  isReachableFromAnywhere: boolean;
  isIpPage: boolean;
  setsUpFactor: boolean;
  replacesLostFactor: boolean;
  /** Of a page of the desk; all others are the customers'. */
  desk: DeskAccess | undefined;
  asksFreshDeskFactor: boolean;
  /** The acts that five minutes are enough for; undefined where they are for all. */
  deskFactorForPageBut: string[] | undefined;
  deskFormOf: FormOf | undefined;
}

const reflector = new Reflector();
const known = new WeakMap<object, Access>();

/** Each request asks several times: a handler's metadata is read once. */
export function accessOf(context: ExecutionContext): Access {
  const access = known.get(context.getHandler()) ?? read(context);
  known.set(context.getHandler(), access);
  return access;
}

function read(context: ExecutionContext): Access {
  const targets = [context.getHandler(), context.getClass()];
  const said = <T>(key: string) => reflector.getAllAndOverride<T | undefined>(key, targets);
  return {
    isPublic: said(PUBLIC) ?? false,
    ignoresSession: said(IGNORES_SESSION) ?? false,
    isForAdministrators: said(ADMINISTRATORS_ONLY) ?? false,
    openToNewcomers: said(OPEN_TO_NEWCOMERS),
    freshPassword: said(FRESH_PASSWORD),
    factorFor: said(FACTOR_FOR),
    isReachableFromAnywhere: said(REACHABLE_FROM_ANYWHERE) ?? false,
    isIpPage: said(IP_PAGES) ?? false,
    setsUpFactor: said(SETS_UP_FACTOR) ?? false,
    replacesLostFactor: said(REPLACES_LOST_FACTOR) ?? false,
    desk: said(DESK),
    asksFreshDeskFactor: said(FRESH_DESK_FACTOR) ?? false,
    deskFactorForPageBut: said(DESK_FACTOR_FOR_PAGE),
    deskFormOf: said(DESK_FORM),
  };
}
