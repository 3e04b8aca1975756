import { browserInWords } from '../web/browser-name.js';
import { PREVIEW_SITE, type MailPreview, type PreviewFacts } from './mail-preview.js';

const loginId = 'sato-hanako';
const by = '鈴木 一郎';
const address = '192.0.2.10';

/** Mails to people about accounts. */
export function accountPreviews(facts: PreviewFacts): MailPreview[] {
  return [...links(facts), ...deeds(facts), ...roles(facts), ...ownAccount(facts)];
}

function links({ person, time: deadline }: PreviewFacts): MailPreview[] {
  const code = { code: 'K7M2-9QXA', codeUrl: `${PREVIEW_SITE}/password-reset/code` };
  const invitation = `${PREVIEW_SITE}/invitation/...`;
  return [
    {
      mail: 'recovery',
      model: { url: `${PREVIEW_SITE}/password-reset/...`, deadline, ...code },
    },
    { mail: 'recovered', model: { ...person, loginId, time: deadline, address } },
    { mail: 'invitation', model: { ...person, inviter: by, url: invitation, deadline } },
    { mail: 'review-reminder', model: { ...person, url: `${PREVIEW_SITE}/accounts/handover` } },
  ];
}

function deeds({ person, time }: PreviewFacts): MailPreview[] {
  const objectionUrl = `${PREVIEW_SITE}/admin-enrollment/objection/...`;
  const deed = { ...person, loginId, time, by, objectionUrl };
  const own = { ...deed, by: null, objectionUrl: null };
  return [
    { mail: 'account-deleted', model: { ...deed, deadline: time } },
    { mail: 'account-deleted', variant: 'by-oneself', model: { ...own, deadline: time } },
    { mail: 'account-restored', model: { ...deed, isSuspended: false } },
    { mail: 'account-restored', variant: 'suspended', model: { ...deed, isSuspended: true } },
    { mail: 'account-suspended', model: deed },
    { mail: 'account-suspended', variant: 'final', model: { ...deed, objectionUrl: null } },
    { mail: 'account-released', model: deed },
  ];
}

function roles({ person, time }: PreviewFacts): MailPreview[] {
  const act = { ...person, loginId, time, why: 'お電話で承りました', isFrozen: false };
  return [
    { mail: 'role-changed', model: { ...person, by, isAdministrator: true } },
    { mail: 'role-changed', variant: 'staff', model: { ...person, by, isAdministrator: false } },
    { mail: 'sessions-ended', model: { ...person, by } },
    { mail: 'desk-acted', model: { ...act, isFrozen: true, isReleased: false } },
    { mail: 'desk-acted', variant: 'released', model: { ...act, isReleased: true } },
    { mail: 'desk-acted', variant: 'sessions-ended', model: { ...act, isReleased: false } },
  ];
}

function ownAccount({ person, time }: PreviewFacts): MailPreview[] {
  const newEmail = 'h…@minato.example';
  const proof = { ...person, url: `${PREVIEW_SITE}/email-change/...`, deadline: time };
  const browser = browserInWords({ system: 'Windows', browser: 'Chrome' });
  const report = { url: `${PREVIEW_SITE}/sign-in-report/...`, deadline: time };
  const signIn = { ...person, time, address, browser, ...report };
  const undo = { url: `${PREVIEW_SITE}/email-change/undo/...`, deadline: time };
  return [
    { mail: 'email-change-proof', model: { ...proof, requestedBy: null } },
    { mail: 'email-change-proof', variant: 'requested', model: { ...proof, requestedBy: by } },
    { mail: 'email-change-requested', model: { ...person, requestedBy: by, newEmail } },
    {
      mail: 'email-change-requested',
      variant: 'by-oneself',
      model: { ...person, requestedBy: null, newEmail },
    },
    { mail: 'email-changed', model: { ...person, newEmail, ...undo } },
    { mail: 'email-change-undone', model: person },
    { mail: 'password-changed', model: { ...person, time, address } },
    { mail: 'new-environment', model: { ...signIn, isFirst: false } },
    { mail: 'new-environment', variant: 'first', model: { ...signIn, isFirst: true } },
  ];
}
