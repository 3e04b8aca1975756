import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { TAMURA } from '../../support/desk-people.js';
import { neutral, provesBehind, wrong } from '../../support/proof.js';
import { activates, applicant } from '../../support/registration.js';
import { applies, entersNumbers, leftBehind } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function linkTo(email: string): Promise<string> {
  return running.mailbox.linkIn(await running.mailbox.mailTo(email));
}

it('five proved applications of a day send right and wrong pairs to the desk, which lets one in', async () => {
  const { corporation, suzuki } = await leftBehind(running);
  const billing = 'keiri@crowd.example';
  await running.pool.query('update corporations set billing_email = $2 where id = $1', [
    corporation.id,
    billing,
  ]);
  const crowd = [1, 2, 3, 4, 5].map((number) => applicant(`crowd-${number}`));
  for (const each of crowd) await applies(running.visitor(), corporation, each);
  for (const { email } of crowd) await activates(running.visitor(), await linkTo(email));
  await running.mailbox.everythingIsSent();
  const seen: string[][] = [];
  const numbers: string[] = [];
  for (const [company, entered] of [
    [corporation, suzuki],
    [wrong(corporation), applicant('x'.repeat(suzuki.loginId.length), { name: suzuki.name })],
  ] as const) {
    const person = running.visitor();
    const pages: string[] = [];
    await entersNumbers(person, company);
    expect(person.page.path).toContain('/admin-enrollment/details');
    pages.push(person.page.html);
    await applies(person, company, entered);
    expect(person.page.h1).toBe('管理者追加登録完了');
    pages.push(person.page.html);
    await provesBehind(await linkTo(entered.email), person);
    expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
    numbers.push(person.page.facts.受付番号!);
    pages.push(person.page.html);
    const typed = [entered.loginId, entered.email, numbers.at(-1)!];
    seen.push(pages.map((html) => neutral(html, ...typed)));
  }
  expect(seen[1]).toEqual(seen[0]);
  await running.mailbox.everythingIsSent();
  const reviews = running.mailbox
    .unread(running.config.deskMail)
    .filter(({ text }) => text.includes('genkan review list'));
  expect(reviews).toHaveLength(2);
  expect(running.mailbox.unread(billing).at(-1)!.text).toContain('続いています');

  const operator = new Operator(running);
  expect((await operator.types('review', 'grant', numbers[1]!, ...TAMURA)).exitCode).toBe(1);
  expect(await operator.types('review', 'grant', numbers[0]!, ...TAMURA)).toMatchObject({
    exitCode: 0,
  });
}, 60_000);
