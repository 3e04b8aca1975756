import type { Visitor } from '../support/browser.js';
import type { Mailbox } from '../support/mailbox.js';
import { asks, finishes } from '../support/recovery.js';
import { activates, applicant, registers } from '../support/registration.js';
import {
  credentials,
  invoiceOf,
  isAdministrator,
  newCompany,
  PEOPLE,
  type People,
} from './people.js';

/** Everything of one kind that happens on a day. */
interface Kind {
  name: string;
  /** On a whole day. */
  count: number;
  /** @returns the status that tells how it went */
  happens(turn: number): Promise<number>;
}

/** 30,000 sign-ins of 60,000 people, and what stands around them. */
export function kindsOf(people: People, mailbox: Mailbox): Kind[] {
  const visitsAtNewBrowser = (turn: number) => visits(odd(turn), people.atNewBrowser(odd(turn)));
  return [
    {
      name: 'sign-ins with three pages',
      count: 26_500,
      happens: (turn) => visits(even(turn), people.atOwnBrowser(even(turn))),
    },
    { name: 'the same at a new browser', count: 3_500, happens: visitsAtNewBrowser },
    { name: 'wrong passwords', count: 3_000, happens: (turn) => mistypes(people, turn) },
    { name: "strangers' posts", count: 20_000, happens: (turn) => guesses(people, turn) },
    { name: 'recoveries', count: 600, happens: (turn) => recovers(people, mailbox, turn) },
    { name: 'registrations', count: 100, happens: (turn) => begins(people, mailbox, turn) },
  ];
}

/** Everybody once before anybody twice; both halves of the people apart. */
function even(turn: number): number {
  return (turn * 2) % PEOPLE;
}

function odd(turn: number): number {
  return even(turn) + 1;
}

async function visits(n: number, person: Visitor): Promise<number> {
  await person.sends('GET', '/login');
  const { status } = await person.sends('POST', '/login', { fields: credentials(n) });
  for (const page of ['/', '/me', isAdministrator(n) ? '/accounts' : '/help'])
    await person.sends('GET', page);
  if (n % 3 === 1) await person.sends('POST', '/logout', { fields: {} });
  return status;
}

async function mistypes(people: People, turn: number): Promise<number> {
  const n = odd(turn + 5_000);
  const fields = { ...credentials(n), password: 'wrong-2026-password' };
  return (await people.atOwnBrowser(n).sends('POST', '/login', { fields })).status;
}

async function guesses(people: People, turn: number): Promise<number> {
  const fields = { ...credentials(turn), loginId: `nobody-${turn % 997}` };
  return (await people.stranger(turn).sends('POST', '/login', { fields })).status;
}

/** To the end, by the mailed link and the two numbers. */
async function recovers(people: People, mailbox: Mailbox, turn: number): Promise<number> {
  const n = odd(turn + 10_000);
  const person = people.atNewBrowser(n);
  await asks(person, `p${n}@example.jp`);
  await person.opens(await linkTo(mailbox, `p${n}@example.jp`));
  await finishes(person, invoiceOf(n));
  return person.posted!.status;
}

/** A company's first registration up to its activation. */
async function begins(people: People, mailbox: Mailbox, turn: number): Promise<number> {
  const person = people.stranger(turn);
  const entered = applicant(`first-${turn}`);
  await registers(person, { ...newCompany(turn), id: '', name: '' }, entered);
  await activates(person, await linkTo(mailbox, entered.email));
  return person.posted!.status;
}

async function linkTo(mailbox: Mailbox, email: string): Promise<string> {
  return new URL(mailbox.linkIn(await mailbox.mailTo(email))).pathname;
}

export interface Event {
  name: string;
  happens(): Promise<number>;
}

/** A part of the day in the order in which it happens: each kind evenly spread over it. */
export function eventsOf(kinds: Kind[], share: number): Event[] {
  return kinds
    .flatMap(({ name, count, happens }) => {
      const some = Math.round(count * share);
      return Array.from({ length: some }, (_, turn) => ({
        at: (turn + 0.5) / some,
        event: { name, happens: () => happens(turn) },
      }));
    })
    .toSorted((one, other) => one.at - other.at)
    .map(({ event }) => event);
}
