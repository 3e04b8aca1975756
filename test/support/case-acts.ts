import type { CaseStory } from './case-story.js';
import { invited, invites } from './invitation.js';
import type { Member } from './people.js';
import { asksElsewhere } from './recovery.js';
import { applicant } from './registration.js';
import { applies, objects } from './succession.js';
import { closedActs } from './thief.js';

type Act = (story: CaseStory) => Promise<void>;

const THIEF = 'the newcomer';

/** What somebody may try who has the company's invoice and an account on probation. */
export const thiefActs: Record<string, Act> = {
  async delete(story) {
    const { id } = story.draw([...story.honest, { id: story.thiefId }]);
    const fields = { accountId: id, ownAccount: 'yes' };
    await story.asks(THIEF, story.thief, '/accounts/deletion', fields);
  },
  async suspend(story) {
    const path = `/accounts/${story.draw(story.honest).id}/suspension`;
    await story.asks(THIEF, story.thief, path, { act: 'suspend' });
  },
  async 'try something closed'(story) {
    const [, path, fields] = story.draw(closedActs(story.company));
    await story.asks(THIEF, story.thief, path, fields);
  },
  async 'decide the own case'(story) {
    const path = `/admin-enrollment/cases/${story.caseId}`;
    const [end, act] = story.draw([
      ['/approval', ''],
      ['', 'object'],
    ]);
    await story.asks(THIEF, story.thief, path + end, { act: act! });
  },
  async 'withdraw the own case'(story) {
    await story.asks(THIEF, story.thief, '/admin-enrollment/case', {
      act: 'withdraw',
      case: story.caseId,
    });
  },
  async 'change the own profile'(story) {
    await story.asks(THIEF, story.thief, '/me/profile', profile('佐藤 花子', '管理部'));
  },
  async 'move the own mailbox'(story) {
    const email = `${story.company.sato.loginId}@evil.example`;
    await story.asks(THIEF, story.thief, '/me/email', { email });
  },
  async 'recover the password of a victim'(story) {
    await asksElsewhere(story.running, story.draw(story.administrators).email);
    story.told.push('somebody asks for a recovery');
  },
  async 'apply again'(story) {
    const { corporation, sato } = story.company;
    const second = applicant(`again-${sato.loginId}`, { name: '二番 手' });
    const browser = story.running.visitor();
    await applies(browser, corporation, second).catch(() => undefined);
    story.told.push(`somebody applies again: ${browser.page.status} ${browser.page.h1}`);
  },
};

/** What the company's own people do meanwhile. */
export const honestActs: Record<string, Act> = {
  async 'look at the TOP page'(story) {
    const member = story.draw([...story.administrators, story.company.yamada]);
    await story.asks(member.name, await story.browserOf(member), '/');
  },
  async 'change the own profile'(story) {
    const member = story.draw([...story.administrators, story.company.yamada]);
    const browser = await story.browserOf(member);
    const department = story.draw(['総務部', '営業部', '']);
    const fields = profile(member.name, department);
    const answer = await story.asks(member.name, browser, '/me/profile', fields);
    if (answer.headers.location === '/me') story.honestly(member.id, { department });
  },
  async 'delete somebody'(story) {
    const { id } = story.draw([...story.honest, { id: story.thiefId }]);
    const fields = { accountId: id, ownAccount: 'yes' };
    const before = (await story.standings()).get(id)?.state;
    const answer = await administrates(story, '/accounts/deletion', fields);
    // Already deleted people are skipped: the deletion stays the newcomer's.
    if (isDone(answer) && before !== 'deleted') story.honestly(id, 'delete');
  },
  async 'restore somebody'(story) {
    const { id } = story.draw([...story.staff, ...story.administrators, story.company.former]);
    const answer = await administrates(story, `/accounts/${id}/restoration`, {});
    if (isDone(answer)) story.honestly(id, 'restore');
  },
  async 'suspend or release somebody'(story) {
    const act = story.draw(['suspend', 'release'] as const);
    const { id } = story.draw([...story.honest, { id: story.thiefId }]);
    const answer = await administrates(story, `/accounts/${id}/suspension`, { act });
    if (isDone(answer)) story.honestly(id, act);
  },
  async 'change somebody'(story) {
    const { id, name } = story.draw([...story.staff, ...story.administrators]);
    const department = story.draw(['経理部', '法務部']);
    const role = story.draw(['staff', 'administrator']);
    const fields = { ...profile(name, department), role, version: await versionOf(story, id) };
    const answer = await administrates(story, `/accounts/${id}`, fields);
    if (isDone(answer)) story.honestly(id, { department, role });
  },
  async 'invite staff'(story) {
    const member = story.draw(story.administrators);
    const browser = await story.browserOf(member);
    const mailbox = `new-${story.told.length}-${member.loginId}@example.jp`;
    await invites(browser, invited(mailbox)).catch(() => undefined);
    story.told.push(`${member.name} invites: ${browser.page.status} ${browser.page.h1}`);
  },
};

/** 佐藤 opens the link of the first mail. */
export async function objectsToCase(story: CaseStory): Promise<void> {
  const browser = story.running.visitor();
  await objects(browser, story.objection);
  story.told.push(`佐藤 花子 objects: ${browser.page.status} ${browser.page.h1}`);
}

/** An administrator from before takes the newcomer in; nothing is undone from then on. */
export async function approvesOfCase(story: CaseStory): Promise<void> {
  const path = `/admin-enrollment/cases/${story.caseId}/approval`;
  const answer = await administrates(story, path, {});
  story.isApproved = isDone(answer);
}

async function administrates(story: CaseStory, path: string, fields: Record<string, string>) {
  const member: Member = story.draw(story.administrators);
  return story.asks(member.name, await story.browserOf(member), path, fields);
}

/** Done is a redirect, but not the one to the sign-in. */
function isDone({ status, headers }: { status: number; headers: { location?: string } }): boolean {
  return status === 303 && !headers.location?.startsWith('/login');
}

function profile(name: string, department: string): Record<string, string> {
  return { name, nameKana: 'テスト', department, phone: '' };
}

async function versionOf(story: CaseStory, id: string): Promise<string> {
  const { rows } = await story.running.pool.query<{ version: number }>(
    'select version from accounts where id = $1',
    [id],
  );
  return String(rows[0]!.version);
}
