import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { TAMURA } from '../../support/desk-people.js';
import type { Member } from '../../support/people.js';
import { applicant, signsIn } from '../../support/registration.js';
import { isReviewed, leftBehind, takesOver } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

/** 佐藤 left and still has the account; 加藤 wants it gone. */
async function leaver() {
  const left = await leftBehind(running);
  const kato = await running.people.administratorExists({
    corporation: left.corporation,
    loginId: `kato-${left.sato.loginId}`,
    name: '加藤 次郎',
  });
  return { ...left, kato };
}

async function deletes(by: Member, { id }: Member): Promise<Visitor> {
  const person = running.visitor();
  await signsIn(person, by);
  await person.opens(`/accounts/deletion?accountId=${id}`);
  return person;
}

describe('an administrator who left applies against the own company', () => {
  it('and is protected for one case, not for a second one, while the desk suspends at once', async () => {
    const left = await leaver();
    const { corporation, sato, kato } = left;
    await takesOver(running, left);
    for (const number of [1, 2, 3]) {
      const next = applicant(`next-${number}-${sato.loginId}`);
      await isReviewed(running, running.visitor(), corporation, next);
    }
    const refused = await deletes(kato, sato);
    expect(refused.page.status).toBe(409);
    expect(refused.page.text).toContain('担当窓口がすぐに停止します');
    expect(refused.page.text).toContain(running.config.deskPhone);
    await refused.opens(`/accounts/${sato.id}/suspension`);
    expect([refused.page.status, refused.page.text]).toEqual([
      409,
      expect.stringContaining('担当窓口がすぐに停止します'),
    ]);

    await running.clock.advance('73 hours');
    await isReviewed(running, running.visitor(), corporation, applicant(`late-${sato.loginId}`));
    const person = await deletes(kato, sato);
    await person.presses('削除');
    expect(person.page.h1).toBe('削除完了');
  });

  it('and follows no case by another one, though he approves of the first himself', async () => {
    const left = await leaver();
    await takesOver(running, left);
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.opens('/admin-enrollment/cases');
    await sato.follows('鈴木 一郎');
    await sato.follows('承認へ進む');
    await sato.presses('承認する');
    await running.clock.advance('6 days');
    const next = applicant(`next-${left.sato.loginId}`);
    await isReviewed(running, running.visitor(), left.corporation, next);
    const kato = await deletes(left.kato, left.sato);
    await kato.presses('削除');
    expect(kato.page.h1).toBe('削除完了');
  });

  it('and may be suspended by the desk while the case is open', async () => {
    const left = await leaver();
    await takesOver(running, left);
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    const frozen = await new Operator(running).types(
      'account',
      'freeze',
      left.sato.loginId,
      ...TAMURA,
    );
    expect(frozen).toMatchObject({ exitCode: 0, err: '' });
    expect((await sato.sends('GET', '/me')).status).toBe(303);
  });
});
