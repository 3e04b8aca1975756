import { startApp, type RunningApp } from '../support/app.js';
import { applicant, entersDetails, entersNumbers } from '../support/registration.js';
import { entersNumbers as entersSuccession, leftBehind } from '../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({ enrollmentProbation: 48 * 3_600_000 });
});
afterAll(() => running.stop());

const LIMIT =
  'ログインできるようになってから48時間、管理者としてできるのは、利用者一覧の確認と、アカウントの削除・利用停止だけです。';
const APPROVAL = '以前からの管理者の方が承認すると、すぐに、ほかの機能もご利用いただけます。';

describe('what a new administrator can do at first', () => {
  it('stands before the registration of the first one, and in the mail', async () => {
    const name = '株式会社かえで';
    const company = await running.people.corporationExists({ corporateNumber: '3190002', name });
    const [person, entered] = [running.visitor(), applicant('sato.told')];
    await entersNumbers(person, company);
    await entersDetails(person, entered);
    expect(person.page.text).toContain(LIMIT);
    expect(person.page.text).not.toContain(APPROVAL);
    await person.presses('登録');
    const mail = await running.mailbox.mailTo(entered.email);
    expect(mail.text).toContain(LIMIT);
    expect(mail.text).not.toContain(APPROVAL);
  });

  it('stands before a succession, with the approval that ends it', async () => {
    const { corporation, suzuki } = await leftBehind(running);
    const person = running.visitor();
    await entersSuccession(person, corporation);
    await entersDetails(person, suzuki);
    expect(person.page.text).toContain(LIMIT + APPROVAL);
    await person.presses('登録');
    const mail = await running.mailbox.mailTo(suzuki.email);
    expect(mail.text).toContain(LIMIT);
    expect(mail.text).toContain(APPROVAL);
  });
});
