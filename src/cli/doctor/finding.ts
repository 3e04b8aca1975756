import { say, type Sentence } from '../../web/sentence.js';

/** The result of one check, with the remedy when it failed. */
export interface Finding {
  level: 'ok' | 'warn' | 'fail';
  about: string;
  sentence: Sentence;
}

/** The words of a finding are a sentence for people, like those of `say`. */
export function finder(about: string) {
  const found =
    (level: Finding['level']) =>
    (text: string, values?: Sentence['values']): Finding => ({
      level,
      about,
      sentence: say(text, values),
    });
  return { ok: found('ok'), warn: found('warn'), fail: found('fail') };
}

/** A list of what there is to tell: `isLate && warn('…')` tells nothing in time. */
export function findingsOf(...findings: (Finding | false | undefined)[]): Finding[] {
  return findings.filter((finding) => finding !== false && finding !== undefined);
}

/** A check that could not be made, in the fault's own words, without a stack. */
export function faultFinding(about: string, error: unknown): Finding {
  const message = (error as Error).message.split('\n').at(-1)!;
  const { fail } = finder(about);
  return fail('確認できません：{message}', { message });
}

/** One line: `warn  proxy: …`. Level and check are the same words in each language. */
export function lineOf({ level, about, sentence }: Finding): [string, Sentence] {
  return [`${level.padEnd(4)}  ${about}: `, sentence];
}
