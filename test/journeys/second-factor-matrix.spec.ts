import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { isGivenTo } from '../support/desk-people.js';
import { asksSince15Days, isLedToSetUp, type Policy } from '../support/factor-policy.js';
import { FACTOR, proved } from '../support/factor-recovery.js';
import { accepts, CHOSEN_PASSWORD, invitationTo, invited, invites } from '../support/invitation.js';
import { listExists } from '../support/ip-lists.js';
import { companyExists, deletes, signedIn, type Company } from '../support/members.js';
import type { Member } from '../support/people.js';
import { applicant, registers, signsIn, type Applicant } from '../support/registration.js';
import { HOME, OFFICE } from '../support/restricted.js';
import { hasFactor, isAsked } from '../support/second-factor.js';
import { applies } from '../support/succession.js';

/** `code`: nothing is open before it. `set-up`: nothing else is open before it. `told`: no, and why. */
type Asked = 'nothing' | 'code' | 'set-up' | 'told';

type Who = 'staff' | 'administrator' | 'newcomer';

type State = 'active' | 'suspended' | 'deleted';

const CODE = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/;

let running: RunningApp;
let newcomers = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
afterEach(() => running.clock.reset());

/** After the right password. */
async function askedAtSignIn(person: Visitor): Promise<Asked> {
  if (isAsked(person)) {
    expect(person.jar.cookies.has('session')).toBe(false);
    return 'code';
  }
  if (/このアカウントは(?:利用を停止|削除)されているため/.test(person.page.text)) return 'told';
  return (await isLedToSetUp(person)) ? 'set-up' : 'nothing';
}

/** Behind the link that activates an administrator. */
async function askedAtActivation(person: Visitor, { email }: Applicant): Promise<Asked> {
  await person.opens(running.mailbox.linkIn(await running.mailbox.mailTo(email)));
  return completes(person);
}

async function completes(person: Visitor): Promise<Asked> {
  const isOffered = person.page.root.querySelector('#totp-key') !== null;
  await person.presses('登録を完了する');
  expect(person.posted!.status).toBe(isOffered ? 422 : 303);
  return isOffered ? 'set-up' : 'nothing';
}

type Way = (company: Company, member: Member, policy: Policy, role: Who) => Promise<Asked>;

const WAYS: Record<string, Way> = {
  'sign-in': async ({ corporation }, member, policy) => {
    await asksSince15Days(running, policy, corporation);
    const person = running.visitor();
    await signsIn(person, member);
    return askedAtSignIn(person);
  },
  recovery: async ({ corporation }, member, policy) => {
    await asksSince15Days(running, policy, corporation);
    const person = await proved(running, member);
    if (person.page.path.startsWith(FACTOR)) return 'code';
    expect(person.page.path).toContain('/password-reset/new-password');
    return 'nothing';
  },
  invitation: async ({ corporation, sato }, _, policy, role) => {
    newcomers += 1;
    const { loginId, email } = applicant(`invited-${newcomers}`);
    const as = role === 'administrator' ? role : 'staff';
    await invites(await signedIn(running, sato), invited(email, { role: as }));
    await asksSince15Days(running, policy, corporation);
    const person = running.visitor();
    await accepts(person, await invitationTo(running, email), loginId);
    await signsIn(person, { loginId, password: CHOSEN_PASSWORD });
    return askedAtSignIn(person);
  },
  succession: async ({ corporation }, _, policy) => {
    newcomers += 1;
    const entered = applicant(`successor-${newcomers}`);
    await asksSince15Days(running, policy, corporation);
    const person = running.visitor();
    await applies(person, corporation, entered);
    return askedAtActivation(person, entered);
  },
  'first registration': async (_, __, policy) => {
    newcomers += 1;
    const entered = applicant(`first-${newcomers}`);
    const corporation = await running.people.corporationExists({
      corporateNumber: String(66_000 + newcomers),
      name: '株式会社はじめて',
    });
    await asksSince15Days(running, policy, corporation);
    const person = running.visitor();
    await registers(person, corporation, entered);
    return askedAtActivation(person, entered);
  },
  // The case in which the company is given away began before anything was asked.
  'named by the desk': async (company, _, policy) => {
    newcomers += 1;
    const email = `named-${newcomers}@example.jp`;
    await isGivenTo(running, company, email);
    await asksSince15Days(running, policy, company.corporation);
    const person = running.visitor();
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(email));
    await person.opens(new URL(link).pathname);
    for (const name of ['パスワード', 'パスワード確認']) person.fills(name, CHOSEN_PASSWORD);
    person.fills('ログインID', `named-${newcomers}`);
    return completes(person);
  },
  'emergency ticket': async ({ corporation, tanaka }, member, policy) => {
    await listExists(running, corporation, [`${OFFICE}/32`]);
    const issuer = running.visitor({ address: OFFICE });
    await signsIn(issuer, tanaka);
    await issuer.opens('/ip-restriction/tickets/renewal');
    await issuer.presses('新しく10個発行する');
    const [ticket = ''] = CODE.exec(issuer.page.text) ?? [];
    await asksSince15Days(running, policy, corporation);
    const person = running.visitor({ address: HOME });
    await signsIn(person, member);
    const fields = { act: 'ticket', ticket, password: member.password };
    const used = await person.sends('POST', '/ip-restriction/access', { fields });
    if (isAsked(person)) {
      expect([used.status, used.headers.location]).toEqual([303, '/login']);
      return 'code';
    }
    if (used.status === 403) return 'told';
    expect([used.status, used.headers.location]).toEqual([303, '/ip-restriction']);
    const { headers } = await person.sends('GET', '/ip-restriction');
    return headers.location === '/me/second-factor' ? 'set-up' : 'nothing';
  },
};

