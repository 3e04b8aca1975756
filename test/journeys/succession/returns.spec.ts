import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import {
  accepts,
  CHOSEN_PASSWORD,
  invitationTo,
  invited,
  invites,
} from '../../support/invitation.js';
import { drafts, OFFICE } from '../../support/ip-restriction.js';
import { changesEmail, proves } from '../../support/own-account.js';
import type { Member } from '../../support/people.js';
import { finishes, NEW_PASSWORD, newLink } from '../../support/recovery.js';
import { signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const MAILBOX = 'thief@evil.example';

async function accountOf(loginId: string) {
  const { rows } = await running.pool.query<{ id: string; role: string; state: string }>(
    'select id, role, state from accounts where login_id_key = $1',
    [loginId],
  );
  return rows[0]!;
}

async function asksForEmailOf(person: Visitor, { id }: Member, email: string): Promise<void> {
  await person.opens(`/accounts/${id}/email`);
  person.fills('新しいメールアドレス', email);
  await person.presses('確認のメールを送る');
}

/** 佐藤's mail goes to the thief, who sets a password with it. */
async function takesMailbox(newcomer: Visitor, { sato, corporation }: LeftBehind): Promise<void> {
  const mailbox = `${sato.loginId}.${MAILBOX}`;
  await asksForEmailOf(newcomer, sato, mailbox);
  await proves(running.visitor(), await objectionLink(running, { ...sato, email: mailbox }));
  const thief = running.visitor();
  await thief.opens(await newLink(running, mailbox));
  await finishes(thief, corporation);
}

describe('an objection to a newcomer', () => {
  it('keeps somebody an administrator no more whom the newcomer restored or released', async () => {
    const left = await leftBehind(running);
    const { corporation, sato } = left;
    const [deleted, suspended] = await Promise.all(
      (['deleted', 'suspended'] as const).map((state) =>
        running.people.administratorExists({
          corporation,
          state,
          name: '共犯 者',
          loginId: `${state}-${sato.loginId}`,
        }),
      ),
    );
    await running.pool.query('update accounts set deleted_at = genkan_now() where id = $1', [
      deleted!.id,
    ]);
    const newcomer = await takesOverAndSignsIn(running, left);
    await newcomer.opens(`/accounts/${deleted!.id}/restoration`);
    await newcomer.presses('元に戻す');
    await newcomer.opens(`/accounts/${suspended!.id}/suspension`);
    await newcomer.presses('利用を再開');
    expect(await accountOf(deleted!.loginId)).toMatchObject({ role: 'administrator' });
    const accomplice = running.visitor();
    await signsIn(accomplice, deleted!);

    await objects(running.visitor(), await objectionLink(running, sato));
    for (const { loginId } of [deleted!, suspended!])
      expect(await accountOf(loginId)).toMatchObject({ role: 'staff' });
    await accomplice.opens('/accounts');
    expect(accomplice.page.path).toMatch(/^\/login/);
  });

  it('voids the change of an address that the newcomer asked for, also of staff', async () => {
    const left = await leftBehind(running);
    const { corporation, sato } = left;
    const staff = await running.people.staffExists({
      corporation,
      loginId: `staff-${sato.loginId}`,
      name: '高橋 次郎',
    });
    const newcomer = await takesOverAndSignsIn(running, left);
    await asksForEmailOf(newcomer, staff, MAILBOX);
    const link = await objectionLink(running, { ...staff, email: MAILBOX });
    await objects(running.visitor(), await objectionLink(running, sato));
    const thief = running.visitor();
    await thief.opens(link);
    expect(thief.page.status).toBe(410);
    expect((await thief.sends('POST', link, { fields: {} })).status).toBe(410);
  });

  it('ends the password that was set by an exchanged mailbox', async () => {
    const left = await leftBehind(running);
    const { sato, corporation } = left;
    await takesMailbox(await takesOverAndSignsIn(running, left), left);
    await objects(running.visitor(), await objectionLink(running, sato));
    for (const password of [NEW_PASSWORD, sato.password]) {
      const thief = running.visitor();
      await signsIn(thief, { ...sato, password });
      expect(thief.page.status).toBe(422);
    }
    await running.mailbox.everythingIsSent();
    while (running.mailbox.unread(sato.email).length) await running.mailbox.mailTo(sato.email);
    const owner = running.visitor();
    await owner.opens(await newLink(running, sato.email));
    await finishes(owner, corporation);
    await signsIn(owner, { ...sato, password: NEW_PASSWORD });
    expect(owner.page.h1).toBe('TOPページ');
  });

  it('leaves alone the address that an administrator exchanged by himself', async () => {
    const left = await leftBehind(running);
    const { sato } = left;
    const newcomer = await takesOverAndSignsIn(running, left);
    const objection = await objectionLink(running, sato);
    await asksForEmailOf(newcomer, sato, MAILBOX);
    await running.mailbox.mailTo(sato.email);
    const owner = running.visitor();
    await signsIn(owner, sato);
    const own = `new-${sato.email}`;
    await changesEmail(running, owner, sato.email, own);
    await objects(running.visitor(), objection);
    const { rows } = await running.pool.query('select email from accounts where id = $1', [
      sato.id,
    ]);
    expect(rows).toEqual([{ email: own }]);
  });

  it('ends the list of an accomplice who was demoted already', async () => {
    const left = await leftBehind(running);
    const { sato } = left;
    const newcomer = await takesOverAndSignsIn(running, left);
    const loginId = `accomplice-${sato.loginId}`;
    await invites(newcomer, invited(`${loginId}@example.jp`, { role: 'administrator' }));
    const accomplice = running.visitor({ address: OFFICE });
    await accepts(accomplice, await invitationTo(running, `${loginId}@example.jp`), loginId);
    await signsIn(accomplice, { loginId, password: CHOSEN_PASSWORD });
    await drafts(accomplice, `${OFFICE},事務所`);
    await accomplice.opens('/ip-restriction/trial');
    await accomplice.presses('試行せずに反映する');
    accomplice.movesTo(OFFICE);
    newcomer.movesTo(OFFICE);
    await newcomer.opens(`/accounts/${(await accountOf(loginId)).id}`);
    newcomer.checks('担当者（ご自分の情報だけを変更できます）');
    await newcomer.presses('変更を保存する');
    expect(await accountOf(loginId)).toMatchObject({ role: 'staff' });

    await objects(running.visitor(), await objectionLink(running, sato));
    const owner = running.visitor();
    await signsIn(owner, sato);
    expect(owner.page.h1).toBe('TOPページ');
  });

  it('stops also a newcomer who was deleted before: the restored one still waits for the desk', async () => {
    const left = await leftBehind(running, 1);
    const { sato, suzuki } = left;
    await takesOverAndSignsIn(running, left);
    const owner = running.visitor();
    await signsIn(owner, sato);
    const { id } = await accountOf(suzuki.loginId);
    await owner.opens(`/accounts/deletion?accountId=${id}`);
    await owner.presses('削除');
    await objects(running.visitor(), await objectionLink(running, sato));
    await owner.opens(`/accounts/${id}/restoration`);
    await owner.presses('元に戻す');
    expect(await accountOf(suzuki.loginId)).toMatchObject({ state: 'suspended' });
    expect((await owner.opens(`/accounts/${id}/suspension`)).status).toBe(409);
  });
});
