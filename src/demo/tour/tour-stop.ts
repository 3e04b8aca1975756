import type { Sentence } from '../../web/sentence.js';
import { DEMO_PASSWORD } from '../demo-companies.js';
import type { TourDeed } from './tour-log.js';

export interface TourStop {
  title: Sentence;
  text: Sentence;
  /** What to type, where it is not as one likes. */
  enter: { label: Sentence; value: string }[];
  /** What to type of the newest invoice, where it is asked. */
  newest?: string;
  /** Whose code of the second factor is asked: of people, or of people of the desk. */
  codes?: { label: Sentence; loginId: string }[];
  steps: TourStep[];
  start: TourStart;
  /** In place of it while the browser comes from elsewhere. */
  startElsewhere?: TourStart;
}

interface TourStep {
  text: Sentence;
  /** What the log says when it is done, in one way or another. */
  ways: TourDeed[][];
}

/** A link, or a form with one button. */
interface TourStart {
  text: Sentence;
  path: string;
  isForm: boolean;
  fields: { name: string; value: string }[];
}

export function step(text: Sentence, ...ways: TourDeed[][]): TourStep {
  return { text, ways };
}

export function link(text: Sentence, path: string): TourStart {
  return { text, path, isForm: false, fields: [] };
}

export function form(text: Sentence, path: string, fields: Record<string, string> = {}): TourStart {
  const pairs = Object.entries(fields).map(([name, value]) => ({ name, value }));
  return { text, path, isForm: true, fields: pairs };
}

export function signIn(text: Sentence, loginId: string, next: string): TourStart {
  return form(text, '/login', { loginId, password: DEMO_PASSWORD, next });
}
