import { Controller, Get, Query } from '@nestjs/common';
import { Me } from '../../../auth/me.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { ACCOUNT_STATES, accountStates } from '../../../identity/account-states.js';
import { ROLES } from '../../../identity/role.js';
import { AdministratorsOnly } from '../../../web/access.js';
import { page, type Answer } from '../../../web/answers.js';
import { newForm } from '../../../web/forms.js';
import type { Sentence } from '../../../web/sentence.js';
import { Visitor, type Visit } from '../../../web/visit.js';
import { Members } from '../members.js';
import { listPath, readCriteria } from './criteria.js';
import { ListPages, PAGE } from './list-pages.js';
import { readPosition } from './list-position.js';
import { rowView } from './row-view.js';

const STATES = Object.fromEntries(
  accountStates.map((state) => [state, ACCOUNT_STATES[state].text]),
);

/** 担当者情報変更: everybody of the company. */
@Controller('accounts')
@AdministratorsOnly()
export class ListController {
  constructor(
    private readonly members: Members,
    private readonly pages: ListPages,
  ) {}

  @Get()
  async show(
    @Query() query: Record<string, unknown>,
    @Me() { corporationId }: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const criteria = readCriteria(query);
    const shown = await this.pages.page(corporationId, criteria, readPosition(query.page));
    const from = (shown.number - 1) * PAGE + 1;
    const to = from + shown.rows.length - 1;
    const pathOf = (place: string | null) =>
      place && listPath('/accounts', criteria, { page: place });
    return page('accounts/members/list', '担当者情報変更', {
      form: newForm({ q: criteria.q }),
      criteria,
      roles: choices(ROLES, criteria.role),
      states: choices(STATES, criteria.state),
      isNarrowed: Object.values(criteria).some((value) => value !== ''),
      rows: shown.rows.map((row) => rowView(row, visit.language)),
      isEmpty: shown.rows.length === 0,
      from,
      to,
      total: Math.max(shown.total, to),
      isMore: shown.isMore,
      place: typeof query.page === 'string' ? query.page : '',
      previous: pathOf(shown.previous),
      next: pathOf(shown.next),
      exportPath: listPath('/accounts/export', criteria),
      shiftJisPath: listPath('/accounts/export', criteria, { encoding: 'shift_jis' }),
      hasOneAdministrator: await this.members.hasOneAdministrator(corporationId),
    });
  }
}

/** The options of a select, in the order of their record. */
function choices(texts: Record<string, Sentence>, chosen: string) {
  return Object.entries(texts).map(([value, text]) => ({ value, text, chosen: value === chosen }));
}
