import { startApp, type RunningApp } from '../../support/app.js';
import { asksForEmail } from '../../support/own-account.js';
import { asks } from '../../support/recovery.js';
import { signsIn } from '../../support/registration.js';
import { objectionLink, objects } from '../../support/succession.js';
import { covetedCompany, possessionsOf, SIZES, thiefSignsIn } from '../../support/thief.js';

const HOUR = 3_600_000;
let running: RunningApp;

async function reasonsOf(corporationId: string, act: string): Promise<string[]> {
  const { rows } = await running.pool.query<{ reason: string }>(
    'select reason from audit_entries where corporation_id = $1 and act = $2 order by id',
    [corporationId, act],
  );
  return rows.map(({ reason }) => reason);
}

describe.each([0, 24])('where newcomers wait %i hours', (hours) => {
  beforeAll(async () => {
    running = await startApp({ enrollmentHold: hours * HOUR });
  });
  afterAll(() => running.stop());

  it('a recovery writes to the victim alone', async () => {
    const coveted = await covetedCompany(running, 1);
    const { sato, suzuki } = coveted;
    const thief = await thiefSignsIn(running, coveted);
    const email = { email: 'thief@evil.example' };
    expect(
      (await thief.sends('POST', `/accounts/${sato.id}/email`, { fields: email })).status,
    ).toBe(403);
    await objectionLink(running, sato);
    await running.mailbox.everythingIsSent();
    const before = running.mailbox.all().length;
    await asks(thief, sato.email);
    await running.mailbox.everythingIsSent();
    expect(
      running.mailbox
        .all()
        .slice(before)
        .map(({ to }) => to),
    ).toEqual([sato.email]);
    // The own mailbox is the newcomer's own affair, and gives no other account away.
    await asksForEmail(thief, 'other@evil.example');
    await running.mailbox.mailTo(suzuki.email);
  });

  it.each(SIZES)(
    'who knows a witness’s password takes no witness away (%i administrators)',
    async (size) => {
      const coveted = await covetedCompany(running, size);
      const { sato, kato, others, corporation, suzuki } = coveted;
      const colleagues = [...(kato ? [kato] : []), ...others];
      const before = await possessionsOf(running, corporation, [suzuki.loginId]);
      await thiefSignsIn(running, coveted);
      const link = await objectionLink(running, sato);
      const hijacker = running.visitor();
      await signsIn(hijacker, sato);
      const own = { accountId: sato.id, ownAccount: 'yes' };
      expect((await hijacker.sends('POST', '/accounts/deletion', { fields: own })).status).toBe(
        409,
      );
      for (const { id } of colleagues) {
        const other = { accountId: id };
        expect((await hijacker.sends('POST', '/accounts/deletion', { fields: other })).status).toBe(
          409,
        );
        const fields = { act: 'suspend' };
        const suspension = await hijacker.sends('POST', `/accounts/${id}/suspension`, { fields });
        expect(suspension.status).toBe(409);
      }
      for (const { id, name } of [sato, ...colleagues]) {
        const fields = {
          name,
          nameKana: 'テスト',
          department: '',
          phone: '',
          role: 'staff',
          version: '1',
        };
        const answer = await hijacker.sends('POST', `/accounts/${id}`, {
          fields: { ...fields, ownRole: 'yes' },
        });
        expect(answer.status).toBeGreaterThanOrEqual(400);
      }
      expect(await reasonsOf(corporation.id, 'account-deletion')).toEqual(
        Array<string>(size).fill('case-open'),
      );
      expect(await reasonsOf(corporation.id, 'account-suspension')).toEqual(
        colleagues.map(() => 'case-open'),
      );
      await hijacker.presses('ログアウト');
      await objects(running.visitor(), link);
      const after = await possessionsOf(running, corporation, [suzuki.loginId]);
      expect(withoutSignIn(after.accounts!)).toEqual(withoutSignIn(before.accounts!));
    },
  );

  it('what rests while a case is open goes on when it is over', async () => {
    const coveted = await covetedCompany(running);
    const { sato, kato } = coveted;
    await thiefSignsIn(running, coveted);
    const person = running.visitor();
    await signsIn(person, sato);
    await person.opens('/admin-enrollment/cases');
    await person.follows('鈴木 一郎');
    await person.follows('承認へ進む');
    await person.presses('承認する');
    const fields = { accountId: kato!.id };
    expect((await person.sends('POST', '/accounts/deletion', { fields })).status).toBe(303);
  });

  it('an approved newcomer is an administrator like any other', async () => {
    const coveted = await covetedCompany(running);
    const newcomer = await thiefSignsIn(running, coveted);
    const person = running.visitor();
    await signsIn(person, coveted.sato);
    await person.opens('/admin-enrollment/cases');
    await person.follows('鈴木 一郎');
    await person.follows('承認へ進む');
    await person.presses('承認する');
    for (const path of ['/accounts/new', '/ip-restriction', `/accounts/${coveted.sato.id}`])
      expect((await newcomer.sends('GET', path)).status).toBe(200);
  });
});

function withoutSignIn(rows: unknown[]): object[] {
  return rows.map((row) => {
    const {
      last_sign_in_at: _,
      last_sign_in_address: __,
      ...kept
    } = row as Record<string, unknown>;
    return kept;
  });
}
