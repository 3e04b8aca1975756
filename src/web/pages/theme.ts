import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { isObject, jsonIn } from '../../json-files.js';
import { root } from '../../root.js';
import { tokenValue } from './design-tokens.js';

const SCHEMES = ['light', 'dark'] as const;
type Scheme = (typeof SCHEMES)[number];
/** By the alias without `--gk-color-`, as `#rrggbb`. */
type Colours = Record<string, string>;

/** What an operator changes of the look: colours of either scheme, and the logo. */
export interface Theme extends Partial<Record<Scheme, Colours>> {
  /** Path of an SVG. */
  logo?: string;
}

/** Two colours that meet, and the least contrast that WCAG 2.2 AA wants of them. */
interface Contrast {
  scheme: Scheme;
  colour: string;
  ground: string;
  least: number;
  ratio: number;
}

const TEXT = 4.5;
const GRAPHIC = 3;

const MEETINGS: [colour: string, ground: string, least: number][] = [
  ...['page', 'surface', 'raised'].flatMap((ground): [string, string, number][] => [
    ['text', ground, TEXT],
    ['muted', ground, TEXT],
    ['link', ground, TEXT],
    ['primary', ground, TEXT],
    ['error', ground, TEXT],
    ['border-strong', ground, GRAPHIC],
    ['focus', ground, GRAPHIC],
  ]),
  ['text', 'primary-soft', TEXT],
  ['primary', 'primary-soft', TEXT],
  ['on-strong', 'primary', TEXT],
  ['on-strong', 'primary-strong', TEXT],
  ['on-strong', 'error', TEXT],
  ['on-strong', 'error-strong', TEXT],
  ...['success', 'warning', 'error'].flatMap((kind): [string, string, number][] => [
    ['text', `${kind}-soft`, TEXT],
    [kind, `${kind}-soft`, TEXT],
    [kind, 'surface', TEXT],
  ]),
];

const STYLES = join(root, 'static/genkan.css');
const ALIAS = /--gk-color-([\w-]+): ([^;]+);/g;
const COLOUR = /^#[\da-f]{6}$/i;

/** @throws Error that names what is wrong in the file */
export function themeIn(file: string): Theme {
  const theme = jsonIn(file);
  if (!isObject(theme)) throw new Error('must hold a JSON object');
  const { logo, ...schemes } = theme;
  for (const [scheme, colours] of Object.entries(schemes)) refuseWrong(scheme, colours);
  if (logo === undefined) return theme;
  if (typeof logo !== 'string' || extname(logo) !== '.svg')
    throw new Error('"logo" must be the path of an SVG');
  const path = join(dirname(file), logo);
  readFileSync(path);
  return { ...theme, logo: path };
}

function refuseWrong(scheme: string, colours: unknown): void {
  if (!SCHEMES.includes(scheme as Scheme)) throw new Error(`"${scheme}" is neither light nor dark`);
  if (!isObject(colours)) throw new Error(`"${scheme}" must be an object of colours`);
  const known = own().light;
  for (const [name, value] of Object.entries(colours)) {
    if (!Object.hasOwn(known, name))
      throw new Error(`"${name}" is no colour; there are ${Object.keys(known).join(', ')}`);
    if (typeof value !== 'string' || !COLOUR.test(value))
      throw new Error(`"${name}" must be a colour such as #00428c`);
  }
}

/** The rules that come behind ours. */
export function rulesOf({ light = {}, dark = {} }: Theme, logoUrl: string | undefined): string {
  const logo = logoUrl ? `--gk-logo:url("${logoUrl}") center/contain no-repeat;` : '';
  return (
    `:root{${definitions(light)}${logo}}` +
    `@media screen and (prefers-color-scheme:dark){:root{${definitions(dark)}}}`
  );
}

function definitions(colours: Colours): string {
  return Object.entries(colours)
    .map(([name, value]) => `--gk-color-${name}:${value};`)
    .join('');
}

/** All that meet on a page, of our own look or with a theme over it. */
export function contrastsOf(theme: Theme = {}): Contrast[] {
  const ours = own();
  return SCHEMES.flatMap((scheme) => {
    const colours = { ...ours[scheme], ...theme[scheme] };
    return MEETINGS.map(([colour, ground, least]) => {
      const ratio = contrast(colours[colour]!, colours[ground]!);
      return { scheme, colour, ground, least, ratio };
    });
  });
}

export function isWeak({ ratio, least }: Contrast): boolean {
  return ratio < least;
}

/** The aliases of our stylesheet: the first block is the light one, the second one the dark. */
function own(): Record<Scheme, Colours> {
  const [light = '', dark = ''] = readFileSync(STYLES, 'utf8').match(/:root \{[^}]*\}/g) ?? [];
  return { light: aliasesIn(light), dark: { ...aliasesIn(light), ...aliasesIn(dark) } };
}

function aliasesIn(block: string): Colours {
  return Object.fromEntries(
    [...block.matchAll(ALIAS)].map(([, name, value]) => {
      const [, token] = /^var\((--[\w-]+)\)$/.exec(value!) ?? [];
      return [name!, token ? tokenValue(token) : value!];
    }),
  );
}

/** By WCAG 2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
