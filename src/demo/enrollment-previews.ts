import { browserInWords } from '../web/browser-name.js';
import { PREVIEW_SITE, type MailPreview, type PreviewFacts } from './mail-preview.js';

const caseNumber = 'K7M2-9QXA';
const command = `genkan enrollment show ${caseNumber}`;
const statement = ['鈴木は10月に着任しました。', '佐藤は9月に退職しています。'];

/** The mails of a registration or a succession. */
export function enrollmentPreviews(facts: PreviewFacts): MailPreview[] {
  return [
    ...applications(facts),
    ...newcomers(facts),
    ...witnesses(facts),
    ...deskMails(facts),
    ...decisions(facts),
  ];
}

function applications({ person, time }: PreviewFacts): MailPreview[] {
  const { name } = person;
  const proof = { ...applied(time), name, url: `${PREVIEW_SITE}/admin-enrollment/application/...` };
  return [
    { mail: 'activation', model: { ...proof, url: `${PREVIEW_SITE}/activation/...` } },
    { mail: 'activation', variant: 'of-a-former-version', model: { ...proof, time: '' } },
    { mail: 'application-proof', model: proof },
    { mail: 'application-queued', model: { ...person, caseNumber } },
    { mail: 'review-begun', model: { name, caseNumber } },
    { mail: 'review-refused', model: { name, caseNumber } },
    { mail: 'review-for-desk', model: { caseNumber, command: 'genkan review list' } },
    { mail: 'wrong-numbers-tried', model: { ...person, name: '', time } },
  ];
}

function newcomers(facts: PreviewFacts): MailPreview[] {
  const { person, time } = facts;
  const link = { url: `${PREVIEW_SITE}/activation/...`, deadline: time };
  const welcome = { ...applied(time), name: person.name, caseNumber, url: link.url };
  return [
    {
      mail: 'administrator-welcome',
      model: { ...welcome, isLoginIdTaken: false, otherId: false, release: '' },
    },
    {
      mail: 'administrator-welcome',
      variant: 'held',
      model: { ...welcome, isLoginIdTaken: true, otherId: true, release: time },
    },
    { mail: 'administrator-appointed', model: { ...person, ...link } },
    { mail: 'newcomer-frozen', model: about(facts) },
  ];
}

function witnesses(facts: PreviewFacts): MailPreview[] {
  const application = about(facts);
  const link = { url: `${PREVIEW_SITE}/admin-enrollment/objection/...`, deadline: facts.time };
  const added = { ...application, ...link, release: '', isBillingContact: false };
  const billing = { name: '', isBillingContact: true };
  const initial = { ...application, isInitial: true };
  return [
    { mail: 'administrator-added', model: added },
    { mail: 'administrator-added', variant: 'held', model: { ...added, release: facts.time } },
    {
      mail: 'administrator-added',
      variant: 'first',
      model: { ...added, ...billing, isInitial: true, release: facts.time },
    },
    { mail: 'administrator-added', variant: 'to-billing', model: { ...added, ...billing } },
    { mail: 'administrator-added', variant: 'to-a-newcomer', model: { ...added, url: '' } },
    { mail: 'application-withdrawn', model: { ...application, isDenied: false } },
    { mail: 'application-withdrawn', variant: 'first', model: { ...initial, isDenied: false } },
    { mail: 'application-withdrawn', variant: 'denied', model: { ...initial, isDenied: true } },
    { mail: 'objection-received', model: { ...application, frozen: true, unproved: false } },
    {
      mail: 'objection-received',
      variant: 'unproved',
      model: { ...initial, frozen: false, unproved: true },
    },
    {
      mail: 'objection-received',
      variant: 'at-desk',
      model: { ...application, frozen: false, unproved: false },
    },
  ];
}

function deskMails(facts: PreviewFacts): MailPreview[] {
  const application = { ...about(facts), command };
  const initial = { ...application, isInitial: true };
  const objection = { objector: '佐藤 花子', ownCase: '', statement, frozen: true };
  const billing = { objector: '', ownCase: 'P3T8-4WZC', statement: [], frozen: false };
  const words = { statement, isNewcomer: true, witness: '' };
  return [
    { mail: 'objection-for-desk', model: { ...application, ...objection } },
    { mail: 'objection-for-desk', variant: 'first', model: { ...initial, ...billing } },
    { mail: 'statement-for-desk', model: { ...application, ...words } },
    { mail: 'statement-for-desk', variant: 'first', model: { ...initial, ...words } },
    {
      mail: 'statement-for-desk',
      variant: 'of-a-witness',
      model: { ...application, ...words, isNewcomer: false, witness: '佐藤 花子' },
    },
    {
      mail: 'statement-for-desk',
      variant: 'of-billing',
      model: { ...application, ...words, isNewcomer: false },
    },
    { mail: 'unwitnessed-for-desk', model: application },
  ];
}

function decisions(facts: PreviewFacts): MailPreview[] {
  const application = about(facts);
  const initial = { ...application, isInitial: true };
  return [
    { mail: 'application-approved', model: application },
    { mail: 'desk-decided', model: { ...application, upheld: true, appointed: '' } },
    {
      mail: 'desk-decided',
      variant: 'dismissed',
      model: { ...application, upheld: false, appointed: '高橋 直美' },
    },
    {
      mail: 'desk-decided',
      variant: 'first-upheld',
      model: { ...initial, upheld: true, appointed: '' },
    },
    {
      mail: 'desk-decided',
      variant: 'first-dismissed',
      model: { ...initial, upheld: false, appointed: '' },
    },
  ];
}

/** When and from where somebody applied. */
function applied(time: string) {
  const browser = browserInWords({ system: 'Windows', browser: 'Chrome' });
  return { time, address: '192.0.2.10', browser, deadline: time };
}

function about({ person, time }: PreviewFacts) {
  return {
    ...person,
    caseNumber,
    applicant: '鈴木 一郎',
    mailDomain: 'minato[.]example',
    time,
    address: '192.0.2.10',
    network: '192.0.2.0/24',
    isInitial: false,
  };
}
