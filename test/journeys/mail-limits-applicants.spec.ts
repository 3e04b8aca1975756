import { startApp, type RunningApp } from '../support/app.js';
import { asks, linkTo } from '../support/recovery.js';
import { activates, applicant, registers } from '../support/registration.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

let networks = 0;
/** Each from another network. */
const elsewhere = () => running.visitor({ address: `10.76.${(networks += 1)}.5` });

describe('recoveries for the mailbox of an applicant', () => {
  it('void no link of an applicant by recoveries, and cause no mails beside those', async () => {
    const nazuna = await running.people.corporationExists({
      corporateNumber: '6006009',
      name: 'なずな株式会社',
    });
    const kunugi = await running.people.corporationExists({
      corporateNumber: '6006008',
      name: 'くぬぎ株式会社',
    });
    const given = { corporation: kunugi, loginId: 'kunugi.victim', name: '小野 瞳' };
    const { email } = await running.people.administratorExists(given);
    const honest = applicant('kunugi.honest', { email });
    await registers(elsewhere(), nazuna, honest);
    const link = await linkTo(running, email);
    for (const loginId of ['squat.one', 'squat.two'])
      await registers(elsewhere(), nazuna, applicant(loginId, { email }));
    await running.mailbox.everythingIsSent();
    const before = running.mailbox.unread(email).length;
    for (let times = 0; times < 13; times += 1) await asks(elsewhere(), email);
    await running.mailbox.everythingIsSent();
    const mails = running.mailbox.unread(email).slice(before);
    expect(mails.length).toBeLessThanOrEqual(12);
    for (const { subject } of mails) expect(subject).toContain('パスワード再登録のご案内');
    const person = running.visitor();
    await activates(person, link);
    expect(person.page.path).toBe('/login');
  });

  it('repeat a mail where somebody applied, three times an hour', async () => {
    const yomogi = await running.people.corporationExists({
      corporateNumber: '6006011',
      name: 'よもぎ株式会社',
    });
    const email = 'kunugi.shared@example.jp';
    const near = () => running.visitor({ address: `10.75.1.${(networks += 1)}` });
    for (const loginId of ['shared.one', 'shared.two'])
      await registers(near(), yomogi, applicant(loginId, { email }));
    await running.mailbox.everythingIsSent();
    const before = running.mailbox.unread(email).length;
    for (let times = 0; times < 3; times += 1) await asks(near(), email);
    await running.mailbox.everythingIsSent();
    expect(running.mailbox.unread(email).length - before).toBe(3);
  });

  it('get one mail for a registration whose link is over, by however many recoveries', async () => {
    const hakobe = await running.people.corporationExists({
      corporateNumber: '6006010',
      name: 'はこべ株式会社',
    });
    const entered = applicant('kunugi.late');
    await registers(elsewhere(), hakobe, entered);
    await running.mailbox.mailTo(entered.email);
    await running.clock.advance('24 hours');
    for (let times = 0; times < 3; times += 1) await asks(elsewhere(), entered.email);
    await activates(running.visitor(), await linkTo(running, entered.email));
    await running.mailbox.nothingFor(entered.email);
  });
});
