import { BouncePort } from '../../src/mail/bounces/bounce-port.js';
import { startApp, type RunningApp } from '../support/app.js';
import { statusReport } from '../support/bounces.js';
import { Clerk } from '../support/desk-clerk.js';
import { freePort } from '../support/free-port.js';
import { invited, invites, office } from '../support/invitation.js';
import { LmtpClient } from '../support/lmtp.js';
import { linesOf } from '../support/log.js';
import { signsIn } from '../support/registration.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  const bounceLmtpPort = await freePort();
  running = await startApp({ bounceDomain: 'bounce.front.example', bounceLmtpPort });
  await running.app.get(BouncePort).open();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

async function comesBack(email: string, subject = ''): Promise<void> {
  const mail = await running.mailbox.mailTo(email, subject);
  await running.mailbox.everythingIsSent();
  const report = statusReport({ recipient: email });
  const relay = await LmtpClient.open(running.config.bounceLmtpPort!);
  expect((await relay.delivers(report, mail.returnPath))[0]).toMatch(/^250 /);
  relay.closes();
}

it("a mail that came back is a line of the company's log, found by its kind", async () => {
  const { person, corporation } = await office(running);
  const email = 'tanaka@gone.example';
  const given = { corporation, loginId: 'tanaka-gone', name: '田中 健', email };
  const tanaka = await running.people.staffExists(given);
  await signsIn(running.visitor(), tanaka);
  await person.opens(`/accounts/${tanaka.id}`);
  await person.presses('すべての端末からログアウトさせる');
  await comesBack(email, 'ログアウト');
  await person.opens('/log');
  person.fills('操作の種類', '届かなかったメール');
  await person.presses('検索');
  expect(linesOf(person)).toEqual([
    {
      who: '自動処理',
      what: '田中 健 様にメールを届けようとしました',
      result: 'できませんでした 宛先のメールサーバーが受け取りませんでした',
      from: '',
    },
  ]);
  await person.opens('/log?what=mail');
  await person.presses('CSVをダウンロード（UTF-8）');
  expect(person.page.html).toContain('田中 健 様にメールを届けようとしました');
});

it('an invitation that came back names who was invited, and the desk finds it by the address', async () => {
  const { person } = await office(running);
  const email = 'nakamura@gone.example';
  await invites(person, invited(email, { name: '中村 次郎' }));
  await comesBack(email);
  await person.opens('/log?what=mail');
  expect(linesOf(person)[0]!.what).toBe('中村 次郎 様にメールを届けようとしました');

  await clerk.searches('NAKAMURA@gone.example');
  expect(clerk.page.text).toMatch(/招待された方[\s\S]*中村 次郎[\s\S]*メール不達/);
});

it('somebody whose invitation came back calls, and the desk finds the name and what helps', async () => {
  const { person, corporation } = await office(running);
  const email = 'ishii@gone.example';
  const nameKana = 'イシイ ケン';
  await invites(person, invited(email, { name: '石井 健', nameKana }));
  await invites(person, invited('ishii-2@gone.example', { name: '石井 太郎', nameKana }));
  await comesBack(email);

  const said = '招待のメールが i…@gone.example に届かず、宛先が見つかりませんでした。';
  for (const line of ['石井 健', '石井健様', '健 石井', `${corporation.name} 石井 健`]) {
    await clerk.searches(line);
    expect([line, clerk.page.text]).toEqual([line, expect.stringContaining(said)]);
    expect(clerk.page.text).not.toContain('石井 太郎');
  }
  for (const line of ['いしい', '石井', `石井 ${corporation.corporateNumber}`]) {
    await clerk.searches(line);
    expect([line, clerk.page.text]).toEqual([line, expect.stringContaining('石井 太郎')]);
  }
  await clerk.searches('石井 健 よその会社');
  expect(clerk.page.text).toContain('当てはまるものはありません。');
  await clerk.browser.opens(`/desk/corporations/${corporation.id}`);
  expect(clerk.page.text).toContain(said);
  const links = clerk.page.root.querySelectorAll('#invitations + table a');
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    `/desk/corporations/${corporation.id}#administrators`,
    `/desk/corporations/${corporation.id}#administrators`,
  ]);
});
