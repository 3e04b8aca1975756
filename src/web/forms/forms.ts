import 'reflect-metadata';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import { say, type Sentence } from '../sentence.js';
import { translate, type Language } from '../texts.js';
import { tooLongProblem } from './longest.js';

export type FormBody = Readonly<Record<string, string>>;

export interface Problem {
  name: string;
  sentence: Sentence;
}

/** Fields whose content never goes back to the browser. */
const SECRET = /password|factorCode|factorPasskey|^code$|^ticket$/i;

export function isSecret(name: string): boolean {
  return SECRET.test(name);
}

/** A form as a page shows it again: what was typed, and what is wrong with it. */
export class FormReading {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];

  constructor(form: object = {}, ...problems: Problem[]) {
    this.values = typed(form);
    this.problems = problems;
  }

  /** Refused for what is wrong with none of its fields: said above them. */
  static refused(sentence: Sentence, form: object = {}): FormReading {
    return new FormReading(form, { name: '', sentence });
  }

  /** The same with these values in its fields. */
  filledWith(values: object): FormReading {
    return new FormReading({ ...this.values, ...values }, ...this.problems);
  }

  /** The same with what else is wrong, of fields that have no problem yet. */
  alsoWith(...others: Problem[]): FormReading {
    const named = new Set(this.problems.map(({ name }) => name));
    const added = others.filter(({ name }) => !named.has(name));
    return new FormReading(this.values, ...this.problems, ...added);
  }
}

export type Read<T> = { ok: true; form: T } | { ok: false; reading: FormReading };

/** Options for a class-validator decorator: the sentence that a reader sees when it fails. */
export function because(sentence: string): { message: string } {
  return { message: sentence };
}

/** Cleans the body by the class's transforms and validates it; undeclared fields have no effect. */
export function readForm<T extends object>(type: ClassConstructor<T>, body: FormBody): Read<T> {
  const declared = Object.keys(new type());
  const typed = Object.fromEntries(declared.map((name) => [name, body[name] ?? '']));
  const tooLong = new Map<string, Sentence>();
  for (const name of declared) {
    const sentence = tooLongProblem(type.prototype as object, name, typed[name]!);
    if (sentence) tooLong.set(name, sentence);
  }
  const judged = Object.fromEntries(
    declared.map((name) => [name, tooLong.has(name) ? '' : typed[name]]),
  );
  const form = plainToInstance(type, judged);
  const broken = validateSync(form, { forbidUnknownValues: false });
  const problems = declared.flatMap((name) => {
    const sentence = tooLong.get(name);
    if (sentence) return [{ name, sentence }];
    const { value, constraints = {} } = broken.find(({ property }) => property === name) ?? {};
    return sentencesOf(value, constraints).map((text) => ({ name, sentence: say(text) }));
  });
  if (problems.length === 0) return { ok: true, form };
  for (const name of tooLong.keys()) Object.assign(form, { [name]: typed[name] });
  return { ok: false, reading: new FormReading(form, ...problems) };
}

/** An empty field has one problem, whatever other rules it breaks too. */
function sentencesOf(value: unknown, constraints: Record<string, string>): string[] {
  if (value === '' && constraints.isNotEmpty) return [constraints.isNotEmpty];
  return Object.values(constraints);
}

function typed(form: object): Record<string, string> {
  const fields = Object.entries(form).filter(
    ([name, value]) => typeof value === 'string' && !isSecret(name),
  );
  return Object.fromEntries(fields) as Record<string, string>;
}

/** What was read, to judge it further or to show it again. */
export function readingOf(read: Read<object>): FormReading {
  return read.ok ? new FormReading(read.form) : read.reading;
}

export function formView(reading: FormReading, language: Language): object {
  const problems = reading.problems.map(({ name, sentence }) => ({
    name,
    message: translate(sentence, language),
  }));
  const errors: Record<string, string[]> = {};
  for (const { name, message } of problems) (errors[name] ??= []).push(message);
  return { values: reading.values, errors, problems };
}