const NOTHING: Asked[] = ['nothing', 'nothing', 'nothing'];
const ALWAYS_CODE: Asked[] = ['code', 'code', 'code'];

/** A way in, of whom, in which state, with a factor or without; what is asked by each policy. */
const TABLE: [way: string, who: Who, state: State, factor: boolean, asked: Asked[]][] = [
  ['sign-in', 'staff', 'active', false, ['nothing', 'nothing', 'set-up']],
  ['sign-in', 'staff', 'active', true, ALWAYS_CODE],
  ['sign-in', 'staff', 'suspended', false, ['told', 'told', 'told']],
  ['sign-in', 'staff', 'suspended', true, ALWAYS_CODE],
  ['sign-in', 'staff', 'deleted', false, ['told', 'told', 'told']],
  ['sign-in', 'staff', 'deleted', true, ALWAYS_CODE],
  ['sign-in', 'administrator', 'active', false, ['nothing', 'set-up', 'set-up']],
  ['sign-in', 'administrator', 'active', true, ALWAYS_CODE],
  ['sign-in', 'administrator', 'suspended', false, ['told', 'told', 'told']],
  ['sign-in', 'administrator', 'suspended', true, ALWAYS_CODE],
  ['recovery', 'staff', 'active', false, NOTHING],
  ['recovery', 'staff', 'active', true, ALWAYS_CODE],
  ['recovery', 'staff', 'suspended', false, NOTHING],
  ['recovery', 'staff', 'suspended', true, ALWAYS_CODE],
  ['recovery', 'administrator', 'active', false, NOTHING],
  ['recovery', 'administrator', 'active', true, ALWAYS_CODE],
  ['recovery', 'administrator', 'suspended', false, NOTHING],
  ['recovery', 'administrator', 'suspended', true, ALWAYS_CODE],
  // Whoever is vouched for has 14 days.
  ['invitation', 'staff', 'active', false, NOTHING],
  ['invitation', 'administrator', 'active', false, NOTHING],
  ['succession', 'newcomer', 'active', false, ['nothing', 'set-up', 'set-up']],
  ['first registration', 'newcomer', 'active', false, ['nothing', 'set-up', 'set-up']],
  ['named by the desk', 'newcomer', 'active', false, ['nothing', 'set-up', 'set-up']],
  ['emergency ticket', 'administrator', 'active', false, ['nothing', 'set-up', 'set-up']],
  ['emergency ticket', 'administrator', 'active', true, ALWAYS_CODE],
  // Tickets are for administrators, whoever's they are.
  ['emergency ticket', 'staff', 'active', false, ['told', 'told', 'told']],
  ['emergency ticket', 'staff', 'active', true, ALWAYS_CODE],
];

const POLICIES: Policy[] = ['nobody', 'administrators', 'everybody'];

describe.each(TABLE)('%s of %s (%s), factor: %s', (way, who, state, factor, asked) => {
  it.each(POLICIES.map((policy, place) => [policy, asked[place]!] as const))(
    'asked of %s: %s',
    async (policy, expected) => {
      const company = await companyExists(running);
      const member = who === 'administrator' ? company.sato : company.suzuki;
      if (factor) await hasFactor(running, member);
      if (state === 'suspended') {
        const person = await signedIn(running, company.tanaka);
        await person.opens(`/accounts/${member.id}/suspension`);
        await person.presses('利用を停止');
      }
      if (state === 'deleted') await deletes(running, company, member);
      expect(await WAYS[way]!(company, member, policy, who)).toBe(expected);
    },
  );
});
