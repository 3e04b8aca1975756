import { MAIL_CASES } from '../../src/demo/mail-cases.js';
import { mailCatalogue } from '../../src/demo/mail-catalogue.js';
import { mailPreviews } from '../../src/demo/mail-previews.js';

const namesOf = (search: { q?: string; to?: string }, language: 'ja' | 'en' = 'ja') =>
  mailCatalogue({ q: '', to: '', ...search }, language).flatMap(({ mails }) =>
    mails.map(({ name }) => name),
  );

it('lists each mail once, in a chapter', () => {
  const names = mailPreviews.map(({ name }) => name);
  expect(namesOf({}).toSorted()).toEqual(names.toSorted());
});

it('names a case for each mail that says one thing or another, and for no mail that there is not', () => {
  const names = mailPreviews.map(({ name }) => name);
  const cases = Object.keys(MAIL_CASES);
  expect(cases.filter((name) => !names.includes(name))).toEqual([]);
  expect(names.filter((name) => name.includes('--') && !cases.includes(name))).toEqual([]);
});

it('tells all mails of a chapter apart by title and case', () => {
  for (const { mails } of mailCatalogue({ q: '', to: '' }, 'ja')) {
    const rows = mails.map(({ title, when }) => `${title.text} ${when?.text ?? ''}`);
    expect(rows).toEqual([...new Set(rows)]);
  }
});

it('is narrowed by words of the reader’s language, and by who gets the mail', () => {
  expect(namesOf({ q: 'はじめてのログイン' })).toEqual(['new-environment--first']);
  expect(namesOf({ q: 'FIRST LOGIN' })).toEqual([]);
  expect(namesOf({ q: '招待' })).toEqual(['invitation']);
  expect(namesOf({ q: 'INVITATION' }, 'en')).toEqual(['invitation']);
  expect(namesOf({ to: 'billing' })).toEqual([
    'wrong-numbers-tried',
    'master-data-changed',
    'master-data-changed--account',
    'administrator-added--first',
    'administrator-added--to-billing',
    'administrator-made--to-billing',
    'corporation-closed--to-billing',
    'desk-answer--to-billing',
  ]);
  expect(mailCatalogue({ q: 'zzz', to: '' }, 'ja')).toEqual([]);
});
