import { BouncePort } from '../../src/mail/bounces/bounce-port.js';
import { startApp, type RunningApp } from '../support/app.js';
import { auFull, docomo, statusReport } from '../support/bounces.js';
import { Operator } from '../support/command.js';
import { freePort } from '../support/free-port.js';
import { office } from '../support/invitation.js';
import { LmtpClient } from '../support/lmtp.js';
import type { Mail } from '../support/mailbox.js';
import { asksForEmail, proves } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { asksElsewhere, finishes, linkTo, NEW_PASSWORD } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';

const UNREACHED = 'ご登録のメールアドレスに、メールが届いていません。';
const NOTICE = 'ログアウト';

let running: RunningApp;
let people = 0;
beforeAll(async () => {
  const bounceLmtpPort = await freePort();
  running = await startApp({ bounceDomain: 'bounce.front.example', bounceLmtpPort });
  await running.app.get(BouncePort).open();
});
afterAll(() => running.stop());
afterEach(() => running.clock.reset());

async function comesBack({ returnPath }: Mail, message: string): Promise<void> {
  const relay = await LmtpClient.open(running.config.bounceLmtpPort!);
  const [answer] = await relay.delivers(message, returnPath);
  expect(answer).toMatch(/^250 /);
  relay.closes();
}

/** 佐藤's colleague 田中, to whom a notice came back. */
async function unreached(domain = 'sakura.example', bounce?: (email: string) => string) {
  const { person: sato, corporation } = await office(running);
  people += 1;
  const loginId = `tanaka-gone-${people}`;
  const given = { corporation, loginId, name: '田中 健', email: `${loginId}@${domain}` };
  const tanaka = await running.people.staffExists(given);
  await isNoticed(sato, tanaka);
  const mail = await running.mailbox.mailTo(tanaka.email, NOTICE);
  await running.mailbox.everythingIsSent();
  const report = bounce?.(tanaka.email) ?? statusReport({ recipient: tanaka.email });
  await comesBack(mail, report);
  await running.mailbox.isReadBy(tanaka.email);
  return { sato, corporation, tanaka };
}

async function isNoticed(sato: Awaited<ReturnType<typeof office>>['person'], member: Member) {
  await signsIn(running.visitor(), member);
  await sato.opens(`/accounts/${member.id}`);
  await sato.presses('すべての端末からログアウトさせる');
}

describe('an address that nobody has', () => {
  it('gets no notices any more; its person and the administrators are told on the pages', async () => {
    const { sato, tanaka } = await unreached();
    await isNoticed(sato, tanaka);
    await running.mailbox.nothingFor(tanaka.email);

    const person = running.visitor();
    await signsIn(person, tanaka);
    await person.opens('/');
    expect(person.page.text).toContain(UNREACHED);
    expect(person.page.text).toContain('1日に1通だけ送信します。');
    await person.follows('メールアドレスを変更する');
    expect(person.page.path).toBe('/me/email');
    expect((await sato.opens('/')).text).not.toContain(UNREACHED);
    expect(sato.page.text).toContain('不達 1名');
    const { out } = await new Operator(running).types('account', 'show', tanaka.loginId);
    expect(out).toContain('came back');
    expect(out).toMatch(/suppressed {2}1 {2}-$/m);
    expect(out).toMatch(/bounced \(unknown-address\) {2}1 {2}550 5\.1\.1/);
  });

  it('gets one recovery a day, whose link no further request makes void', async () => {
    const { corporation, tanaka } = await unreached();
    await asksElsewhere(running, tanaka.email);
    const link = await linkTo(running, tanaka.email);
    await asksElsewhere(running, tanaka.email.toUpperCase());
    await running.mailbox.nothingFor(tanaka.email);
    const person = running.visitor();
    await person.opens(link);
    await finishes(person, corporation);
    expect(person.page.h1).toBe('パスワード再登録完了');
  });

  it('gets the next one a day later', async () => {
    const { tanaka } = await unreached();
    await asksElsewhere(running, tanaka.email);
    await running.mailbox.mailTo(tanaka.email);
    await running.clock.advance('23 hours');
    await asksElsewhere(running, tanaka.email);
    await running.mailbox.nothingFor(tanaka.email);
    await running.clock.advance('1 hour 1 second');
    await asksElsewhere(running, tanaka.email);
    await running.mailbox.mailTo(tanaka.email);
  });

  it('starts anew once a recovery proves the mailbox', async () => {
    const { sato, corporation, tanaka } = await unreached();
    await asksElsewhere(running, tanaka.email);
    const person = running.visitor();
    await person.opens(await linkTo(running, tanaka.email));
    await finishes(person, corporation);
    await running.mailbox.mailTo(tanaka.email, '再登録完了');
    await isNoticed(sato, { ...tanaka, password: NEW_PASSWORD });
    await running.mailbox.mailTo(tanaka.email, NOTICE);
    expect((await sato.opens('/accounts')).text).not.toContain('メール不達');
    expect((await sato.opens('/')).text).toContain('不達なし');
  });

  it('stays with the person no longer once another one is proved', async () => {
    const { sato, tanaka } = await unreached();
    const person = running.visitor();
    await signsIn(person, tanaka);
    const email = `new-${tanaka.email}`;
    await asksForEmail(person, email);
    await proves(person, running.mailbox.linkIn(await running.mailbox.mailTo(email)));
    expect((await person.opens('/')).text).not.toContain(UNREACHED);
    expect((await sato.opens('/')).text).toContain('不達なし');
    await isNoticed(sato, { ...tanaka, email });
    await running.mailbox.mailTo(email, NOTICE);
    await running.mailbox.nothingFor(tanaka.email);
  });

  it('is tried again when the desk says that its refusal was wrong', async () => {
    const { sato, tanaka } = await unreached();
    await new Operator(running).types('mail', 'retry', '--bounced');
    await isNoticed(sato, tanaka);
    await running.mailbox.mailTo(tanaka.email, NOTICE);
    expect((await sato.opens('/accounts')).text).not.toContain('メール不達');
  });
});

