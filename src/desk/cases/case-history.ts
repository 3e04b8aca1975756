import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CaseEntry } from '../../cases/case-entry.entity.js';
import type { DeskCase } from '../../cases/desk-case.entity.js';
import { say, type Sentence } from '../../web/sentence.js';
import { mailStateInWords } from '../diagnosis/mails-and-links.js';
import { caseStateInWords } from './case-words.js';
import { DECISION_WORDS } from './subjects/decision-words.js';

/** 対応の経過: what the desk did about a case. */
@Injectable()
export class CaseHistory {
  constructor(private readonly em: EntityManager) {}

  /** The newest first. */
  of({ id: deskCase }: DeskCase): Promise<CaseEntry[]> {
    const populate = ['operator', 'account', 'delivery'] as const;
    return this.em.find(CaseEntry, { deskCase }, { populate, orderBy: { at: 'desc' } });
  }
}

export function caseEntryView(entry: CaseEntry) {
  const { at, by, kind, text, person, delivery } = entry;
  return {
    at,
    by,
    isPerson: entry.operator != null,
    what: whatOf(entry),
    of: matterOfEntry(entry),
    person,
    isNote: kind === 'note',
    lines: kind === 'assignment' || text === '' ? [] : text.split('\n'),
    to: delivery?.recipient ?? null,
    mail: delivery ? mailStateInWords(delivery.state) : null,
  };
}

function whatOf({ kind, text, isFirst }: CaseEntry): Sentence {
  if (kind === 'note') return say('メモ');
  if (kind === 'answer') return say('お客様への回答');
  if (kind === 'state') return say('状態');
  if (kind === 'decision') return isFirst ? say('1人目の判断') : say('判断');
  return text === '' ? say('担当を外しました') : say('担当：{name} さん', { name: text });
}

function matterOfEntry({ state, decision }: CaseEntry): Sentence | null {
  if (state) return caseStateInWords(state).text;
  return decision ? DECISION_WORDS[decision].title : null;
}
