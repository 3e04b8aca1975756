/** What strangers and customers send to shut others out. */
import { signInOf, type Application } from './application.ts';
import type { Ask } from './connection.ts';
import { HonestPerson } from './honest-people.ts';
import type { Job } from './load.ts';

interface Flood extends Pick<Job, 'asks' | 'clients' | 'addresses'>, Partial<Pick<Job, 'status'>> {
  /** Honest people type their numbers meanwhile, in place of new passwords. */
  isOfNumbers?: true;
}

/** Wrong passwords at so many login IDs, existing or not. */
export const guesses = (count: number): Ask[] =>
  Array.from({ length: count }, (_, index) => ({
    method: 'POST',
    path: '/login',
    form: { loginId: `nobody-${index}`, password: 'wrong-2026-password', next: '/' },
  }));

/** Nobody was ever sent one of them. */
const INVENTED_LINKS = [
  'activation',
  'password-reset',
  'invitation',
  'admin-enrollment/objection',
].map((path): Ask => ({ method: 'GET', path: `/${path}/${'A'.repeat(43)}` }));

/** Wrong pairs at these companies, each try as a case of its own. */
const wrongPairs = (corporateNumbers: number[]): Ask[] =>
  corporateNumbers.map((corporateNumber) => ({
    method: 'POST',
    path: '/initiate/numbers',
    form: { corporateNumber: String(corporateNumber), transferAccountNumber: '7654321', flow: '' },
  }));

/**
 * Somebody who left applies with the right pair and as many mailboxes as he likes, and presses the
 * buttons behind all of the mails at once.
 */
async function pressedLinks({ port }: Application, count: number): Promise<Ask[]> {
  const applicants = Array.from({ length: count }, (_, n) => new HonestPerson(port, `leaver-${n}`));
  const asks: Ask[] = [];
  const waiting = [...applicants];
  const apply = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      await one.appliesWithInvoice();
      asks.push({ method: 'POST', path: await one.mailedPath(), form: {} });
    }
  };
  await Promise.all(Array.from({ length: 8 }, apply));
  return asks;
}

/** The page behind one mail, in a browser that opened it. */
async function readLink({ port }: Application): Promise<Ask> {
  const reader = new HonestPerson(port, 'reader');
  await reader.appliesWithInvoice();
  const headers = { Cookie: await reader.opensMail() };
  return { method: 'GET', path: '/admin-enrollment/application', headers };
}

/** The last two change how numbers are proved, for the rest of the day and of the hour. */
export async function floodsOf(application: Application): Promise<Record<string, Flood>> {
  const asks = guesses(997);
  const cookie = await application.signIn(signInOf('ito-demo'));
  const own = signInOf('ito-demo');
  const headers = { Cookie: await application.signIn(signInOf('sato-demo')) };
  return {
    // The first one, because files are given for five minutes after the password.
    'list of 3,000 people × 10': {
      asks: [{ method: 'POST', path: '/accounts/export', form: {}, headers }],
      clients: 10,
      addresses: ['203.0.114.3'],
      status: 200,
    },
    'one address × 64': { asks, clients: 64, addresses: ['203.0.113.1'] },
    'rotating /64s × 150': {
      asks,
      clients: 150,
      addresses: Array.from({ length: 4096 }, (_, n) => `2001:db8:77:${n.toString(16)}::1`),
    },
    'own browser × 60': {
      asks: [{ ...own, headers: { Cookie: cookie } }],
      clients: 60,
      addresses: ['203.0.114.1'],
    },
    'judging × 20': { ...(await judging(application)), clients: 20, addresses: ['203.0.115.1'] },
    'failures from 16 networks': {
      asks,
      clients: 16,
      addresses: networks(16),
    },
    '160 mailed links': {
      asks: await pressedLinks(application, 160),
      clients: 64,
      addresses: networks(10),
    },
    'one mailed link read × 160': {
      asks: [await readLink(application)],
      clients: 160,
      addresses: networks(60),
      status: 200,
    },
    'own TOP page × 60': {
      asks: [{ method: 'GET', path: '/', headers: { Cookie: cookie } }],
      clients: 60,
      addresses: ['203.0.114.2'],
      status: 200,
    },
    'login page × 100': {
      asks: [{ method: 'GET', path: '/login' }],
      clients: 100,
      addresses: ['203.0.116.1'],
      status: 200,
    },
    'invented links × 100': {
      asks: INVENTED_LINKS,
      clients: 100,
      addresses: ['203.0.116.2'],
      status: 303,
    },
    '10 wrong pairs at the company': {
      asks: wrongPairs([1_000_001, 2_000_002]),
      clients: 4,
      addresses: networks(64),
      isOfNumbers: true,
    },
    '110 wrong pairs': {
      asks: wrongPairs(Array.from({ length: 110 }, (_, n) => 3_000_000 + n)),
      clients: 11,
      addresses: networks(64),
      isOfNumbers: true,
    },
  };
}

function networks(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `203.1.${n}.1`);
}

/** One proved flow that tries passwords which are hard to judge. */
async function judging({ port }: Application): Promise<Pick<Flood, 'asks'>> {
  const { flow, cookie } = await new HonestPerson(port, 'judging').provesNumbers();
  const asks = Array.from({ length: 97 }, (_, index): Ask => {
    const password = `${index}4@a4@a4@a4@a4@a4@a4@a4@a4@a4@a`;
    const form = { flow, loginId: 'judged', password, passwordConfirmation: password };
    return { method: 'POST', path: '/initiate/details', form, headers: { Cookie: cookie } };
  });
  return { asks };
}
