import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const file = createRequire(import.meta.url).resolve('@digital-go-jp/design-tokens/dist/tokens.css');

/** The values by name, such as `--color-neutral-white`; a value may refer to other tokens. */
const tokens = new Map<string, string>();
for (const [, name, value] of readFileSync(file, 'utf8').matchAll(/(--[\w-]+): ([^;]+);/g))
  tokens.set(name!, value!);

/** Puts the definitions of the design tokens in front of a stylesheet that refers to them. */
export function withTokens(css: string): string {
  const used = new Set<string>();
  addUsed(css, used);
  const definitions = [...used].map((name) => `${name}:${tokens.get(name)};`);
  return definitions.length === 0 ? css : `:root{${definitions.join('')}}\n${css}`;
}

/** The value of one token, for places that know no variables. */
export function tokenValue(name: string): string {
  const value = tokens.get(name);
  if (value === undefined) throw new Error(`No design token is named ${name}`);
  const [, other] = /^var\((--[\w-]+)\)$/.exec(value) ?? [];
  return other ? tokenValue(other) : value;
}

function addUsed(css: string, used: Set<string>): void {
  for (const [, name] of css.matchAll(/var\((--[\w-]+)/g)) {
    const value = tokens.get(name!);
    if (value === undefined || used.has(name!)) continue;
    used.add(name!);
    addUsed(value, used);
  }
}
