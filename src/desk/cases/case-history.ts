import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CaseEntry } from '../../cases/case-entry.entity.js';
import type { DeskCase } from '../../cases/desk-case.entity.js';
import { CAUSE_WORDS } from '../../log/lines/line-details.js';
import { say, type Sentence } from '../../web/sentence.js';
import { mailStateInWords } from '../diagnosis/mails-and-links.js';
import { CASE_STATES } from './case-words.js';
import type { FirstWord } from './subjects/decision-offers.js';
import { DECISION_WORDS } from './subjects/decision-words.js';

/** 対応の経過: what the desk did about a case, and when its parties spoke. */
@Injectable()
export class CaseHistory {
  constructor(private readonly em: EntityManager) {}

  /** The newest first. */
  of({ id: deskCase }: DeskCase): Promise<CaseEntry[]> {
    const populate = ['operator', 'account', 'delivery'] as const;
    return this.em.find(CaseEntry, { deskCase }, { populate, orderBy: { at: 'desc' } });
  }
}

/** Of the entries of a case, the newest first. @param words that a second person can still join */
export function historyView(entries: CaseEntry[], words: FirstWord[]) {
  return entries.map((entry, place) => {
    const stands = words.some((word) => word.entry === entry);
    const isOver = isFirstWord(entry) && !stands && !isJoined(entry, entries.slice(0, place));
    return { ...caseEntryView(entry), isOver };
  });
}

/** A second person confirms whom the first one names. */
function isFirstWord({ kind, isFirst, decision }: CaseEntry): boolean {
  return kind === 'decision' && (isFirst || decision === 'give');
}

/** Whoever says it anew does so because it was taken back: who joins then joins that. */
function isJoined(entry: CaseEntry, newer: CaseEntry[]): boolean {
  const isAnew = ({ decision, isFirst }: CaseEntry) =>
    decision === entry.decision && isFirst === entry.isFirst;
  const next = newer.findLast((other) => isAnew(other) || joins(other, entry));
  return next !== undefined && joins(next, entry);
}

function joins(other: CaseEntry, { decision, isFirst }: CaseEntry): boolean {
  if (decision === 'give' && !isFirst) return other.decision === 'confirm';
  return other.decision === decision && !other.isFirst;
}

export function caseEntryView(entry: CaseEntry) {
  const { at, by, kind, text, delivery } = entry;
  const isSpoken = kind === 'objection' || kind === 'statement';
  return {
    at,
    by,
    isPerson: entry.operator != null,
    what: whatOf(entry),
    of: matterOfEntry(entry),
    person: isSpoken ? '' : entry.person,
    party: isSpoken ? partyInWords(entry) : null,
    isNote: kind === 'note',
    cause: entry.cause ? CAUSE_WORDS[entry.cause] : null,
    lines: kind === 'assignment' || text === '' ? [] : text.split('\n'),
    to: delivery?.recipient ?? null,
    mail: delivery ? mailStateInWords(delivery.state) : null,
  };
}

function partyInWords({ account, person }: CaseEntry): Sentence {
  if (account?.anonymisedAt) return say('（消去済み）');
  const name = account?.name ?? person;
  return name === '' ? say('ご請求先：') : say('{name} 様：', { name });
}

function whatOf(entry: CaseEntry): Sentence {
  const { kind, text } = entry;
  if (kind === 'note') return say('メモ');
  if (kind === 'objection') return say('異議申し立て');
  if (kind === 'statement') return say('ご説明');
  if (kind === 'answer') return say('お客様への回答');
  if (kind === 'state') return say('状態');
  if (kind === 'decision') return isFirstWord(entry) ? say('1人目の判断') : say('判断');
  return text === '' ? say('担当を外しました') : say('担当：{name} さん', { name: text });
}

function matterOfEntry({ state, decision }: CaseEntry): Sentence | null {
  if (state) return CASE_STATES[state].text;
  return decision ? DECISION_WORDS[decision].title : null;
}
