import { Injectable } from '@nestjs/common';
import type { NamedEntry } from './lines/named-entries.js';
import type { Problem } from '../web/forms/forms.js';
import { say } from '../web/sentence.js';
import { translate, type Language } from '../web/texts.js';
import type { CompanyScope, LogCriteria } from './query/log-criteria.js';
import { LogEntries, type LogPage } from './query/log-entries.js';
import type { LogFilter } from './log-filter.js';
import { LogPeople } from './query/log-people.js';
import type { LogPosition } from './query/log-position.js';
import { normalForm } from '../web/forms/normal-form.js';

const TOO_MANY = say(
  '当てはまる利用者が多すぎます。氏名を続けて入力するか、ログインIDを入力してください。',
);
const DESK = say('担当窓口');
const NOTHING: LogPage = { entries: [], newer: null, older: null, isSearching: false };

type Understood = { ok: true; criteria: LogCriteria } | { ok: false; problems: Problem[] };

/** A log as somebody asked for it. */
@Injectable()
export class CompanyLog {
  constructor(
    private readonly entries: LogEntries,
    private readonly people: LogPeople,
  ) {}

  /** @param language in which the desk is named */
  async understand(
    { corporationId }: CompanyScope,
    { fields: { who }, problems, topic, since, until, address }: LogFilter,
    language: Language,
  ): Promise<Understood> {
    if (problems.length > 0) return { ok: false, problems };
    const criteria = { topic, since, until, address };
    if (who === '') return { ok: true, criteria };
    if (isDesk(who, language)) return { ok: true, criteria: { ...criteria, byDesk: true } };
    const accountIds = await this.people.find(corporationId, who);
    if (!accountIds) return { ok: false, problems: [{ name: 'who', sentence: TOO_MANY }] };
    return { ok: true, criteria: { ...criteria, accountIds } };
  }

  page(
    scope: CompanyScope,
    understood: Understood,
    place?: LogPosition,
  ): Promise<LogPage> | LogPage {
    return understood.ok ? this.entries.page(scope, understood.criteria, place) : NOTHING;
  }

  all(scope: CompanyScope, criteria: LogCriteria): AsyncGenerator<NamedEntry> {
    return this.entries.all(scope, criteria);
  }
}

function isDesk(typed: string, language: Language): boolean {
  const known = [DESK.text, translate(DESK, language)].map((name) => name.toLowerCase());
  return known.includes(normalForm(typed).toLowerCase());
}
