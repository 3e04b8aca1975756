import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { TAMURA, uphold } from '../../support/desk-people.js';
import type { Corporation } from '../../support/people.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import { applies, objects } from '../../support/succession.js';

const HOUR = 3_600_000;
let running: RunningApp;
let operator: Operator;
let companies = 0;

const BILLING = 'keiri';

/** A company that nobody registered for. */
async function newCompany(hasBillingContact = true) {
  companies += 1;
  const corporation = await running.people.corporationExists({
    corporateNumber: String(8_000_000 + companies),
    name: `もみの木第${companies}株式会社`,
    ...(hasBillingContact && { billingEmail: `${BILLING}-${companies}@momi.example` }),
  });
  const mallory = applicant(`mallory-${companies}`, { name: '山田 悪子' });
  return { corporation, mallory, billing: `${BILLING}-${companies}@momi.example` };
}

async function thiefSignsIn(corporation: Corporation, mallory: ReturnType<typeof applicant>) {
  const thief = running.visitor();
  await registers(thief, corporation, mallory);
  await activates(thief, running.mailbox.linkIn(await running.mailbox.mailTo(mallory.email)));
  await signsIn(thief, mallory);
  return thief;
}

async function stateOf(loginId: string): Promise<string | undefined> {
  const { rows } = await running.pool.query<{ state: string }>(
    'select state from accounts where login_id_key = $1',
    [loginId],
  );
  return rows[0]?.state;
}

async function caseOf({ id }: Corporation): Promise<string> {
  const { rows } = await running.pool.query<{ number: string }>(
    'select case_number as number from enrollments where corporation_id = $1',
    [id],
  );
  return rows[0]!.number;
}

