import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Banner } from './banner.js';
import type { CookieJar } from './cookies.js';
import type { Language } from './texts.js';

export interface Person {
  accountId: string;
  corporationId: string;
  corporationName: string;
  name: string;
  role: 'staff' | 'administrator';
}

/** Somebody who is signed in. */
export interface PersonInSession extends Person {
  sessionId: string;
  session: SessionTimes;
  /** This request comes from the IPv4 address, or the /64, of the sign-in. */
  isWhereItBegan: boolean;
}

/** When a session ends, by the clock that all deadlines are compared with. */
export interface SessionTimes {
  now: Date;
  /** Unless it is used before. */
  endsAt: Date;
  /** However often it is used. */
  lastsUntil: Date;
}

/** Somebody of the desk who is signed in there. */
export interface OperatorInSession {
  operatorId: string;
  name: string;
  role: 'clerk' | 'lead';
  session: SessionTimes;
}

/** What a form held; a list for choices of which there were several. */
export type KeptFields = Readonly<Record<string, string | readonly string[]>>;

/** Why a page refuses, and whom, where its flow knows that. */
export interface Refusal {
  /** Of the closed list. */
  reason: string;
  accountId?: string | undefined;
  invitationId?: string | undefined;
}

/** @param leave ends the wait of somebody who has hung up */
export type OnceGone = (leave: () => void) => unknown;

/** One request, as the code behind the edge sees it. */
export interface Visit {
  requestId: string;
  /** The client's address by `TRUST_PROXY`; IPv4 never in its `::ffff:` form. */
  address: string;
  /** Limits count by it: the IPv4 address, or the /64 of an IPv6 one. */
  client: string;
  /** The /24 or /64 that the address belongs to. */
  network: string;
  /** The widest that one attacker easily has: the /24, or the /48 of an IPv6 address. */
  site: string;
  browser: string;
  language: Language;
  /** HTMX asks for the fragment only. */
  partial: boolean;
  cookies: CookieJar;
  /** Ends the turn of its way to a handler. */
  enters: () => void;
  /** Nobody waits for the answer any more. */
  isGone: () => boolean;
  /** Calls it when nobody does, or when the answer was taken. */
  onceGone: OnceGone;
  person: PersonInSession | undefined;
  /** On pages of the desk: who is signed in there. Customers' sessions mean nothing on them. */
  desk: { operator: OperatorInSession | undefined } | undefined;
  banner: Banner | undefined;
  /** Entered before the session ended: shown again in the form of the page. */
  kept: KeptFields | undefined;
  /** What its error page is called, for the desk, which hears the page's number. */
  errorTitle: string | undefined;
  refusal: Refusal | undefined;
  /** Why it could not be served, for the log. */
  fault: string | undefined;
}

export type VisitedRequest = Request & {
  visit: Visit;
  /** A page that is only read, or a form that is only sent. */
  hasOtherMethod?: boolean;
};

export const Visitor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Visit =>
    context.switchToHttp().getRequest<VisitedRequest>().visit,
);