const refused = (recipient: string) =>
  statusReport({ recipient, status: '5.7.1', diagnostic: 'smtp; 550 content filter' });

describe('other troubles', () => {
  it("of a carrier's address lead to its reception settings", async () => {
    const { sato, tanaka } = await unreached('docomo.ne.jp', docomo);
    expect((await sato.opens('/')).text).toContain('「ドメイン指定受信」などの設定の確認');
    expect((await sato.opens('/accounts')).text).toContain('メール不達（受信設定）');
    const person = running.visitor();
    await signsIn(person, tanaka);
    const sender = running.config.mailFrom.replace(/.*@|>/g, '');
    expect((await person.opens('/')).text).toContain(`受信設定で ${sender} を許可するか`);
  });

  it('of a filter lead to those who run the mail', async () => {
    const { sato } = await unreached('sakura.example', refused);
    expect((await sato.opens('/')).text).toContain(
      'メールの受信を拒否されている利用者が1名います。',
    );
  });

  it('of a full mailbox keep nothing back, and are over with the next mail that arrives', async () => {
    const { sato, tanaka } = await unreached('ezweb.ne.jp', auFull);
    expect((await sato.opens('/accounts')).text).toContain('メール不達（容量超過）');
    const person = running.visitor();
    await signsIn(person, tanaka);
    // Not a page later: the mail about this first sign-in is on its way.
    expect(person.page.text).toContain('不要なメールを削除すると');
    expect(person.page.text).not.toContain('1日に1通だけ送信します。');
    await isNoticed(sato, tanaka);
    await running.mailbox.mailTo(tanaka.email, NOTICE);
    await running.mailbox.everythingIsSent();
    expect((await sato.opens('/accounts')).text).not.toContain('メール不達');
    await signsIn(person, tanaka);
    expect((await person.opens('/')).text).not.toContain(UNREACHED);
  });

  it('concern everybody who reads the mailbox, and nobody else', async () => {
    const { sato, corporation, tanaka } = await unreached();
    const given = { corporation, name: '加藤 恵' };
    const loginId = `kato-gone-${people}`;
    const kato = await running.people.staffExists({ ...given, loginId, email: tanaka.email });
    const other = await running.people.staffExists({ ...given, loginId: `${loginId}-other` });
    const person = running.visitor();
    await signsIn(person, kato);
    expect((await person.opens('/')).text).toContain(UNREACHED);
    const elsewhere = running.visitor();
    await signsIn(elsewhere, other);
    expect((await elsewhere.opens('/')).text).not.toContain(UNREACHED);
    await isNoticed(sato, other);
    await running.mailbox.mailTo(other.email, NOTICE);
  });
});
