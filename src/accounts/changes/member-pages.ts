import type { SignedIn } from '../../auth/sessions.js';
import { ACCOUNT_STATES } from '../../identity/account-states.js';
import { ROLES } from '../../identity/role.js';
import { page, type Answer } from '../../web/answers.js';
import { newForm, type FormReading } from '../../web/forms.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { say } from '../../web/sentence.js';
import { translate, type Language } from '../../web/texts.js';
import type { Visit } from '../../web/visit.js';
import type { ChangeForm } from './change.form.js';
import { changedFields, type Details } from './member-changes.js';
import type { MemberDetails } from './members-details.js';

const LABELS = {
  name: say('氏名'),
  nameKana: say('フリガナ'),
  department: say('部署'),
  phone: say('電話番号'),
  role: say('権限'),
};

/** 担当者情報の変更: the person with everything that can be done. */
export function memberPage(
  member: MemberDetails,
  form: FormReading,
  person: SignedIn,
  { language }: Visit,
  { status = 200 } = {},
): Answer {
  const { id, loginId, name, email, pendingEmail, state, lastSignInAt } = member;
  const model = {
    form,
    member: { id, loginId, name, email, role: ROLES[member.role] },
    state: ACCOUNT_STATES[state],
    pendingEmail,
    isDeleted: state === 'deleted',
    hasProvenEmail: state === 'active' || state === 'suspended',
    isSuspended: state === 'suspended',
    isOwn: id === person.accountId,
    lastSignIn: lastSignInAt && momentInWords(lastSignInAt, language),
  };
  return page('accounts/changes/member', say('担当者情報の変更'), model, { status });
}

/** Giving up the own rights is asked twice. */
export function ownDemotionPage(member: MemberDetails, entered: ChangeForm): Answer {
  const model = { id: member.id, form: newForm({ ...entered }) };
  return page('accounts/changes/own-demotion', say('ご自分の権限の変更'), model);
}

/** Somebody else saved meanwhile: what is stored now beside what was entered, and the choice (409). */
export function conflictPage(
  current: MemberDetails,
  entered: ChangeForm,
  person: SignedIn,
  visit: Visit,
): Answer {
  const wanted = entered as Details & ChangeForm;
  const rows = changedFields(current, wanted).map((field) => ({
    label: LABELS[field],
    theirs: shown(field, current, visit.language),
    yours: shown(field, wanted, visit.language),
  }));
  const model = {
    rows,
    id: current.id,
    name: current.name,
    isOwn: current.id === person.accountId,
    time: current.changedAt && momentInWords(current.changedAt, visit.language),
    form: newForm({ ...entered, version: String(current.version) }),
  };
  return page('accounts/changes/conflict', say('ほかの方が先に変更しています'), model, {
    status: 409,
  });
}

function shown(field: keyof Details, details: Details, language: Language): string {
  return field === 'role' ? translate(ROLES[details.role], language) : details[field];
}
