import { say, type Sentence } from '../../web/sentence.js';

/** The result of one check, with the remedy when it failed. */
export interface Finding {
  level: 'ok' | 'warn' | 'fail';
  about: string;
  sentence: string | Sentence;
}

export function finder(about: string) {
  const found = (level: Finding['level']) => (sentence: Finding['sentence']) => ({
    level,
    about,
    sentence,
  });
  return { ok: found('ok'), warn: found('warn'), fail: found('fail') };
}

/** A check that could not be made, in the fault's own words, without a stack. */
export function faultFinding(about: string, error: unknown): Finding {
  const message = (error as Error).message.split('\n').at(-1)!;
  return finder(about).fail(say('確認できません：{message}', { message }));
}

/** One line: `warn  proxy: …`. Level and check are the same words in each language. */
export function lineOf({ level, about, sentence }: Finding): [string, Finding['sentence']] {
  return [`${level.padEnd(4)}  ${about}: `, sentence];
}
