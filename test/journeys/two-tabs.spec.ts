import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { choosesLogin, invitationTo, invited, invites, office } from '../support/invitation.js';
import {
  asksForEmail,
  changesEmail,
  isSignedIn,
  proofLink,
  signedIn,
} from '../support/own-account.js';
import type { Corporation, Member } from '../support/people.js';
import { choosesPassword, entersNumbers, newLink } from '../support/recovery.js';

let running: RunningApp;
let companies = 0;
let people = 0;
let keyaki: Corporation;
beforeAll(async () => {
  running = await startApp();
  keyaki = (await company()).corporation;
});
afterAll(() => running.stop());

/** What one link of a purpose is about. */
interface Story {
  link: string;
  /** Fills the form behind the link and presses its button. */
  acts: (person: Visitor) => Promise<unknown>;
  hasHappened: () => Promise<boolean>;
}

/** A company with an administrator and a member of staff. */
async function company(): Promise<{ corporation: Corporation; sato: Member; suzuki: Member }> {
  companies += 1;
  const corporation = await running.people.corporationExists({
    corporateNumber: `55${companies}`,
    name: `けやき第${companies}株式会社`,
  });
  const given = { corporation, email: `soumu-${companies}@keyaki.example` };
  const { people } = running;
  const sato = { ...given, loginId: `sato-${companies}`, name: '佐藤 花子' };
  const suzuki = { corporation, loginId: `suzuki-${companies}`, name: '鈴木 一郎' };
  return {
    corporation,
    sato: await people.administratorExists(sato),
    suzuki: await people.staffExists(suzuki),
  };
}

async function columnOf(member: Member, column: 'email' | 'password_hash'): Promise<string> {
  const { rows } = await running.pool.query<{ value: string }>(
    `select ${column} as value from accounts where id = $1`,
    [member.id],
  );
  return rows[0]!.value;
}

/** One story for each purpose of a mailed link. */
const stories: Record<string, () => Promise<Story>> = {
  'an invitation': async () => {
    const { corporation, sato } = await company();
    const email = `mori@${corporation.corporateNumber}.example`;
    await invites(await signedIn(running, sato), invited(email));
    return {
      link: await invitationTo(running, email),
      acts: (person) => choosesLogin(person, `mori-${corporation.corporateNumber}`),
      hasHappened: async () => {
        const text = 'select from accounts where corporation_id = $1 and email = $2';
        return (await running.pool.query(text, [corporation.id, email])).rowCount === 1;
      },
    };
  },

  // Of one company: its numbers are right for both mailboxes.
  'a recovery': async () => {
    people += 1;
    const tanaka = { corporation: keyaki, loginId: `tanaka-${people}`, name: '田中 実' };
    const member = await running.people.staffExists(tanaka);
    const before = await columnOf(member, 'password_hash');
    return {
      link: await newLink(running, member.email),
      acts: async (person) => {
        await entersNumbers(person, keyaki);
        if (!person.page.path.startsWith('/password-reset/new-password')) return;
        await choosesPassword(person);
        await person.presses('登録');
      },
      hasHappened: async () => (await columnOf(member, 'password_hash')) !== before,
    };
  },

  'the proof of a mail address': async () => {
    const { suzuki } = await company();
    const email = `new-${suzuki.email}`;
    await asksForEmail(await signedIn(running, suzuki), email);
    return {
      link: await proofLink(running, suzuki.email, email),
      acts: (person) => person.presses('メールアドレスを変更する'),
      hasHappened: async () => (await columnOf(suzuki, 'email')) === email,
    };
  },

  'the undoing of a mail address': async () => {
    const { suzuki } = await company();
    const person = await signedIn(running, suzuki);
    return {
      link: await changesEmail(running, person, suzuki.email, `new-${suzuki.email}`),
      acts: (reader) => reader.presses('変更を取り消す'),
      hasHappened: async () => (await columnOf(suzuki, 'email')) === suzuki.email,
    };
  },

  'the report of a sign-in': async () => {
    const { suzuki } = await company();
    await signedIn(running, suzuki);
    const thief = await signedIn(running, suzuki);
    return {
      link: running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email)),
      acts: (person) => person.presses('すべての端末からログアウトする'),
      hasHappened: async () => !(await isSignedIn(thief)),
    };
  },
};

const UNDONE = '操作はまだ行っていません。';

/** The hidden field that says which link the open page acts for. */
const linkOn = ({ page }: Visitor) =>
  page.root.querySelector('main form input[name=link]')!.getAttribute('value');

describe.each(Object.entries(stories))('the link of %s in two tabs', (_, begin) => {
  it('acts for what its page shows, or is drawn again', async () => {
    const [a, b] = [await begin(), await begin()];
    const happened = async () => [await a.hasHappened(), await b.hasHappened()];
    const first = running.visitor();
    await first.opens(a.link);
    const second = first.tab();
    await second.opens(b.link);
    expect(linkOn(first)).not.toBe(linkOn(second));

    await a.acts(first);
    expect(await happened()).toEqual([false, false]);
    expect(linkOn(first)).toBe(linkOn(second));
    expect([first.page.status, first.page.notice]).toEqual([409, expect.stringContaining(UNDONE)]);

    await b.acts(first);
    expect(await happened()).toEqual([false, true]);
  });

  it('does nothing without the id of what is shown', async () => {
    const a = await begin();
    const person = running.visitor();
    const { path } = await person.opens(a.link);
    const answer = await person.sends('POST', path, { fields: {} });
    expect(answer.status).toBe(409);
    expect(await a.hasHappened()).toBe(false);
  });
});

it('a page of a recovery without its run is of no run, whatever other tabs are in', async () => {
  const { corporation, suzuki } = await company();
  const person = running.visitor();
  await person.opens(await newLink(running, suzuki.email));
  await entersNumbers(person, corporation);
  await choosesPassword(person);
  const before = await columnOf(suzuki, 'password_hash');
  for (const step of ['account', 'new-password', 'confirmation', 'sent']) {
    const answer = await person.sends('POST', `/password-reset/${step}`, { fields: {} });
    expect([step, answer.headers.location]).toEqual([step, '/password-reset']);
  }
  expect(await columnOf(suzuki, 'password_hash')).toBe(before);
  await person.presses('登録');
  expect(await columnOf(suzuki, 'password_hash')).not.toBe(before);
});

it('nobody else is blamed for a change of the same person in another tab', async () => {
  const { corporation, person } = await office(running);
  const given = { corporation, loginId: 'suzuki-tabs', name: '鈴木 一郎' };
  const suzuki = await running.people.staffExists(given);
  await person.opens(`/accounts/${suzuki.id}`);
  const tab = person.tab();
  await tab.opens(person.page.path);
  for (const each of [person, tab]) {
    each.fills('部署', each === person ? '総務部' : '経理部');
    await each.presses('変更を保存する');
  }
  expect([tab.page.status, tab.page.h1]).toEqual([409, '別のページで先に変更されています']);
  expect(tab.page.text).not.toContain('ほかの方');
});
