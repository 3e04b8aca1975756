import 'reflect-metadata';
import { say, type Sentence } from '../sentence.js';

interface Longest {
  units: number;
  sentence: Sentence;
}

const KEY = Symbol('longest');
/** Of fields that declare none: every code and address, and every path of ours, is shorter. */
export const LONGEST_FIELD = 4_000;
const TOO_LONG = say('{most}文字以内で入力してください。', { most: LONGEST_FIELD });

/** More UTF-16 units than these break the rule of the field, so nothing else looks at them. */
export function declareLongest(form: object, field: string | symbol, longest: Longest): void {
  Reflect.defineMetadata(KEY, longest, form, field);
}

/** The problem of a text that is too long for its field to be cleaned or judged. */
export function tooLongProblem(form: object, field: string, typed: string): Sentence | undefined {
  const declared = Reflect.getMetadata(KEY, form, field) as Longest | undefined;
  const { units, sentence } = declared ?? { units: LONGEST_FIELD, sentence: TOO_LONG };
  return typed.trim().length > units ? sentence : undefined;
}
