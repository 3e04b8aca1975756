/** The result of one check, with the remedy when it failed. */
export interface Finding {
  level: 'ok' | 'warn' | 'fail';
  about: string;
  sentence: string;
}

export function finder(about: string) {
  const found = (level: Finding['level']) => (sentence: string) => ({ level, about, sentence });
  return { ok: found('ok'), warn: found('warn'), fail: found('fail') };
}

/** A check that could not be made, in the fault's own words, without a stack. */
export function faultFinding(about: string, error: unknown): Finding {
  const { message } = error as Error;
  return finder(about).fail(`cannot be looked at: ${message.split('\n').at(-1)!}.`);
}

/** One line: `warn  proxy: …`. */
export function lineOf({ level, about, sentence }: Finding): string {
  return `${level.padEnd(4)}  ${about}: ${sentence}`;
}
