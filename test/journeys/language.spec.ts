import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';

const JAPANESE = /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}][^\n]*/gu;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({
    serviceNameEn: 'Corporate Web',
    operatorNameEn: 'Genkan Estate',
    deskHoursEn: '9:00-18:00',
  });
});
afterAll(() => running.stop());

async function reader(): Promise<Visitor> {
  const person = running.visitor();
  await person.opens('/login');
  await person.presses('English');
  return person;
}

/** What is Japanese on the page, but for the words that stand on an invoice, in brackets. */
const japaneseOn = ({ page }: Visitor): string[] =>
  page.root
    .querySelector('body')!
    .structuredText.replace('日本語', '')
    .replace(/\([^()]*\)/g, '')
    .match(JAPANESE) ?? [];

async function fills(person: Visitor, fields: Record<string, string>, button: string) {
  for (const [label, value] of Object.entries(fields)) person.fills(label, value);
  await person.presses(button);
}

describe('the language', () => {
  it('changes where the reader is, stays for the next pages, and changes back', async () => {
    const person = running.visitor();
    await person.opens('/help/mail');
    await person.presses('English');
    expect(person.page.path).toBe('/help/mail');
    expect(person.page.root.querySelector('html')!.getAttribute('lang')).toBe('en');
    await person.opens('/login');
    expect(person.page.root.querySelector('html')!.getAttribute('lang')).toBe('en');
    await person.presses('日本語');
    expect(person.page.h1).toBe('ログイン');
  });

  it('leads to no other site', async () => {
    const fields = { language: 'en' };
    for (const headers of [{}, { referer: 'https://evil.example/login' }]) {
      const path = '/language?next=//evil.example';
      const answer = await running.visitor().sends('POST', path, { fields, headers });
      expect(answer.headers.location).toBe('/');
    }
  });

  it.each([
    ['/language?next=/help', 'language=en&language=ja'],
    ['/language?next=/help', 'language=en&interrupted=/me&interrupted=/me'],
    ['/language?next=/help&next=/login', 'language=en'],
  ])('is one: %s with %s', async (path, body) => {
    const fields = new URLSearchParams(body) as unknown as Record<string, string>;
    const answer = await running.visitor().sends('POST', path, { fields });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([400, undefined]);
  });

  it('comes back to the page also where browsers keep it to themselves', async () => {
    const fields = { language: 'en' };
    const path = '/language?next=%2Fhelp%3Fq%3Dmail';
    const answer = await running.visitor().sends('POST', path, { fields });
    expect(answer.headers.location).toBe('/help?q=mail');
  });

  it.each([
    '/login',
    '/initiate',
    '/initiate/numbers',
    '/initiate/details',
    '/activation/unknown',
    '/nowhere',
    '/help',
    '/help/sign-in',
    '/help/mail',
    '/help/predecessor',
    '/help/numbers',
    '/help/ip-restriction',
  ])('is English in every word of %s', async (path) => {
    const person = await reader();
    await person.opens(path);
    expect(japaneseOn(person)).toEqual([]);
  });

  it('is English from the numbers to the TOP page, mail included', async () => {
    const person = await reader();
    const company = { corporateNumber: '1234567', name: 'Sakura Inc.' };
    await running.people.corporationExists(company);
    await person.opens('/initiate/numbers');
    const numbers = { 'Corporate number': '1234567', 'Transfer account number': '0012345' };
    await fills(person, { ...numbers, 'Transfer account number': '7' }, 'Confirm');
    expect(person.page.status).toBe(422);
    expect(person.page.title).toMatch(/^Error: /);
    expect(japaneseOn(person)).toEqual([]);
    await fills(person, numbers, 'Confirm');
    await fills(person, { Name: 'Mary' }, 'Confirm');
    expect(person.page.status).toBe(422);
    expect(japaneseOn(person)).toEqual([]);
    await fills(person, DETAILS, 'Confirm');
    expect(japaneseOn(person)).toEqual(['メアリー']);
    await person.presses('Register');
    expect(person.page.h1).toBe('New registration received');
    expect(person.page.text).toMatch(/20\d\d at \d\d:\d\d \(Japan time\)/);
    expect(japaneseOn(person)).toEqual([]);

    const mail = await running.mailbox.mailTo('mary@example.jp');
    expect(mail.subject).toBe('[Corporate Web] Registration instructions');
    expect(`${mail.text}${mail.html}`.match(JAPANESE)).toBeNull();
    await person.opens(running.mailbox.linkIn(mail));
    await person.presses('Complete registration');
    await fills(person, { ID: 'mary', Password: DETAILS.Password }, 'Sign in');
    expect(person.page.h1).toBe('Home');
    expect(japaneseOn(person)).toEqual([]);
  });
});

const DETAILS = {
  Name: 'Mary Smith',
  'Name in katakana': 'メアリー',
  'Email address': 'mary@example.jp',
  'Login ID': 'mary',
  Password: 'kaede-1192-tsuki',
  'Confirm password': 'kaede-1192-tsuki',
};
