#!/usr/bin/env node
/**
 * Changes one operator, condition or statement of a source file at a time and runs its specs: a
 * change that no spec notices survives, and is printed.
 *
 *   node tools/mutate.js src/auth/sign-in/waiting-times.ts --specs test/journeys/waiting-times.spec.ts
 *   node tools/mutate.js src/identity/account.entity.ts --specs test/rules,test/journeys/account- --limit 20
 *
 * `.sql` files are changed line by line: comparisons, `and`/`or`, numbers. Specs that a change keeps
 * busy for longer than `--seconds` have noticed it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import ts from 'typescript';

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    specs: { type: 'string' },
    limit: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '300' },
  },
});
if (files.length === 0 || !options.specs) {
  console.error(
    'node tools/mutate.js FILE … --specs PART-OF-A-SPEC,… [--limit N] [--seed S] [--seconds S]',
  );
  process.exit(2);
}

const OPERATORS = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
};
const SQL = [
  [/(?<![<>!=])=(?!=)/g, '<>'],
  [/<=/g, '<'],
  [/>=/g, '>'],
  [/ < /g, ' <= '],
  [/ > /g, ' >= '],
  [/\band\b/g, 'or'],
  [/\bor\b/g, 'and'],
  [/\bis not null\b/g, 'is null'],
  [/\bis null\b/g, 'is not null'],
  [/\bnot exists\b/g, 'exists'],
  [/(?<![\w$.])\d+(?!\w)/g, (number) => String(Number(number) + 1)],
];

const TIME_TO_CLEAN_UP_MS = 10_000;

let restore = () => undefined;
let specs;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    restore();
    stop(specs, 'SIGTERM');
    process.exit(130);
  });

const all = files.flatMap((file) => {
  const text = readFileSync(file, 'utf8');
  const mutations = file.endsWith('.sql') ? ofSql(text) : ofTypeScript(file, text);
  return mutations.map((mutation) => ({ file, text, ...mutation }));
});
const chosen = sample(all, Number(options.limit), Number(options.seed));
const survivors = [];
for (const mutation of chosen) if (!(await isNoticed(mutation))) survivors.push(mutation);
for (const { file, line, was, is } of survivors)
  console.log(`survived ${file}:${line}  ${was}  →  ${is}`);
console.log(`\n${chosen.length} of ${all.length} changes tried, ${survivors.length} survived`);
process.exitCode = survivors.length > 0 ? 1 : 0;

async function isNoticed({ file, text, start, end, is, line, was }) {
  restore = () => writeFileSync(file, text);
  try {
    writeFileSync(file, text.slice(0, start) + is + text.slice(end));
    const status = await runSpecs();
    process.stderr.write(
      `${status === 0 ? 'survived' : 'noticed '} ${file}:${line}  ${was} → ${is}\n`,
    );
    return status !== 0;
  } finally {
    restore();
    restore = () => undefined;
  }
}

/** In a process group of its own, because a loop without an end hears no signal but the last. */
async function runSpecs() {
  const args = ['test', '--silent', '--', '--bail', '--maxWorkers=1', ...options.specs.split(',')];
  specs = spawn('npm', args, { stdio: 'ignore', detached: true });
  const ended = once(specs, 'exit');
  const timer = new AbortController();
  const limit = wait(Number(options.seconds) * 1000, true, { signal: timer.signal });
  const isLate = await Promise.race([ended.then(() => false), limit]);
  timer.abort();
  if (!isLate) return (await ended)[0];
  stop(specs, 'SIGTERM');
  await wait(TIME_TO_CLEAN_UP_MS);
  stop(specs, 'SIGKILL');
  return undefined;
}

function stop(group, signal) {
  try {
    if (group) process.kill(-group.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function ofTypeScript(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node, is) => {
    const start = node.getStart(source);
    const { line } = source.getLineAndCharacterOfPosition(start);
    const was = node.getText(source).replace(/\s+/g, ' ').slice(0, 80);
    found.push({ start, end: node.getEnd(), is, line: line + 1, was });
  };
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isDecorator(node)) return;
    if (ts.isBinaryExpression(node)) {
      const other = OPERATORS[node.operatorToken.getText(source)];
      if (other) add(node.operatorToken, other);
    }
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
      const condition = ts.isIfStatement(node) ? node.expression : node.condition;
      add(condition, `!(${condition.getText(source)})`);
    }
    if (ts.isExpressionStatement(node)) add(node, ';');
    if (ts.isNumericLiteral(node)) add(node, String(Number(node.text) + 1));
    if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function ofSql(text) {
  return SQL.flatMap(([pattern, is]) =>
    [...text.matchAll(pattern)]
      .filter(({ index }) => !/^\s*--/.test(text.slice(text.lastIndexOf('\n', index) + 1)))
      .map(({ index, 0: was }) => ({
        start: index,
        end: index + was.length,
        is: typeof is === 'string' ? is : is(was),
        was,
        line: text.slice(0, index).split('\n').length,
      })),
  );
}

/** The same ones for the same seed. */
function sample(mutations, limit, seed) {
  let state = seed;
  const drawn = mutations
    .map((mutation) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return { mutation, place: state };
    })
    .toSorted((one, other) => one.place - other.place)
    .slice(0, limit)
    .map(({ mutation }) => mutation);
  return drawn.toSorted(
    (one, other) => one.file.localeCompare(other.file) || one.start - other.start,
  );
}
