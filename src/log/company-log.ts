import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { APPLICANT, BILLING_CONTACT, DESK } from './lines/nobody-signed-in.js';
import { FormReading, type Problem } from '../web/forms/forms.js';
import { say, type Sentence } from '../web/sentence.js';
import { translate, type Language } from '../web/texts.js';
import type { CompanyScope, LogCriteria } from './query/log-criteria.js';
import { LogEntries, NO_ENTRIES } from './query/log-entries.js';
import { isNarrowedFurther, type LogFilter } from './log-filter.js';
import { logView } from './log-view.js';
import { LogPeople } from './query/log-people.js';
import { readPlace } from './query/log-position.js';
import { normalForm } from '../web/forms/normal-form.js';

const TOO_MANY = say(
  '当てはまる利用者が多すぎます。氏名を続けて入力するか、ログインIDを入力してください。',
);
const OUTSIDE: { names: Sentence[]; criteria: LogCriteria }[] = [
  { names: [DESK], criteria: { byDesk: true } },
  { names: [BILLING_CONTACT], criteria: { outsider: 'billing-contact' } },
  { names: [APPLICANT, say('お手続き中')], criteria: { outsider: 'applicant' } },
];

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

  /** What the page of a company's log and that of somebody's own lines share. @param wanted where it begins */
  async shown(
    path: string,
    scope: CompanyScope,
    filter: LogFilter,
    wanted: unknown,
    { now, visit: { language } }: SignedIn,
  ) {
    const understood = await this.understand(scope, filter, language);
    const found = understood.ok
      ? await this.entries.page(scope, understood.criteria, readPlace(wanted))
      : NO_ENTRIES;
    return {
      ...logView(path, filter, found, language),
      shownAt: now,
      isUnfolded: isNarrowedFurther(filter),
      form: new FormReading(filter.fields, ...(understood.ok ? [] : understood.problems)),
    };
  }
}

function isOne(names: Sentence[], typed: string, language: Language): boolean {
  const known = names.flatMap((name) => [name.text, translate(name, language)]);
  return known.some((name) => name.toLowerCase() === normalForm(typed).toLowerCase());
}
