import { startApp, type RunningApp } from '../support/app.js';
import { invoicedCompany, isInvoiced, SHOWN } from '../support/invoices.js';
import type { Corporation } from '../support/people.js';
import { neutral, WRONG, type Door } from '../support/proof.js';
import { asks } from '../support/recovery.js';
import {
  activates,
  applicant,
  entersNumbers,
  registers,
  signsIn,
} from '../support/registration.js';
import { leftBehind, takesOverAndSignsIn } from '../support/succession.js';
import { workOf } from '../support/work.js';

const FIELD = '請求書番号（または請求金額）';
const UNMATCHED =
  '法人番号、お振込先口座番号、請求書番号（または請求金額）の組み合わせを確認できませんでした。いちばん新しいご請求書か、その1つ前のご請求書に記載されている内容を、もう一度ご確認ください。';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp({ enrollmentProof: 'invoice' });
});
afterAll(() => running.stop());
/** Each story begins on a day of its own, so that the alarm of the whole service stays silent. */
beforeEach(() => running.clock.advance('1 day'));

const company = () => invoicedCompany(running, `60${(companies += 1)}`);

const shows = (
  { corporateNumber, transferAccounts }: Corporation,
  invoice: string,
  { door = '/initiate' as Door, person = running.visitor(), flow = '' } = {},
) => {
  const [transferAccountNumber = ''] = transferAccounts;
  const fields = { corporateNumber, transferAccountNumber, invoice, flow };
  return person.sends('POST', `${door}/numbers`, { fields });
};

const logged = async () => {
  const { rows } = await running.pool.query<{ reason: string; corporation: string | null }>(
    `select reason, facts ->> 'corporation' as corporation,
       facts - 'browser' - 'system' as facts from audit_entries where act = 'numbers-proof'
     order by id desc limit 1`,
  );
  return rows[0]!;
};

describe('where the newest invoice is asked', () => {
  it('the first administrator shows it and signs in', async () => {
    const corporation = await company();
    const sato = applicant('keyaki.sato');
    const person = running.visitor();
    await registers(person, corporation, sato);
    await activates(person, running.mailbox.linkIn(await running.mailbox.mailTo(sato.email)));
    await signsIn(person, sato);
    expect(person.page.header).toContain(corporation.name);
  });

  it('a successor shows it too', async () => {
    const left = await leftBehind(running);
    const corporation = await isInvoiced(running, left.corporation);
    const person = await takesOverAndSignsIn(running, { ...left, corporation });
    expect(person.page.header).toContain(corporation.name);
  });

  it('pages say so before the numbers are asked', async () => {
    const person = running.visitor();
    for (const path of ['/initiate', '/admin-enrollment', '/help/numbers', '/help/predecessor']) {
      await person.opens(path);
      expect(person.page.text).toContain('請求書番号のないご請求書では請求金額');
    }
    for (const guide of ['guide-registration', 'guide-succession']) {
      await person.opens(`/help/${guide}`);
      expect(person.page.text).toContain('請求書番号のないご請求書では請求金額');
    }
    await person.opens('/help/guide-recovery');
    expect(person.page.text).not.toContain('請求書番号');
  });

  it.each(['S-20417', 'ｓ－２０４１７', ' S 20417 ', 'S20389', 'Ｓ—２０,４１７'])(
    'takes %j as people type it',
    async (typed) => {
      expect((await shows(await company(), typed)).status).toBe(303);
    },
  );

  it.each(['110,000円', 'S-20361', '20417', 'S-204170'])('does not take %j', async (typed) => {
    const corporation = await company();
    const { status, text } = await shows(corporation, typed);
    expect(status).toBe(422);
    expect(text).toContain(UNMATCHED);
    expect(await logged()).toEqual({
      reason: 'invoice-unmatched',
      corporation: corporation.id,
      facts: {
        corporation: corporation.id,
        corporateNumber: expect.any(String) as string,
        transferAccountNumber: '****345',
      },
    });
  });

  it('asks for it before anything is counted', async () => {
    const corporation = await company();
    const person = running.visitor();
    await entersNumbers(person, { ...corporation, invoice: '－' });
    expect(person.page.status).toBe(422);
    expect(person.page.text).toContain(`${FIELD}を入力してください。`);
    for (let times = 0; times < 12; times += 1)
      expect((await shows(corporation, '', { person })).status).toBe(422);
    expect((await shows(corporation, SHOWN, { person })).status).toBe(303);
  });

  it.each(['/initiate', '/admin-enrollment'] as const)(
    'whatever is wrong gets the same answer for the same work (%s)',
    async (door) => {
      const corporation = await company();
      companies += 1;
      const uninvoiced = await running.people.corporationExists({
        corporateNumber: `60${companies}`,
        name: '株式会社つばき',
      });
      const seen: unknown[] = [];
      for (const [shown, typed] of [
        [corporation, 'S-11111'],
        [{ ...corporation, transferAccounts: [WRONG] }, SHOWN],
        [{ ...corporation, transferAccounts: [WRONG] }, 'S-11111'],
        [uninvoiced, SHOWN],
        [{ ...corporation, corporateNumber: '6999' }, SHOWN],
      ] as [Corporation, string][]) {
        const masked = [shown.corporateNumber, shown.transferAccounts[0]!, typed].map(
          (value) => `value="${value}"`,
        );
        const asked = await running.visitor().sends('GET', `${door}/numbers`);
        let answers: unknown[] = [];
        const { statements } = await workOf(async () => {
          const answer = await shows(shown, typed, { door });
          answers = [asked, answer].map(({ status, headers, text }) => [
            status,
            Object.entries(headers)
              .filter(([name]) => !/^(?:date|content-length|etag|x-request-id)$/.test(name))
              .map((pair) => neutral(pair.join(': ')).replace(/flow=[\w-]+/, 'flow=…')),
            neutral(text, ...masked),
          ]);
        });
        seen.push([answers, statements.toSorted()]);
      }
      expect(JSON.stringify(seen[0])).toContain(UNMATCHED);
      for (const other of seen.slice(1)) expect(other).toEqual(seen[0]);
      expect((await logged()).reason).toBe('numbers-unmatched');
      await shows(uninvoiced, SHOWN);
      expect(await logged()).toMatchObject({
        reason: 'invoices-missing',
        corporation: uninvoiced.id,
      });
    },
  );

  it('a recovery asks for the two numbers alone', async () => {
    const corporation = await company();
    const given = { corporation, loginId: 'keyaki.ido', name: '井戸 花子' };
    const { email } = await running.people.administratorExists(given);
    const person = running.visitor();
    await asks(person, email);
    await person.opens(running.mailbox.linkIn(await running.mailbox.mailTo(email)));
    expect(person.page.text).not.toContain('請求書番号');
    person.fills('法人番号', corporation.corporateNumber);
    person.fills('お振込先口座番号', corporation.transferAccounts[0]!);
    await person.presses('確認');
    expect(person.page.path).toMatch(/^\/password-reset\/new-password/);
  });
});
