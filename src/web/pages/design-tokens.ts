import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const file = createRequire(import.meta.url).resolve('@digital-go-jp/design-tokens/dist/tokens.css');

/** The values by name, such as `--color-neutral-white`; a value may refer to other tokens. */
const tokens = new Map<string, string>();
for (const [, name, value] of readFileSync(file, 'utf8').matchAll(/(--[\w-]+): ([^;]+);/g))
  tokens.set(name!, value!);

/** Puts the values of the design tokens where a stylesheet refers to them: a visit carries no names. */
export function withTokens(css: string): string {
  return css.replace(/var\((--[\w-]+)\)/g, (reference, name: string) =>
    tokens.has(name) ? tokenValue(name) : reference,
  );
}

/** The value of one token, for places that know no variables. */
export function tokenValue(name: string): string {
  const value = tokens.get(name);
  if (value === undefined) throw new Error(`No design token is named ${name}`);
  const [, other] = /^var\((--[\w-]+)\)$/.exec(value) ?? [];
  return other ? tokenValue(other) : value;
}
