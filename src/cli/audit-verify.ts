import { SealChecks, type LogCheck, type SealFinding } from '../audit/seals/seal-checks.js';
import type { Environment } from '../read-config.js';
import { say, type Sentence } from '../web/sentence.js';
import { done, refused, type CommandResult, type Line } from './command-result.js';
import { withApp } from './with-app.js';

type Sealed = NonNullable<LogCheck['sealed']>;

/** Findings that a person reads; and rows of each. */
const SHOWN = 20;

/** `genkan audit verify`: whether the log is as it was sealed. */
export function verifyAudit(environment: Environment): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const check = await app.get(SealChecks).check();
    if (!check.sealed)
      return refused(
        say('封印はまだありません。アプリケーションが、1時間ごとに記録を封印します。'),
      );
    const { findings, sealed } = check;
    if (findings.length === 0) return done(...sealedLines(sealed));
    const more = findings.length - SHOWN;
    return refused(
      say('封印のあとに変わったところが、{count}か所あります。', { count: findings.length }),
      ...findings.slice(0, SHOWN).flatMap(findingLines),
      ...(more > 0 ? [say('ほか{more}か所', { more })] : []),
      sealedUntil(sealed),
    );
  });
}

function sealedLines(sealed: Sealed): Line[] {
  const { begins, ends, seals, rows, newest } = sealed;
  return [
    say('{begins} から {ends} までの記録{rows}行は、封印のときのままです（封印{seals}個）。', {
      begins: begins.toISOString(),
      ends: ends.toISOString(),
      rows,
      seals,
    }),
    sealedUntil(sealed),
    [say('最後の封印：'), newest],
  ];
}

/** The last one to two hours are not sealed yet, and longer ones where the job does not run. */
function sealedUntil({ ends }: Sealed): Line {
  return say(
    '封印は {ends} までです。それより新しい行は、まだ封印されていないため、確かめていません。',
    { ends: ends.toISOString() },
  );
}

function findingLines(finding: SealFinding): Line[] {
  const { begins, ends } = finding;
  const span = `${begins.toISOString()} / ${ends.toISOString()}`;
  if (finding.kind === 'seal-altered')
    return [[span, ' ', say('封印が書き換えられています。または、別の鍵による封印です。')]];
  if (finding.kind === 'seals-missing')
    return [[span, ' ', say('この前の封印がありません。または、書き換えられています。')]];
  const { changed, missing, added } = finding;
  return [
    ...ids(span, say('書き換えられた行：'), changed),
    ...ids(span, say('なくなった行：'), missing),
    ...ids(span, say('あとから加えられた行：'), added),
  ];
}

function ids(span: string, title: Sentence, found: string[]): Line[] {
  if (found.length === 0) return [];
  const more = found.length - SHOWN;
  const shown = found.slice(0, SHOWN).join(', ');
  return [[span, ' ', title, shown, ...(more > 0 ? [say('、ほか{more}行', { more })] : [])]];
}
