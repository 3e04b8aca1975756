/** What the doctor found, and, when it is not well, what to do. */
export interface Finding {
  level: 'ok' | 'warn' | 'fail';
  about: string;
  sentence: string;
}

export function finder(about: string) {
  const found = (level: Finding['level']) => (sentence: string) => ({ level, about, sentence });
  return { ok: found('ok'), warn: found('warn'), fail: found('fail') };
}

/** One line: `warn  proxy: …`. */
export function lineOf({ level, about, sentence }: Finding): string {
  return `${level.padEnd(4)}  ${about}: ${sentence}`;
}
