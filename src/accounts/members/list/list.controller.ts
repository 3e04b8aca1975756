import { Controller, Get, Query } from '@nestjs/common';
import { CaseRules } from '../../../admin-enrollment/case-rules.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { ACCOUNT_STATES, accountStates } from '../../../identity/account-states.js';
import { ROLES } from '../../../identity/role.js';
import { AdministratorsOnly, OpenToNewcomers } from '../../../web/access.js';
import { page, type Answer } from '../../../web/answers.js';
import { choicesOf } from '../../../web/forms/choices.js';
import { FormReading } from '../../../web/forms/forms.js';
import { say, type Sentence } from '../../../web/sentence.js';
import { FACTORS, listPath, readCriteria, type Criteria } from '../criteria.js';
import { memberFacts, memberPath } from '../member-facts.js';
import { Members } from '../members.js';
import { Departments } from './departments.js';
import { ListPages, placesOf, type MemberPage, type Row } from './list-pages.js';
import { mailChip } from './mail-chip.js';
import { readPosition } from './list-position.js';

const STATES = Object.fromEntries(
  accountStates.map((state) => [state, ACCOUNT_STATES[state].text]),
);

const FACTOR_WORDS: Record<(typeof FACTORS)[number], Sentence> = {
  'set-up': say('設定済み'),
  missing: say('未設定'),
};

const ENCODINGS = [
  { value: 'utf-8', text: say('CSVをダウンロード（UTF-8）') },
  { value: 'shift_jis', text: say('CSVをダウンロード（Shift_JIS）') },
];

/** 担当者情報変更: everybody of the company. */
@Controller('accounts')
@AdministratorsOnly()
@OpenToNewcomers()
export class ListController {
  constructor(
    private readonly members: Members,
    private readonly pages: ListPages,
    private readonly departments: Departments,
    private readonly rules: CaseRules,
  ) {}

  @Get()
  async show(@Query() query: Record<string, unknown>, @Me() person: SignedIn): Promise<Answer> {
    const criteria = criteriaOf(query, person);
    const shown = await this.pages.page(person, criteria, readPosition(query.page));
    return page('accounts/members/list', '担当者情報変更', {
      ...filterView(criteria),
      departments: await this.#departments(person, criteria),
      ...pageView(shown, criteria, person),
      shownAt: person.now,
      isNewcomer: person.isNewcomer,
      place: typeof query.page === 'string' ? query.page : '',
      needsAdministrator: await this.#needsAdministrator(person),
    });
  }

  async #departments({ corporationId }: SignedIn, { department }: Criteria) {
    const found = new Set(await this.departments.of(corporationId));
    if (department !== '') found.add(department);
    return [...found].map((value) => ({ value, chosen: value === department }));
  }

  /** Advice that the reader can follow. */
  async #needsAdministrator({ isNewcomer, corporationId }: SignedIn): Promise<boolean> {
    if (isNewcomer || !(await this.members.hasOneAdministrator(corporationId))) return false;
    return !(await this.rules.areGrantsResting(corporationId));
  }
}

/** Newcomers do not see who has a second factor, and find nobody by it. */
function criteriaOf(query: Record<string, unknown>, { isNewcomer }: SignedIn): Criteria {
  const criteria = readCriteria(query);
  return isNewcomer ? { ...criteria, factor: '' } : criteria;
}

function filterView(criteria: Criteria) {
  return {
    form: new FormReading({ q: criteria.q }),
    criteria,
    roles: choicesOf(ROLES, criteria.role),
    states: choicesOf(STATES, criteria.state),
    factors: choicesOf(FACTOR_WORDS, criteria.factor),
    isUnfolded: Object.entries(criteria).some(([name, value]) => name !== 'q' && value !== ''),
    isNarrowed: Object.values(criteria).some((value) => value !== ''),
    encodings: ENCODINGS,
  };
}

function pageView(shown: MemberPage, criteria: Criteria, person: SignedIn) {
  return {
    rows: shown.rows.map((row) => rowView(row, person)),
    isEmpty: shown.rows.length === 0,
    ...placesOf(shown, (place) => listPath('/accounts', criteria, { page: place })),
  };
}

function rowView(row: Row, person: SignedIn): object {
  const { state, shownState, lastSignInAt } = row.account;
  return {
    ...memberFacts(row.account, person),
    state: shownState,
    isOnProbation: row.account.isNewcomer(person.now) && state === 'active',
    isDeleted: state === 'deleted',
    department: row.account.department,
    factor: FACTOR_WORDS[row.account.secondFactorSince ? 'set-up' : 'missing'],
    lastSignIn: lastSignInAt,
    mail: mailChip(row),
    path: memberPath(row.account, person),
  };
}
