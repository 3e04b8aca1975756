import Handlebars from 'handlebars';
import { partsOfCompanyName } from './company-name.js';
import type { Language } from '../texts.js';
import type { KeptFields } from '../visit.js';
import { withoutIndentation } from './lean-text.js';
import type { ShownMoment } from './shown-moment.js';
import { TemplateCompiler, templatesBelow, type Template } from './template-compiler.js';

type Pages = Map<string, Template>;

/** Shared by all applications of a process. */
let compiled: Record<Language, Pages> | undefined;

/** Every template of a page, once for each language. */
export class Templates {
  readonly #pages = (compiled ??= compileAll());

  /**
   * @param name path below `views` without its ending, e.g. `auth/login`
   * @param model with its moments as `withShownMoments` has them
   */
  render(name: string, language: Language, model: object): string {
    const template = this.#pages[language].get(name);
    if (!template) throw new Error(`No template is named ${name}`);
    return template(model);
  }
}

function compileAll(): Record<Language, Pages> {
  const all = templatesBelow('');
  const icon = all.get('partials/icon')!.replace(/^\{\{!--.*?--\}\}\n/s, '');
  const sources = [...all]
    .filter(([name]) => !name.startsWith('mails/'))
    .map(([name, source]): [string, string] => [name, withoutIndentation(withIcons(source, icon))]);
  const spaced = sources.map(([name, source]): [string, string] => [name, withSpaces(source)]);
  return { ja: compileFor('ja', sources), en: compileFor('en', spaced) };
}

const SENTENCE_BEFORE_ANOTHER = /(。'[^}]*\}\})(?=\{\{(?:t '|#if [^}]*\}\}\{\{t '))/g;

/** English leaves a space between sentences, Japanese none. */
function withSpaces(source: string): string {
  return source.replace(SENTENCE_BEFORE_ANOTHER, '$1 ');
}

const ICON = /\{\{> icon name="([\w-]+)"\}\}/g;

/** An icon that is known beforehand becomes text: a page has twenty, and each partial costs time. */
function withIcons(source: string, icon: string): string {
  return source.replace(ICON, (_, name: string) => icon.replace('{{name}}', name));
}

function compileFor(language: Language, sources: [string, string][]): Pages {
  const compiler = new TemplateCompiler(language);
  compiler.addHelper('short', (moment: ShownMoment) => moment.short());
  compiler.addHelper('ticked', ticked);
  compiler.addHelper('isEmptied', isEmptied);
  compiler.addHelper('mailAddress', mailAddress);
  compiler.addHelper('companyName', companyName);
  const partial = 'partials/';
  return new Map(
    sources.map(([name, source]) => [
      name,
      name.startsWith(partial)
        ? compiler.compilePartial(name.slice(partial.length), source)
        : compiler.compile(source),
    ]),
  );
}

/** Where it does not fit into a line, it breaks behind its @. */
function mailAddress(address: string): Handlebars.SafeString {
  return new Handlebars.SafeString(Handlebars.escapeExpression(address).replace('@', '@<wbr>'));
}

function companyName(name: string): Handlebars.SafeString {
  const parts = partsOfCompanyName(name).map((part) => Handlebars.escapeExpression(part));
  return new Handlebars.SafeString(parts.join('<wbr>'));
}

/** Whether a secret has to be entered once more, and nothing else is wrong with it. */
function isEmptied(
  name: string,
  errors: Record<string, string[]> | undefined,
  { data }: Handlebars.HelperOptions,
): boolean {
  const { emptied } = (data as { root: { emptied: readonly string[] } }).root;
  return emptied.includes(name) && !errors?.[name];
}

/** Marks a box that was ticked before the session ended. */
function ticked(
  name: string,
  value: string,
  { data }: Handlebars.HelperOptions,
): Handlebars.SafeString | '' {
  const { kept } = (data as { root: { kept: KeptFields | null } }).root;
  return [kept?.[name] ?? []].flat().includes(value)
    ? new Handlebars.SafeString(' checked=""')
    : '';
}
