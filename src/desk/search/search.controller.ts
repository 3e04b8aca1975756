import { Controller, Get, Query } from '@nestjs/common';
import { standingInWords } from '../../admin-enrollment/case-view.js';
import { Audit } from '../../audit/audit.js';
import { reasonInWords } from '../../audit/words/reason-words.js';
import type { RefusedRequest } from '../../audit/refused-request.entity.js';
import { NUMBERS_DAYS, NUMBERS_KEPT } from '../../audit/refused-requests.js';
import { ACCOUNT_STATES } from '../../identity/account-states.js';
import { isOpenLoginId } from '../../identity/login-id.js';
import { ROLES } from '../../identity/role.js';
import { logLine } from '../../log/lines/log-line.js';
import { DeskPage } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import { titleOfError } from '../../web/pages/errors.filter.js';
import { say } from '../../web/sentence.js';
import { CASE_KIND_WORDS, CASE_STATES } from '../cases/case-words.js';
import type { Language } from '../../web/texts.js';
import { mailKindInWords, mailStateInWords } from '../diagnosis/mails-and-links.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { DeskSearch, SHOWN, type SearchResult } from './desk-search.js';
import { readQuery, type TypedQuery } from './typed-query.js';

/** One box for whatever a caller says. */
@Controller('desk/search')
@DeskPage()
export class DeskSearchController {
  constructor(
    private readonly search: DeskSearch,
    private readonly audit: Audit,
  ) {}

  @Get()
  async show(
    @Query('q') typed: unknown,
    @CurrentOperator() { name: operator, visit }: SignedInOperator,
  ): Promise<Answer> {
    const query = readQuery(typed);
    const found = query.text === '' ? undefined : await this.search.find(query);
    if (found) await this.audit.done('desk-search', { visit }, { operator, ...shownIn(found) });
    const form = new FormReading({ q: query.text });
    return page('desk/search', say('検索'), {
      form,
      isNumber: found?.unknownNumber !== undefined || isCompanyNumber(query),
      isTelephone: query.telephone !== undefined,
      address: query.address ?? null,
      isAddress: query.address !== undefined,
      likeNumber: query.likeNumber ?? null,
      isZerosApart: isZerosApart(query.corporateNumber, found),
      unknownNumber: found?.unknownNumber ?? null,
      isPersonUnknown: found?.isPersonUnknown ?? false,
      administrators: found?.administrators.map(({ id, name }) => ({ id, name })) ?? [],
      onlyCompany: found?.corporations.length === 1 ? standingOf(found) : {},
      isName: isNameAlone(query),
      isUnrecorded: query.requestNumber !== undefined && isUnrecorded(found),
      most: NUMBERS_KEPT.toLocaleString('en'),
      days: NUMBERS_DAYS,
      ...viewOf(found, visit.language),
    });
  }
}

/** Whom the operator saw, by ids: what was typed may name somebody who is erased later. */
function shownIn({ corporations, people }: SearchResult): Record<string, string> {
  return { corporations: idsOf(corporations), people: idsOf(people) };
}

function idsOf(found: { id: string }[]): string {
  return some(found)
    .rows.map(({ id }) => id)
    .join();
}

function isCompanyNumber({ corporateNumber, telephone }: TypedQuery): boolean {
  return corporateNumber !== undefined && telephone === undefined;
}

function isNameAlone({ name, ...query }: TypedQuery): boolean {
  const { requestNumber, caseNumber, telephone, address } = query;
  return name !== undefined && !(requestNumber ?? caseNumber ?? telephone ?? address);
}

/** None has the very number, but for the zeros in front of it. */
function isZerosApart(typed: string | undefined, found: SearchResult | undefined): boolean {
  const numbers = found?.corporations.map(({ corporateNumber }) => corporateNumber) ?? [];
  return typed !== undefined && numbers.length > 0 && !numbers.includes(typed);
}

function isUnrecorded(found: SearchResult | undefined): boolean {
  return found?.outcomes.length === 0 && found.refused.length === 0;
}

/**
 * What the caller sees there, and what was asked for; what could not be read has no path. Only the
 * general pages have their cause from their status.
 */
function refusedView({ at, status, method, path, address, title, reason }: RefusedRequest) {
  const isSent = !['GET', 'HEAD', ''].includes(method);
  const general = titleOfError(status, isSent);
  const shown = title ? say(title) : general;
  const cause = reason ? reasonInWords(reason) : null;
  const isGeneral = shown.text === general.text;
  return { at, status, title: shown, cause, isGeneral, isSent, path, address };
}

function viewOf(found: SearchResult | undefined, language: Language) {
  const { corporations = [], people = [], deskCases = [], cases = [] } = found ?? {};
  const { refused = [], outcomes = [], mails = [], invitations = [] } = found ?? {};
  const groups = [corporations, people, deskCases, cases, refused, outcomes, mails, invitations];
  return {
    isEmpty: found !== undefined && groups.every((group) => group.length === 0),
    isAsked: found !== undefined,
    corporations: some(
      corporations.map((each) => ({ ...each, isClosed: each.state === 'closed' })),
    ),
    people: some(
      people.map(({ role, state, loginId, application, ...person }) => ({
        ...person,
        loginId: isOpenLoginId(loginId) ? '' : loginId,
        role: ROLES[role],
        state: ACCOUNT_STATES[state],
        end: application?.isOver ? standingInWords({ ...person, ...application }) : null,
      })),
    ),
    deskCases: some(
      deskCases.map(({ kind, state, ...deskCase }) => ({
        ...deskCase,
        kind: CASE_KIND_WORDS[kind],
        state: CASE_STATES[state],
      })),
    ),
    cases: some(cases.map((each) => ({ ...each, stage: standingInWords(each) }))),
    refused: some(refused.map(refusedView)),
    outcomes: some(
      outcomes.map(({ entry, corporationName }) => {
        const { corporationId, accountId } = entry;
        const line = logLine(entry, language, 'desk');
        return { ...line, corporationId, corporationName, accountId };
      }),
    ),
    invitations: some(invitations),
    mails: some(
      mails.map(({ kind, state, ...mail }) => ({
        ...mail,
        kind: mailKindInWords(kind),
        state: mailStateInWords(state),
      })),
    ),
  };
}

/** As many as are shown. */
function some<T>(rows: T[]): { rows: T[]; isMore: boolean } {
  return { rows: rows.slice(0, SHOWN), isMore: rows.length > SHOWN };
}

function standingOf({ corporations, administrators }: SearchResult) {
  return {
    isClosed: corporations[0]!.state === 'closed',
    isWithout: administrators.length === 0,
  };
}
