import { browserInWords } from '../web/browser-name.js';
import { momentInWords } from '../web/moment-in-words.js';
import type { Language } from '../web/texts.js';
import { enrollmentPreviews } from './enrollment-previews.js';

/** Every mail with the values of an invented person. */
export function mailPreviews(
  language: Language,
): { mail: string; model: Record<string, unknown> }[] {
  const deadline = momentInWords(new Date('2026-11-23T09:30:00Z'), language);
  const person = { corporationName: '株式会社みなと製作所', name: '佐藤 花子' };
  const url = 'https://genkan.example/activation/...';
  const objectionUrl = 'https://genkan.example/admin-enrollment/objection/...';
  const caseNumber = 'K7M2-9QXA';
  const deed = { ...person, loginId: 'sato-hanako', time: deadline, by: '鈴木 一郎', objectionUrl };
  const change = { ...person, restricts: true, actorName: '鈴木 次郎', time: deadline };
  const list = 'https://genkan.example/ip-restriction';
  const application = {
    name: person.name,
    deadline,
    time: deadline,
    address: '192.0.2.10',
    browser: browserInWords({ system: 'Windows', browser: 'Chrome' }),
  };
  return [
    { mail: 'activation', model: { ...application, url } },
    {
      mail: 'recovery',
      model: {
        url,
        codeUrl: 'https://genkan.example/password-reset/code',
        code: 'K7M2-9QXA',
        deadline,
      },
    },
    {
      mail: 'recovered',
      model: { ...person, loginId: 'sato-hanako', time: deadline, address: '192.0.2.10' },
    },
    {
      mail: 'invitation',
      model: {
        ...person,
        inviter: '鈴木 一郎',
        url: 'https://genkan.example/invitation/...',
        deadline,
      },
    },
    {
      mail: 'role-changed',
      model: { ...person, by: '鈴木 一郎', isAdministrator: false },
    },
    {
      mail: 'desk-acted',
      model: { ...deed, why: 'お電話で承りました', isFrozen: true, isReleased: false },
    },
    { mail: 'sessions-ended', model: { ...person, by: '鈴木 一郎' } },
    {
      mail: 'review-reminder',
      model: { ...person, url: 'https://genkan.example/accounts/handover' },
    },
    {
      mail: 'application-proof',
      model: { ...application, url: 'https://genkan.example/admin-enrollment/application/...' },
    },
    { mail: 'wrong-numbers-tried', model: { ...person, name: '', time: deadline } },
    { mail: 'review-begun', model: { ...person, caseNumber } },
    { mail: 'review-refused', model: { ...person, caseNumber } },
    { mail: 'review-for-desk', model: { caseNumber, command: 'genkan review list' } },
    ...enrollmentPreviews(person, deadline),
    ...ownAccountMails(person, deadline),
    { mail: 'account-deleted', model: { ...deed, deadline } },
    { mail: 'account-restored', model: { ...deed, isSuspended: false } },
    { mail: 'account-suspended', model: deed },
    { mail: 'account-released', model: deed },
    ...ipAccess(person, deadline),
    { mail: 'ip-trial-started', model: { ...change, deadline, url: `${list}/trial` } },
    { mail: 'ip-changed', model: { ...change, url: list } },
    { mail: 'ip-ended', model: { ...change, actorName: null, url: list } },
    { mail: 'test', model: {} },
  ];
}

function ownAccountMails(person: { corporationName: string; name: string }, deadline: string) {
  const newEmail = 'h…@minato.example';
  const requestedBy = '鈴木 一郎';
  const site = 'https://genkan.example';
  const address = '192.0.2.10';
  const browser = browserInWords({ system: 'Windows', browser: 'Chrome' });
  const undo = `${site}/email-change/undo/...`;
  return [
    {
      mail: 'email-change-proof',
      model: { ...person, requestedBy: null, url: `${site}/email-change/...`, deadline },
    },
    {
      mail: 'email-change-requested',
      model: { ...person, requestedBy, newEmail },
    },
    { mail: 'email-changed', model: { ...person, newEmail, url: undo, deadline } },
    { mail: 'email-change-undone', model: person },
    { mail: 'password-changed', model: { ...person, time: deadline, address } },
    {
      mail: 'new-environment',
      model: {
        ...person,
        time: deadline,
        address,
        browser,
        isFirst: false,
        url: `${site}/sign-in-report/...`,
        deadline,
      },
    },
  ];
}

function ipAccess(
  person: object,
  time: string,
): { mail: string; model: Record<string, unknown> }[] {
  const url = 'https://genkan.example/ip-restriction';
  const address = '192.0.2.10';
  const entry = { network: '192.0.2.0/24', label: '大阪支店', end: time };
  const purpose = '在宅勤務のため';
  return [
    {
      mail: 'ip-request',
      model: { ...person, requester: '鈴木 次郎', address, purpose, until: time, url },
    },
    { mail: 'ip-request-approved', model: { ...person, address, until: time, url } },
    { mail: 'ip-request-refused', model: { ...person, address, word: '社内でご利用ください。' } },
    { mail: 'ip-emergency', model: { ...person, user: '佐藤 花子', address, time, left: 9, url } },
    { mail: 'ip-entries-end', model: { ...person, entries: [{ ...entry, kept: true }], url } },
    { mail: 'ip-entries-kept', model: { ...person, entries: [entry], url } },
    {
      mail: 'ip-suspended',
      model: { ...person, until: time, reason: 'お客様からのお申し出', url },
    },
  ];
}
