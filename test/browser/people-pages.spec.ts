import type { Page } from 'playwright-core';
import { invited, invites } from '../support/invitation.js';
import type { Member } from '../support/people.js';
import { signsIn as comesIn } from '../support/registration.js';
import { findingsEverywhere } from './findings.js';
import { Stage } from './stage.js';
import { comesSignedIn, opens, submits } from './wizard.js';

const stage = Stage.forThisFile();
let companies = 0;

/** What an administrator of a company with all kinds of people and invitations can open. */
interface Office {
  administrator: Member;
  staff: Member;
  link: string;
}

async function office(): Promise<Office> {
  companies += 1;
  const { people, mailbox } = stage.genkan;
  const { corporation } = await stage.newcomer();
  const given = { corporation, name: '渡邊 𠮷子' };
  const administrator = await people.administratorExists({
    ...given,
    loginId: `hanako-${companies}`,
  });
  const staff = await people.staffExists({ ...given, loginId: `jiro-${companies}` });
  const person = stage.genkan.visitor();
  await comesIn(person, administrator);
  const email = `ichiro-${companies}@a-long-name-of-a-department.sakura.example`;
  await invites(person, invited(email, { name: '寿限無'.repeat(30) }));
  const link = mailbox.linkIn(await mailbox.mailTo(email));
  return { administrator, staff, link };
}

const PAGES: Record<string, (page: Page, office: Office) => Promise<number>> = {
  'the TOP page with tasks': (page) => opens(page, '/'),
  'the form of an invitation': (page) => opens(page, '/accounts/new'),
  'the form of an invitation, refused,': async (page) => {
    await opens(page, '/accounts/new');
    return submits(page, { email: 'sato' });
  },
  'the open invitations': (page) => opens(page, '/accounts/invitations'),
  'the page behind a sent invitation': async (page) => {
    await opens(page, '/accounts/new');
    const fields = { name: '鈴木', nameKana: 'スズキ', email: `s-${companies}@sakura.example` };
    return submits(page, fields);
  },
  'the invitation': (page, { link }) => opens(page, link),
  'the invitation, refused,': async (page, { link }) => {
    await opens(page, link);
    return submits(page, { loginId: 'x', password: 'abc' });
  },
  'the page of a person': (page, { staff }) => opens(page, `/accounts/${staff.id}`),
  'the page of a person, refused,': async (page, { staff }) => {
    await opens(page, `/accounts/${staff.id}`);
    return submits(page, { name: '' });
  },
  'the mail address of a person': (page, { staff }) => opens(page, `/accounts/${staff.id}/email`),
  'the check for unneeded accounts': (page) => opens(page, '/accounts/handover'),
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('%s is fit for everybody', async (name) => {
    const prepared = await office();
    const page = await stage.newPage({}, language);
    const { loginId, password } = prepared.administrator;
    await comesSignedIn(page, loginId, password);
    expect(await PAGES[name]!(page, prepared)).toBe(name.includes('refused') ? 422 : 200);
    expect(await findingsEverywhere(page, language)).toEqual([]);
  });
});
