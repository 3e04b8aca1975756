import type { SignedIn } from '../../auth/sessions/sessions.js';
import type { Account } from '../../identity/account.entity.js';
import type { MailAdvice } from '../../mail/mail-advice.js';
import { ROLES } from '../../identity/role.js';
import { page, type Answer } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { translate, type Language } from '../../web/texts.js';
import type { ChangeForm } from './change.form.js';
import { changedFields, type Details } from './member-changes.js';
import type { InCase } from './people-in-cases.js';

const LABELS = {
  name: say('氏名'),
  nameKana: say('フリガナ'),
  department: say('部署'),
  phone: say('電話番号'),
  role: say('権限'),
};

/**
 * @param beside.pendingEmail the address that waits for its proof
 * @param beside.mail what keeps mail from the person
 * @param beside.grantsRest the person cannot become an administrator now
 * @param beside.inCase what a case forbids to do to the person
 * @param beside.factorDueAt until when a second factor is to be set up, where one is asked
 */
export function memberPage(
  member: Account,
  beside: {
    pendingEmail: string | null;
    grantsRest: boolean;
    mail: MailAdvice | null;
    factorDueAt: Date | null;
    inCase: InCase | null;
  },
  form: FormReading,
  person: SignedIn,
  { isInCase = false } = {},
): Answer {
  const { id, shownLoginId: loginId, name, nameKana, email, state, lastSignInAt } = member;
  const isClosed = beside.inCase?.isClosed ?? false;
  const model = {
    form,
    member: { id, loginId, name, nameKana, email, role: ROLES[member.role] },
    state: member.shownState,
    ...beside,
    isInCase,
    isDeleted: state === 'deleted',
    hasProvenEmail: member.hasProvedMailbox && !isClosed,
    isSuspended: state === 'suspended',
    isFrozen: member.frozenByDesk,
    isClosed,
    isOpen: state !== 'deleted' && !isClosed,
    mayBeSuspended: !beside.inCase && !member.frozenByDesk,
    isOwn: id === person.accountId,
    factorSince: member.secondFactorSince ?? null,
    readerHasFactor: person.hasFactor,
    isFactorOver: beside.factorDueAt !== null && beside.factorDueAt <= person.now,
    lastSignIn: lastSignInAt,
  };
  return page('accounts/changes/member', say('利用者情報の変更'), model);
}

/** What was changed, as a notice names it. */
export function fieldsInWords(fields: readonly (keyof Details)[], language: Language): string {
  return fields
    .map((field) => translate(LABELS[field], language))
    .join(language === 'en' ? ', ' : '・');
}

/** Giving up the own rights is asked twice. */
export function ownDemotionPage(member: Account, entered: ChangeForm): Answer {
  const model = { id: member.id, form: new FormReading(entered) };
  return page('accounts/changes/own-demotion', say('ご自分の権限の変更'), model);
}

/** Somebody saved meanwhile, maybe the same person in another tab: what is stored now beside what was entered, and the choice (409). */
export function conflictPage(current: Account, entered: ChangeForm, person: SignedIn): Answer {
  const wanted = entered as Details & ChangeForm;
  const rows = changedFields(current, wanted).map((field) => ({
    label: LABELS[field],
    theirs: shown(field, current, person),
    yours: shown(field, wanted, person),
  }));
  const { id, name, changedAt, version } = current;
  const model = {
    rows,
    id,
    name,
    isOwn: id === person.accountId,
    time: changedAt,
    form: new FormReading({ ...entered, version: String(version) }),
  };
  return page('accounts/changes/conflict', say('別のページで先に変更されています'), model, {
    status: 409,
  });
}

function shown(field: keyof Details, details: Details, { visit }: SignedIn): string {
  return field === 'role' ? translate(ROLES[details.role], visit.language) : details[field];
}
