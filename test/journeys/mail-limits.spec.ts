import { startApp, type RunningApp } from '../support/app.js';
import { isUsed } from '../support/proof.js';
import type { Corporation } from '../support/people.js';
import { applicant, registers } from '../support/registration.js';

const MAILBOX = 'このメールアドレスへメールを送信できる回数（1時間に3回、1日に10回）を超えました。';
const NETWORK = 'お使いのネットワークからメールを送信できる回数（1時間に20回）を超えました。';

let running: RunningApp;
let kunugi: Corporation;
beforeAll(async () => {
  running = await startApp();
  const given = { corporateNumber: '6006006', name: 'くぬぎ株式会社' };
  kunugi = await running.people.corporationExists(given);
});
afterAll(() => running.stop());

describe('a mail that is not sent', () => {
  it('says so where the mailbox got too many', async () => {
    const entered = applicant('kunugi.one');
    for (let mails = 0; mails < 3; mails += 1) await registers(running.visitor(), kunugi, entered);
    const person = running.visitor();
    await registers(person, kunugi, entered);
    expect(person.page.status).toBe(429);
    expect(person.page.text).toContain(MAILBOX);
  });

  it('says so where the network of the reader caused too many, whatever the mailbox', async () => {
    const address = '198.51.100.77';
    const before = running.visitor({ address });
    await registers(before, kunugi, applicant('kunugi.two'));
    await isUsed(running, 20, `mail:client:${address}`);
    const person = running.visitor({ address });
    await registers(person, kunugi, applicant('kunugi.three'));
    expect(person.page.status).toBe(429);
    expect(person.page.text).toContain(NETWORK);
    await running.mailbox.nothingFor('kunugi.three@example.jp');

    await running.clock.advance('4 minutes');
    await before.presses('メールをもう一度送る');
    expect(before.page.notice).toContain(NETWORK);
    const elsewhere = running.visitor({ address: '198.51.100.78' });
    await registers(elsewhere, kunugi, applicant('kunugi.three'));
    await running.mailbox.mailTo('kunugi.three@example.jp');
  });
});
