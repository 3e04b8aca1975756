import { Injectable } from '@nestjs/common';
import type { NamedEntry } from './lines/named-entries.js';
import { APPLICANT, BILLING_CONTACT, DESK } from './lines/nobody-signed-in.js';
import type { Problem } from '../web/forms/forms.js';
import { say, type Sentence } from '../web/sentence.js';
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
const OUTSIDE: { names: Sentence[]; criteria: LogCriteria }[] = [
  { names: [DESK], criteria: { byDesk: true } },
  { names: [BILLING_CONTACT], criteria: { outsider: 'billing-contact' } },
  { names: [APPLICANT, say('お手続き中')], criteria: { outsider: 'applicant' } },
];
const NOTHING: LogPage = { entries: [], newer: null, older: null, isSearching: false };

type Understood = { ok: true; criteria: LogCriteria } | { ok: false; problems: Problem[] };

/** A log as somebody asked for it. */
@Injectable()
export class CompanyLog {
  constructor(
    private readonly entries: LogEntries,
    private readonly people: LogPeople,
  ) {}

  /** @param language in which the desk and others without an account are named */
  async understand(
    { corporationId }: CompanyScope,
    { fields: { who }, problems, topic, since, until, address }: LogFilter,
    language: Language,
  ): Promise<Understood> {
    if (problems.length > 0) return { ok: false, problems };
    const criteria = { topic, since, until, address };
    if (who === '') return { ok: true, criteria };
    const outside = OUTSIDE.find(({ names }) => isOne(names, who, language));
    if (outside) return { ok: true, criteria: { ...criteria, ...outside.criteria } };
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

function isOne(names: Sentence[], typed: string, language: Language): boolean {
  const known = names.flatMap((name) => [name.text, translate(name, language)]);
  return known.some((name) => name.toLowerCase() === normalForm(typed).toLowerCase());
}
