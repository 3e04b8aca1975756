import { BillingContacts } from '../../../src/admin-enrollment/cases/billing-contacts.js';
import { UntoldCases } from '../../../src/admin-enrollment/cases/untold-cases.js';
import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { BouncePort } from '../../../src/mail/bounces/bounce-port.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { qmail, statusReport } from '../../support/bounces.js';
import { Operator } from '../../support/command.js';
import { atDesk } from '../../support/desk-case.js';
import { BY_NAKAI, BY_TAMURA, onlyCase } from '../../support/desk-people.js';
import { freePort } from '../../support/free-port.js';
import { LmtpClient } from '../../support/lmtp.js';
import { signsIn } from '../../support/registration.js';
import {
  applies,
  leftBehind,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

const PROBATION = '一部の操作をご利用いただけません。';
const UNTOLD = '異議を申し立てられる方にお知らせが届かない登録がありました';

let running: RunningApp;
beforeAll(async () => {
  const bounceLmtpPort = await freePort();
  running = await startApp({ bounceDomain: 'bounce.front.example', bounceLmtpPort });
  await running.app.get(BouncePort).open();
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

const HOURS_72 = '72 hours 1 second';

/** The notice that somebody came in, which a server behind ours sends back. */
async function comesBackTo(
  email: string,
  about = '管理者が追加登録されました',
  report = statusReport({ recipient: email }),
): Promise<void> {
  const mail = await running.mailbox.mailTo(email, about);
  await running.mailbox.everythingIsSent();
  const relay = await LmtpClient.open(running.config.bounceLmtpPort!);
  const [answer] = await relay.delivers(report, mail.returnPath);
  expect(answer).toMatch(/^250 /);
  relay.closes();
  await running.mailbox.everythingIsSent();
}

/** 鈴木 came in, and nobody could be told of it. */
async function untold() {
  const left = await leftBehind(running);
  const suzuki = await takesOverAndSignsIn(running, left);
  await comesBackTo(left.sato.email);
  const { number } = await onlyCase(running, left);
  const { text } = await running.mailbox.mailTo(running.config.deskMail, UNTOLD);
  return { left, suzuki, number, text };
}

async function isOnProbation(suzuki: Visitor, left: LeftBehind): Promise<boolean> {
  await suzuki.opens('/login');
  if (suzuki.page.path === '/login') await signsIn(suzuki, left.suzuki);
  return (await suzuki.opens('/')).text.includes(PROBATION);
}

describe('a case whose only witness got no mail', () => {
  it('waits for the desk, which is told and sees it; time alone ends nothing', async () => {
    const { left, suzuki, number, text } = await untold();
    expect(text).toContain('担当窓口が判断するまで、確認期間は終わりません。');
    expect(text).toContain(`/desk/cases/${number}\n`);
    expect(text).not.toContain('genkan enrollment');

    await running.clock.advance(HOURS_72);
    expect(await isOnProbation(suzuki, left)).toBe(true);
    for (const time of ['24 days', '24 days', '24 days']) {
      await running.clock.advance(time);
      await running.app.get(UntoldCases).renew();
    }
    expect(await isOnProbation(suzuki, left)).toBe(true);
    const operator = new Operator(running);
    const { out } = await operator.types('enrollment', 'list');
    expect(out).toMatch(new RegExp(`^${number} {2}succession {2}probation .* told 0 of 1`, 'm'));
    const shown = await operator.types('enrollment', 'show', number);
    expect(shown.out).toContain('The mails to all witnesses came back.');
    expect(shown.out).toMatch(/^witness {3}佐藤 花子 .*NOT TOLD \(550 5\.1\.1/m);

    const desk = running.app.get(DeskDecisions);
    expect(await desk.uphold(number, BY_NAKAI)).toEqual({ ok: true, isComplete: false });
    expect(await desk.uphold(number, BY_TAMURA)).toMatchObject({ ok: true, isComplete: true });
    expect(await isOnProbation(suzuki, left)).toBe(false);
  });

  it('ends in its time once a new billing contact could be told', async () => {
    const { left, suzuki } = await untold();
    await running.pool.query('update corporations set billing_email = $1 where id = $2', [
      'new-billing@hinoki.example',
      left.corporation.id,
    ]);
    await running.clock.advance('20 days');
    await running.app.get(BillingContacts).run();
    await running.mailbox.mailTo('new-billing@hinoki.example');
    expect(await isOnProbation(suzuki, left)).toBe(true);
    await running.clock.advance(HOURS_72);
    expect(await isOnProbation(suzuki, left)).toBe(false);
  });
});

it('the second of two people of the desk reads how to go on, and whom no mail reaches', async () => {
  const { left, number } = await untold();
  const guide = 'ページにある登録された方の連絡先は使わないでください。';
  const mori = await atDesk(running, 'mori', '森');
  await mori.opens(`/desk/cases/${number}`);
  expect(mori.page.text).toContain(guide);
  await running.app.get(DeskDecisions).uphold(number, BY_NAKAI);
  await mori.reloads();
  expect(mori.page.text).toContain('2人目の承認を待っています。');
  expect(mori.page.text).toContain(guide);
  await mori.follows('登録を承認する');
  expect(mori.page.text).toContain('双方のメールが届く方に、理由をお知らせします。');
  expect(mori.page.text).toContain('お知らせのメールが届かなかった方です。');
  expect(mori.page.text).toContain(left.sato.name);
});

const asUtf8 = (recipient: string) => statusReport({ recipient }).replace('rfc822;', 'utf-8;');

describe('a case whose only witness is at a domain of Japanese letters', () => {
  const ASCII = 'xn--eckwd4c7c5976acvb2w6i.example';
  const DOMAIN = '日本語ドメイン.example';
  const CODED = DOMAIN.replace(
    /\P{ASCII}/gu,
    (sign) => `\\x{${sign.codePointAt(0)!.toString(16)}}`,
  );

  it.each([
    ['ascii', (mailbox: string) => statusReport({ recipient: `${mailbox}@${ASCII}` })],
    ['plain', (mailbox: string) => qmail(`${mailbox}@${ASCII}`.toUpperCase())],
    ['letters', (mailbox: string) => asUtf8(`${mailbox}@${DOMAIN}`)],
    ['coded', (mailbox: string) => asUtf8(`${mailbox}@${CODED}`)],
  ])('waits for the desk after reports of the kind "%s"', async (mailbox, report) => {
    const email = `${mailbox}@${DOMAIN}`;
    const left = await leftBehind(running, 0, { email });
    await takesOverAndSignsIn(running, left);
    for (const about of ['追加登録のお申し込み', '管理者が追加登録されました'])
      await comesBackTo(email, about, report(mailbox));
    const { number } = await onlyCase(running, left);
    const shown = await new Operator(running).types('enrollment', 'show', number);
    expect(shown.out).toContain('The mails to all witnesses came back.');
    await running.mailbox.isReadBy(running.config.deskMail);
  });
});

describe('a case', () => {
  it('with a witness who was told goes on, though the mail to another one came back', async () => {
    const left = await leftBehind(running, 1);
    const suzuki = await takesOverAndSignsIn(running, left);
    await comesBackTo(left.sato.email);
    await running.clock.advance(HOURS_72);
    expect(await isOnProbation(suzuki, left)).toBe(false);
  });

  it('that is over already is shown to the desk', async () => {
    const left = await leftBehind(running);
    const suzuki = await takesOverAndSignsIn(running, left);
    await running.clock.advance(HOURS_72);
    await comesBackTo(left.sato.email);
    expect(await isOnProbation(suzuki, left)).toBe(false);
    const { text } = await running.mailbox.mailTo(running.config.deskMail, UNTOLD);
    expect(text).not.toContain('確認期間は終わりません');
    const { number } = await onlyCase(running, left);
    const { out } = await new Operator(running).types('enrollment', 'list');
    expect(out).toMatch(new RegExp(`^${number} {2}succession {2}completed `, 'm'));
  });

  it('of which nobody was told is held back from the proof of the mailbox on', async () => {
    await running.restart({ enrollmentHold: 48 * 3_600_000 });
    await running.app.get(BouncePort).open();
    const left = await leftBehind(running);
    running.mailbox.refuses(left.sato.email, 550, '5.1.1 User unknown');
    const suzuki = running.visitor();
    await applies(suzuki, left.corporation, left.suzuki);
    await running.mailbox.everythingIsSent();
    await running.clock.advance('20 hours');
    await suzuki.opens(running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email)));
    await suzuki.presses('登録を完了する');
    const { rows } = await running.pool.query<{ hours: number }>(
      `select round(extract(epoch from release_at - activated_at) / 3600)::int as hours
       from enrollments where corporation_id = $1`,
      [left.corporation.id],
    );
    expect(rows).toEqual([{ hours: 48 }]);
    await running.restart({ enrollmentHold: 0 });
  });
});
