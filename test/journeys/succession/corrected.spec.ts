import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { applicant, registers, type Applicant } from '../../support/registration.js';
import { applies, leftBehind } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const linkTo = async ({ email }: Applicant) =>
  running.mailbox.linkIn(await running.mailbox.mailTo(email));

async function corrects(person: Visitor, field = '部署', text = '総務部 第2課'): Promise<void> {
  await person.presses('取り消して内容を直す');
  person.fills(field, text);
  await person.presses('確認');
  await person.presses('登録');
}

async function replaced(link: string): Promise<void> {
  const person = running.visitor();
  await person.opens(link);
  expect(person.page.status).toBe(410);
  expect(person.page.h1).toBe('新しいURLをお送りしています');
  expect(person.page.text).toContain('いちばん新しいメールのURLを開いてください。');
  expect(person.page.text).not.toContain('やり直して');
}

describe('the first link of an application that was corrected', () => {
  it('leads a successor to the newer mail, and begins anew once that is withdrawn too', async () => {
    const { corporation, suzuki } = await leftBehind(running);
    const person = running.visitor();
    await applies(person, corporation, suzuki);
    const first = await linkTo(suzuki);
    await corrects(person);
    await replaced(first);
    const second = await linkTo(suzuki);
    const reader = running.visitor();
    await reader.opens(second);
    expect(reader.page.h1).toBe('登録の確認');
    await person.presses('取り消して内容を直す');
    for (const link of [first, second]) {
      await reader.opens(link);
      expect(reader.page.h1).toBe('お申し込みは終わっています');
    }
  });

  it('leads the first administrator there, also after the newer one was used', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '3190001',
      name: '株式会社かえで',
    });
    const [person, entered] = [running.visitor(), applicant('sato.corrected')];
    await registers(person, corporation, entered);
    const first = await linkTo(entered);
    await corrects(person);
    await replaced(first);
    const reader = running.visitor();
    await reader.opens(await linkTo(entered));
    await reader.presses('登録を完了する');
    await replaced(first);
  });

  it('names the newer mail to any reader, where the mail address was the mistake', async () => {
    const { corporation, suzuki } = await leftBehind(running);
    const maple = await running.people.corporationExists({
      corporateNumber: '3190002',
      name: '株式会社もみじ',
    });
    const sato = applicant('sato.elsewhere');
    const [successor, first] = [running.visitor(), running.visitor()];
    await applies(successor, corporation, suzuki);
    await registers(first, maple, sato);
    for (const [person, entered] of [[successor, suzuki] as const, [first, sato] as const]) {
      const link = await linkTo(entered);
      const email = `right.${entered.email}`;
      await corrects(person, 'メールアドレス', email);
      const reader = running.visitor();
      await reader.opens(link);
      expect(reader.page.status).toBe(410);
      expect(reader.page.text).toContain('そのときのメールアドレスに、新しいURLをお送りしています');
      expect(reader.page.html).not.toContain(email);
      await reader.opens(await linkTo({ ...entered, email }));
      expect(reader.page.h1).toBe('登録の確認');
    }
  });
});
