import { invited, invites } from '../support/invitation.js';
import { HEADER } from '../support/invitation-import.js';
import type { Member } from '../support/people.js';
import { signsIn as comesIn } from '../support/registration.js';
import { findingsEverywhere } from './findings.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

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

const IMPORT = '/accounts/invitations/import';
const LONG = `${'長'.repeat(50)},${'ナ'.repeat(50)},${'部'.repeat(50)}`;
/** Lines that are right, or of which each column is wrong. */
const lines = ({ administrator }: Office, isRight: boolean) =>
  isRight
    ? `${HEADER},番号\n${LONG},,${administrator.email},管理者,7\n鈴木,スズキ,,03-1234-5678,s-${companies}@sakura.example,担当者,8`
    : `${HEADER}\n${LONG},abc,sato,社員\n,1,http://x.example/,abc,,`;

const PAGES: Record<string, (way: Way, office: Office) => Promise<number>> = {
  'the TOP page with tasks': (way) => way.shows('/'),
  'the form of an invitation': (way) => way.shows('/accounts/new'),
  'the form of an invitation, refused,': (way) =>
    way.showsAnswer({ email: 'sato' }, '/accounts/new'),
  'the open invitations': (way) => way.shows('/accounts/invitations'),
  'the page behind a sent invitation': async (way) => {
    await way.opens('/accounts/new');
    const fields = { name: '鈴木', nameKana: 'スズキ', email: `s-${companies}@sakura.example` };
    await way.submits(fields);
    return way.shows();
  },
  'the invitation': (way, { link }) => way.shows(link),
  'the invitation, refused,': (way, { link }) =>
    way.showsAnswer({ loginId: 'x', password: 'abc' }, link),
  'the page of a person': (way, { staff }) => way.shows(`/accounts/${staff.id}`),
  'the page of a person, refused,': (way, { staff }) =>
    way.showsAnswer({ name: '' }, `/accounts/${staff.id}`),
  'the mail address of a person': (way, { staff }) => way.shows(`/accounts/${staff.id}/email`),
  'the own page': (way, { administrator }) => way.shows(`/accounts/${administrator.id}`),
  'the page of a deleted person': async (way, { staff }) => {
    await way.opens(`/accounts/deletion?accountId=${staff.id}`);
    await way.submits();
    return way.shows(`/accounts/${staff.id}`);
  },
  'the sign-ins of a person': async (way, { staff }) => {
    for (const password of ['wrong-2026-one', staff.password])
      await comesIn(stage.genkan.visitor(), { ...staff, password });
    return way.shows(`/accounts/${staff.id}/sign-ins`);
  },
  'the sign-ins of a person who never came': (way, { staff }) =>
    way.shows(`/accounts/${staff.id}/sign-ins`),
  'the import of invitations': (way) => way.shows(IMPORT),
  'the import of invitations, refused,': (way, prepared) =>
    way.showsAnswer({ people: lines(prepared, false) }, IMPORT),
  'the confirmation of an import': async (way, prepared) => {
    await way.opens(IMPORT);
    await way.submits({ people: lines(prepared, true) });
    return way.shows();
  },
  'the check for unneeded accounts': (way) => way.shows('/accounts/handover'),
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('%s is fit for everybody', async (name) => {
    const prepared = await office();
    const way = await stage.newWay(language);
    const { loginId, password } = prepared.administrator;
    await way.signsIn(loginId, password);
    expect(await PAGES[name]!(way, prepared)).toBe(name.includes('refused') ? 422 : 200);
    expect(await findingsEverywhere(way.page, language)).toEqual([]);
  });
});
