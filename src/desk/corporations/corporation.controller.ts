import { Controller, Get, Param, Query } from '@nestjs/common';
import { placesOf, type MemberPage } from '../../accounts/members/list/list-pages.js';
import { readPosition } from '../../accounts/members/list/list-position.js';
import { readCriteria } from '../../accounts/members/criteria.js';
import { standingInWords } from '../../admin-enrollment/case-view.js';
import type { Corporation } from '../../corporations/corporation.entity.js';
import type { Account } from '../../identity/account.entity.js';
import { ROLES } from '../../identity/role.js';
import { entryView } from '../../ip-restriction/lists/list-views.js';
import { logLine } from '../../log/lines/log-line.js';
import { DeskPage } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { CaseLists } from '../cases/case-lists.js';
import type { Language } from '../../web/texts.js';
import { InvitedPeople } from '../diagnosis/invited-people.js';
import { DeskViews } from '../desk-views.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { CorporationReports } from './corporation-reports.js';

const IP_STATES = {
  none: say('制限なし'),
  restricted: say('制限あり'),
  'on-trial': say('試行中'),
  suspended: say('一時停止中'),
};

/** One company: people, networks, mails, cases, and what happened last. */
@Controller('desk/corporations/:id')
@DeskPage()
export class CorporationController {
  constructor(
    private readonly reports: CorporationReports,
    private readonly views: DeskViews,
    private readonly cases: CaseLists,
    private readonly invited: InvitedPeople,
  ) {}

  /** `q` and `page` are about its people. */
  @Get()
  async show(
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const corporation = await this.reports.find(id);
    await this.views.note(id, me);
    const { q } = readCriteria(query);
    const people = await this.reports.page(id, { q, place: readPosition(query.page) });
    return page('desk/corporation', say('法人の状況'), {
      ...(await this.#factsOf(corporation)),
      ...(await this.#historyOf(id, me.visit.language)),
      ...peopleView(id, q, people),
      invitations: await this.invited.ofCorporation(id),
    });
  }

  async #factsOf(corporation: Corporation) {
    const { id, name, nameKana, corporateNumber, billingEmail, state } = corporation;
    const restriction = await this.reports.restriction(id);
    const administrators = await this.reports.administrators(id);
    return {
      corporation: { id, name, nameKana, number: corporateNumber, billingEmail },
      isClosed: state === 'closed',
      hasInvoices: await this.reports.hasInvoices(id),
      administrators: administrators.map((account) => {
        return { ...personView(account), hasFactor: account.secondFactorSince != null };
      }),
      ipState: IP_STATES[restriction.state],
      isSuspended: restriction.state === 'suspended',
      isRestricted: restriction.state === 'restricted' || restriction.state === 'on-trial',
      ipEndsAt: restriction.endsAt,
      ipEntries: restriction.entries.map(entryView),
    };
  }

  async #historyOf(id: string, language: Language) {
    const [refused, acts] = [await this.reports.refused(id), await this.reports.acts(id)];
    const mails = await this.reports.undelivered(id);
    const cases = await this.reports.cases(id);
    return {
      deskCases: await this.cases.ofCorporation(id),
      refused,
      lines: acts.map((entry) => logLine(entry, language, 'desk')),
      mails: mails.map(({ createdAt: at, recipient, serverAnswer, account }) => {
        return { at, recipient, serverAnswer, accountId: account?.id ?? null };
      }),
      cases: cases.map((enrollment) => {
        const { caseNumber, applicant, createdAt: at } = enrollment;
        return { caseNumber, applicant, at, stage: standingInWords(enrollment) };
      }),
    };
  }
}

function personView(account: Account) {
  const { id, name, nameKana, lastSignInAt, role, shownLoginId: loginId } = account;
  return {
    id,
    name,
    nameKana,
    loginId,
    lastSignInAt,
    role: ROLES[role],
    state: account.shownState,
  };
}

function peopleView(id: string, q: string, shown: MemberPage) {
  const pathOf = (place: string) =>
    `/desk/corporations/${id}?${new URLSearchParams({ q, page: place })}#people`;
  return {
    form: new FormReading({ q }),
    people: shown.rows.map(({ account }) => personView(account)),
    ...placesOf(shown, pathOf),
  };
}
