import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { uphold } from '../../support/desk-people.js';
import {
  accepts,
  CHOSEN_PASSWORD,
  invitationTo,
  invited,
  invites,
} from '../../support/invitation.js';
import { signsIn } from '../../support/registration.js';
import { objectionLink, objects, takesOver } from '../../support/succession.js';
import { covetedCompany, SIZES, type Coveted } from '../../support/thief.js';

const HOUR = 3_600_000;
let running: RunningApp;

async function idOf({ suzuki }: Coveted): Promise<string> {
  const { rows } = await running.pool.query<{ id: string }>(
    'select id from accounts where login_id_key = $1',
    [suzuki.loginId],
  );
  return rows[0]!.id;
}

async function caseOf(corporationId: string, state: string): Promise<string> {
  const { rows } = await running.pool.query<{ number: string }>(
    'select case_number as number from enrollments where corporation_id = $1 and state = $2',
    [corporationId, state],
  );
  return rows[0]?.number ?? '';
}

const status = async (who: Visitor, path: string, fields: Record<string, string>) =>
  (await who.sends('POST', path, { fields })).status;

const details = (name: string, role: string) => ({
  name,
  nameKana: 'テスト',
  department: '',
  phone: '',
  role,
  version: '1',
});

/** The one who left, 佐藤, objects to the honest successor 鈴木. */
async function thiefObjects(administrators = 2) {
  const coveted = await covetedCompany(running, administrators);
  const suzuki = await takesOver(running, coveted);
  const thief = running.visitor();
  await signsIn(thief, coveted.sato);
  await objects(running.visitor(), await objectionLink(running, coveted.sato));
  return { coveted, suzuki, thief };
}

describe.each([0, 24])('where newcomers wait %i hours', (hours) => {
  beforeAll(async () => {
    running = await startApp({ enrollmentHold: hours * HOUR });
  });
  afterAll(() => running.stop());

  describe('an objector who is the thief', () => {
    it.each(SIZES)('reaches no party until the desk decides (%i administrators)', async (size) => {
      const { coveted, thief } = await thiefObjects(size);
      const { sato, kato, hayashi, former } = coveted;
      const newcomer = await idOf(coveted);
      const colleague = kato?.id ?? newcomer;
      for (const id of [newcomer, colleague, sato.id]) {
        const own = { accountId: id, ownAccount: 'yes' };
        expect([id, await status(thief, '/accounts/deletion', own)]).toEqual([id, 409]);
      }
      const suspension = `/accounts/${colleague}/suspension`;
      expect(await status(thief, suspension, { act: 'suspend' })).toBe(409);
      expect(await status(thief, `/accounts/${newcomer}/suspension`, { act: 'release' })).toBe(409);
      const changes: [string, Record<string, string>][] = [
        [`/accounts/${colleague}`, details('加藤 次郎', 'staff')],
        [`/accounts/${colleague}`, details('別の 名前', 'administrator')],
        [`/accounts/${colleague}/email`, { email: 'x@evil.example' }],
        [`/accounts/${hayashi.id}`, details('林 三郎', 'administrator')],
      ];
      for (const [path, fields] of changes)
        expect([path, fields, await status(thief, path, fields)]).toEqual([path, fields, 422]);
      expect(await status(thief, `/accounts/${former.id}/restoration`, {})).toBe(409);
      const accomplice = invited(`accomplice-${size}@evil.example`, { role: 'administrator' });
      expect(await status(thief, '/accounts/new', { ...accomplice })).toBe(422);
      await running.mailbox.nothingFor(accomplice.email);
      const { rows } = await running.pool.query<{ act: string }>(
        `select act from audit_entries where reason = 'case-at-desk' and corporation_id = $1 order by id`,
        [coveted.corporation.id],
      );
      expect(rows.map(({ act }) => act)).toEqual([
        ...Array<string>(3).fill('account-deletion'),
        // The newcomer is suspended already.
        ...(kato ? ['account-suspension'] : []),
        ...Array<string>(2).fill('account-change'),
        'email-change-request',
        'account-change',
        'account-restoration',
        'invitation',
      ]);
    });

    it('stops no daily work: staff are invited, changed and removed, and lists are drafted', async () => {
      const { coveted, thief } = await thiefObjects();
      const { hayashi, yamada, suspended, sato } = coveted;
      const mailbox = `new-${sato.loginId}@example.jp`;
      await invites(thief, invited(mailbox));
      expect(thief.page.status).toBe(200);
      await invitationTo(running, mailbox);
      expect(await status(thief, `/accounts/${hayashi.id}`, details('林 五郎', 'staff'))).toBe(303);
      expect(await status(thief, '/accounts/deletion', { accountId: yamada.id })).toBe(303);
      expect(await status(thief, `/accounts/${yamada.id}/restoration`, {})).toBe(303);
      expect(await status(thief, `/accounts/${suspended.id}/suspension`, { act: 'release' })).toBe(
        303,
      );
      for (const path of ['/ip-restriction', '/accounts'])
        expect((await thief.sends('GET', path)).status).toBe(200);
      expect(await status(thief, '/accounts/export', {})).toBe(200);
    });

    it('makes nobody administrator by an invitation that was sent before', async () => {
      const coveted = await covetedCompany(running);
      const { sato } = coveted;
      const thief = running.visitor();
      await signsIn(thief, sato);
      const email = `early-${sato.loginId}@evil.example`;
      await invites(thief, invited(email, { role: 'administrator' }));
      const invitation = await invitationTo(running, email);
      await takesOver(running, coveted);
      await objects(running.visitor(), await objectionLink(running, sato));
      const accomplice = running.visitor();
      await accepts(accomplice, invitation, `early-${sato.loginId}`).catch(() => undefined);
      await signsIn(accomplice, { loginId: `early-${sato.loginId}`, password: CHOSEN_PASSWORD });
      expect(accomplice.page.h1).not.toBe('TOPページ');
    });

    it('loses when the desk lets the newcomer stay', async () => {
      const { coveted, suzuki } = await thiefObjects();
      const number = await caseOf(coveted.corporation.id, 'objected');
      const upheld = await uphold(new Operator(running), number);
      expect(upheld).toMatchObject({ exitCode: 0, err: '' });
      await signsIn(suzuki, coveted.suzuki);
      expect((await suzuki.sends('GET', '/accounts/new')).status).toBe(200);
      expect(await status(suzuki, '/accounts/deletion', { accountId: coveted.sato.id })).toBe(303);
    });
  });
});
