import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { Operator } from '../support/command.js';
import { grant } from '../support/desk-people.js';
import { signedIn, asksForEmail } from '../support/own-account.js';
import type { Corporation } from '../support/people.js';
import { guessedAt } from '../support/proof.js';
import { applicant, entersDetails, entersNumbers, registers } from '../support/registration.js';
import { applies, leftBehind, provesForReview } from '../support/succession.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

function company(): Promise<Corporation> {
  companies += 1;
  const corporateNumber = `56${companies}`;
  return running.people.corporationExists({ corporateNumber, name: 'すみれ株式会社' });
}

/** What must be done, where, until when, and what to do without a mail; nothing looks finished. */
function expectOneMoreStep({ page }: Visitor, email: string): void {
  const main = page.root.querySelector('main')!;
  expect(main.querySelector('h2')!.textContent).toContain('あと1つ、お手続きが必要です');
  expect(Object.values(page.facts)).toContain(email);
  expect(page.text).toMatch(/メールに記載されたURLの期限\s*\d{4}年.*まで/);
  expect(page.text).toContain('メールが届かないとき');
  expect(page.text).toContain(`${running.config.mailFrom} からのメールを受信できるよう`);
  expect(page.html).not.toContain('#check-circle');
  expect(main.querySelectorAll('a.gk-button--primary')).toEqual([]);
}

describe('a page after which a mailed link must be opened', () => {
  it('says so after the first registration, and the activation after it was done', async () => {
    const entered = applicant('sumire.sato');
    const person = running.visitor();
    await registers(person, await company(), entered);
    expectOneMoreStep(person, entered.email);
    await person.opens(running.mailbox.linkIn(await running.mailbox.mailTo(entered.email)));
    expect(person.page.text).not.toContain('確認しました');
    await person.presses('登録を完了する');
    expect(person.page.notice).toContain('佐藤 花子 様の登録が完了しました。');
  });

  it('says so after a succession', async () => {
    const { corporation, suzuki } = await leftBehind(running);
    const person = running.visitor();
    await applies(person, corporation, suzuki);
    expect(person.page.h1).toBe('管理者追加登録完了');
    expectOneMoreStep(person, suzuki.email);
  });

  it('says so where the numbers are compared by mail, and says that before the details', async () => {
    const corporation = await guessedAt(running);
    const entered = applicant('botan.sato');
    const person = running.visitor();
    await entersNumbers(person, corporation);
    expect(person.page.text).toContain('番号は、メールで確認します。');
    await entersDetails(person, entered);
    await person.presses('登録');
    expectOneMoreStep(person, entered.email);
  });

  it('says nothing of mails before the details where the numbers are compared at once', async () => {
    const person = running.visitor();
    await entersNumbers(person, await company());
    expect(person.page.path).toContain('/initiate/details');
    expect(person.page.text).not.toContain('番号は、メールで確認します。');
  });

  it('says so after a request for recovery', async () => {
    const person = running.visitor();
    await person.opens('/password-reset');
    person.fills('メールアドレス', 'whoever@example.jp');
    await person.presses('送信');
    expectOneMoreStep(person, 'whoever@example.jp');
  });

  it('says so while a new mail address waits for its proof', async () => {
    const { sato } = await leftBehind(running);
    const person = await signedIn(running, sato);
    await asksForEmail(person, 'hanako@new.example');
    expectOneMoreStep(person, 'hanako@new.example');
  });
});

it('tells applicants who wait behind others what comes next', async () => {
  const { corporation, suzuki } = await leftBehind(running);
  await applies(running.visitor(), corporation, suzuki);
  await running.mailbox.mailTo(suzuki.email);
  const link = running.mailbox.linkIn(
    running.mailbox.all().findLast(({ to }) => to === suzuki.email)!,
  );
  const first = running.visitor();
  await first.opens(link);
  await first.presses('登録を完了する');
  const person = running.visitor();
  const later = applicant(`later-${suzuki.loginId}`);
  await applies(person, corporation, later);
  const completed = person.page.path;
  const own = running.mailbox.linkIn(await running.mailbox.mailTo(later.email));
  await grant(new Operator(running), await provesForReview(running, person, later, own));
  await person.opens(completed);
  expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
  expect(person.page.text).toContain('今は、お手続きの必要はありません。');
  expect(person.page.text).toContain('メールが届きましたら、URLを開き');
  expect(person.page.html).not.toContain('#check-circle');
});
