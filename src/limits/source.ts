import { AsyncLocalStorage } from 'node:async_hooks';
import type { Visit } from '../web/visit.js';

/** Where a password comes from, from the widest to the narrowest: what takes turns. */
export interface Source {
  /** A browser that signed in before, a session, or a live mailed link. */
  isKnown: boolean;
  /** The /24, or the /48 of an IPv6 address. */
  network: string;
  /** The IPv4 address, or the /64. */
  client: string;
  /** The account, the link or the flow; of a stranger, the login ID that was typed. */
  actor: string;
}

type Place = Pick<Visit, 'client' | 'site'>;

export function knownSource(actor: string, { site, client }: Place): Source {
  return { isKnown: true, network: site, client, actor };
}

export function strangeSource(actor: string, { site, client }: Place): Source {
  return { isKnown: false, network: site, client, actor };
}

/** Before anybody is looked up: whose cookies were found good lately, of their company or link. */
export function sourceOfCookies(visit: Visit): Source {
  const { owner } = visit.cookies;
  return owner ? knownSource('', owner) : strangeSource('', visit);
}

/** Whoever is signed in, as one of their company, or of the desk. */
export function sourceOfPerson({ person, desk, client }: Visit): Source | undefined {
  if (desk?.operator) return knownSource('', { site: 'desk', client: desk.operator.operatorId });
  return person && knownSource(client, { site: person.corporationId, client: person.accountId });
}

const requests = new AsyncLocalStorage<Source>();

/** Whom somebody of the company wrote to: a live link of such a mail is in nobody else's hands. */
export function addressedSource(mailbox: string, { client }: Place): Source {
  return { isKnown: true, network: mailbox, client, actor: '' };
}

/** What the request does waits, if it must, in the turns of this source. */
export function fromSource<T>(source: Source, work: () => T): T {
  return requests.run(source, work);
}

/** Undefined for jobs, commands and what only reads. */
export function sourceOfRequest(): Source | undefined {
  return requests.getStore();
}