describe.each([0, 24])('where newcomers wait %i hours', (hours) => {
  beforeAll(async () => {
    running = await startApp({ enrollmentHold: hours * HOUR });
    operator = new Operator(running);
  });
  beforeEach(() => running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00')));
  afterAll(() => running.stop());

  describe('the first registration of a company', () => {
    it('is told to the billing contact, who can stop it, and the company is as it was', async () => {
      const { corporation, mallory, billing } = await newCompany();
      const thief = await thiefSignsIn(corporation, mallory);
      expect(thief.page.h1).toBe('TOPページ');
      await running.mailbox.mailTo(billing, '最初の管理者の登録のお申し込みがありました');
      const mail = await running.mailbox.mailTo(billing, '最初の管理者が登録されました');
      for (const part of [mail.text, mail.html]) {
        expect(part).toContain('ご請求先のご担当者 様');
        expect(part).toContain('山田 悪子 様');
        expect(part).toContain('2026年12月31日(木) 9時00分');
        expect(part).not.toContain(mallory.email);
        expect(part).not.toContain('ログインしてTOPページ');
      }

      const contact = running.visitor();
      await contact.opens(running.mailbox.linkIn(mail));
      expect(contact.page.h1).toBe('新規登録への異議申し立て');
      expect(contact.page.text).toContain('ただちにログインできなくなります');
      contact.fills('担当窓口へのご説明', '山田という者はおりません。');
      await contact.presses('異議を申し立てる');
      expect(contact.page.h1).toBe('異議申し立てを受け付けました');
      expect(await stateOf(mallory.loginId)).toBe('suspended');
      await thief.opens('/');
      expect(thief.page.path).toBe('/login?next=%2F');
      await signsIn(thief, mallory);
      expect(thief.page.h1).toBe('新規登録のお手続きの状況');
      expect(thief.page.text).toContain('この新規登録に異議申し立てがあったため、');
      expect(thief.page.text).toContain('お申し込みの経緯や、');
      expect(thief.page.text).not.toContain('貴社の管理者の方');
      thief.fills('担当窓口へのご説明', '社員です。');
      await thief.presses('担当窓口へ送る');

      const honest = applicant(`honest-${companies}`);
      const person = running.visitor();
      const number = await caseOf(corporation);
      const dismissed = await operator.types('enrollment', 'dismiss', number, ...TAMURA);
      expect(dismissed).toMatchObject({ exitCode: 0, err: '' });
      await running.mailbox.everythingIsSent();
      const mails = running.mailbox.all().filter(({ text }) => text.includes(number));
      expect(mails.map(({ to }) => to)).toContain(running.config.deskMail);
      expect(mails.map(({ subject }) => subject).join()).toContain(
        '新規登録についての担当窓口の判断',
      );
      for (const { subject, text, html } of mails)
        expect([subject, text, html].join()).not.toContain('追加登録');
      await registers(person, corporation, honest);
      await activates(person, running.mailbox.linkIn(await running.mailbox.mailTo(honest.email)));
      await signsIn(person, honest);
      expect(person.page.h1).toBe('TOPページ');
    });

    it('is followed by the same probation, which the desk can shorten', async () => {
      const { corporation, mallory } = await newCompany();
      const person = await thiefSignsIn(corporation, mallory);
      for (const path of ['/accounts/new', '/accounts/export', '/ip-restriction']) {
        await person.opens(path);
        expect(person.page.status).toBe(403);
        expect(person.page.text).toContain('2026年12月4日(金) 9時00分');
      }
      await person.opens('/accounts');
      expect(person.page.status).toBe(200);
      const upheld = await uphold(operator, await caseOf(corporation));
      expect(upheld).toMatchObject({ exitCode: 0, err: '' });
      await person.opens('/accounts/new');
      expect(person.page.status).toBe(200);
    });

    it('is over by time alone, and the billing contact still reaches the desk', async () => {
      const { corporation, mallory, billing } = await newCompany();
      const person = await thiefSignsIn(corporation, mallory);
      await running.clock.advance('72 hours');
      await signsIn(person, mallory);
      await person.opens('/accounts/new');
      expect(person.page.status).toBe(200);
      const contact = running.visitor();
      await objects(contact, running.mailbox.linkIn(await running.mailbox.mailTo(billing)));
      expect(contact.page.text).toContain('自動では停止しません');
      expect((await operator.types('enrollment', 'list')).out).toMatch(
        new RegExp(`^${await caseOf(corporation)} {2}initial {2}completed .* 1 objected$`, 'm'),
      );
    });

    it('stands in the desk’s list, above all where nobody could be told', async () => {
      const { corporation, mallory } = await newCompany(false);
      await thiefSignsIn(corporation, mallory);
      const number = await caseOf(corporation);
      expect((await operator.types('enrollment', 'list')).out).toMatch(
        new RegExp(`^${number} {2}initial {2}probation .* told 0 of 0, 0 objected$`, 'm'),
      );
      const shown = await operator.types('enrollment', 'show', number);
      expect(shown.out).toContain(`newcomer  山田 悪子  ${mallory.email}`);
    });

    it('can be made ten times without filling the billing contact’s mailbox; whoever wins is told of', async () => {
      const { corporation, billing } = await newCompany();
      const people = Array.from({ length: 8 }, (_, place) =>
        applicant(`many-${companies}-${place}`),
      );
      for (const each of people) await registers(running.visitor(), corporation, each);
      await running.mailbox.everythingIsSent();
      expect(running.mailbox.unread(billing)).toHaveLength(5);
      const last = people.at(-1)!;
      const link = running.mailbox.linkIn(await running.mailbox.mailTo(last.email));
      await activates(running.visitor(), link);
      await running.mailbox.everythingIsSent();
      expect(running.mailbox.unread(billing)).toHaveLength(6);
    });

    it('that was taken back is told as such', async () => {
      const { corporation, mallory, billing } = await newCompany();
      const person = running.visitor();
      await registers(person, corporation, mallory);
      await person.presses('取り消して内容を直す');
      await running.mailbox.mailTo(billing);
      const told = await running.mailbox.mailTo(billing);
      expect(told.subject).toContain('最初の管理者の登録が取り消されました');
    });
  });

  it('the billing contact hears of a succession too, and may object', async () => {
    const { corporation, mallory, billing } = await newCompany();
    const given = { corporation, loginId: `sato-${mallory.loginId}`, name: '佐藤 花子' };
    const sato = await running.people.administratorExists(given);
    const thief = running.visitor();
    await applies(thief, corporation, mallory);
    await activates(thief, running.mailbox.linkIn(await running.mailbox.mailTo(mallory.email)));
    await running.mailbox.mailTo(sato.email);
    const contact = running.visitor();
    await objects(contact, running.mailbox.linkIn(await running.mailbox.mailTo(billing)));
    expect(await stateOf(mallory.loginId)).toBe('suspended');
    const show = await operator.types('enrollment', 'show', await caseOf(corporation));
    expect(show.out).toMatch(
      new RegExp(`^witness {3}billing contact ${billing} .* objected 20`, 'm'),
    );
  });
});
