import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import {
  activates,
  applicant,
  entersDetails,
  registers,
  signsIn,
} from '../support/registration.js';

const JAPANESE = /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}][^\n]*/gu;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({
    serviceName: 'Corporate Web',
    operatorName: 'Genkan Estate',
    deskHours: '9:00-18:00',
  });
});
afterAll(() => running.stop());

async function reader(): Promise<Visitor> {
  const person = running.visitor();
  await person.opens('/login');
  await person.presses('English');
  return person;
}

/** What is Japanese on the page although the reader chose English. */
const japaneseOn = ({ page }: Visitor): string[] =>
  page.root.querySelector('body')!.structuredText.replace('日本語', '').match(JAPANESE) ?? [];

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
    const fields = { language: 'en', next: '//evil.example' };
    const answer = await running.visitor().sends('POST', '/language', { fields });
    expect(answer.headers.location).toBe('/');
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
});
