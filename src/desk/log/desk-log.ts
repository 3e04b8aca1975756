import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { TOPICS, type LogTopic } from '../../audit/words/topics.js';
import { Corporation } from '../../corporations/corporation.entity.js';
import { cleanCorporateNumber } from '../../corporations/numbers.js';
import { Operator } from '../../identity/operator.entity.js';
import { readFilter, type LogFilter } from '../../log/log-filter.js';
import { ASKED_OUTCOMES } from '../../log/lines/shown-to-desk.js';
import type { LogCriteria } from '../../log/query/log-criteria.js';
import type { Problem } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';

export const DESK_TOPICS = Object.keys(TOPICS) as LogTopic[];

const LONGEST = 100;

const NO_OPERATOR = say('オペレーターは、一覧から選んでください。');
const NO_COMPANY = say('この番号の法人はありません。法人番号を確かめて、入力してください。');

/** The fields above the log of the desk, as somebody filled them. */
interface DeskLogFields {
  operator: string;
  company: string;
  what: string;
  outcome: string;
  since: string;
  until: string;
}

export interface DeskLogFilter {
  fields: DeskLogFields;
  /** As the filter of topics takes it. */
  ofTopics: LogFilter;
  criteria: LogCriteria;
  problems: Problem[];
}

/** What is asked of the desk's own log: leads read everybody's lines, clerks their own. */
@Injectable()
export class DeskLog {
  constructor(private readonly em: EntityManager) {}

  /** Also those who left. */
  async operators(): Promise<string[]> {
    const all = await this.em.find(Operator, {}, { fields: ['name'], orderBy: { name: 'asc' } });
    return all.map(({ name }) => name);
  }

  async read(
    given: Readonly<Record<string, unknown>>,
    { name, role }: SignedInOperator,
  ): Promise<DeskLogFilter> {
    const ofTopics = readFilter({ ...given, who: '', address: '' }, DESK_TOPICS);
    const { what, since, until } = ofTopics.fields;
    const operator = role === 'lead' ? textOf(given.operator) : '';
    const company = cleanCorporateNumber(textOf(given.company));
    const typed = textOf(given.outcome);
    const outcome = Object.hasOwn(ASKED_OUTCOMES, typed) ? typed : '';
    const fields = { operator, company, what, outcome, since, until };
    const isKnown = operator === '' || (await this.operators()).includes(operator);
    const corporation =
      company === '' ? null : await this.em.findOne(Corporation, { corporateNumber: company });
    const problems: Problem[] = [
      ...ofTopics.problems,
      ...(isKnown ? [] : [{ name: 'operator', sentence: NO_OPERATOR }]),
      ...(company === '' || corporation ? [] : [{ name: 'company', sentence: NO_COMPANY }]),
    ];
    const criteria: LogCriteria = {
      operator: role === 'lead' ? operator || undefined : name,
      corporationId: corporation?.id,
      topic: ofTopics.topic,
      outcome: (outcome || undefined) as LogCriteria['outcome'],
      since: ofTopics.since,
      until: ofTopics.until,
    };
    return { fields, ofTopics, criteria, problems };
  }
}

function textOf(typed: unknown): string {
  return typeof typed === 'string' ? typed.slice(0, LONGEST).replaceAll('\0', '').trim() : '';
}
