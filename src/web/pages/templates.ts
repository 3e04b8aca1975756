import type { Language } from '../texts.js';
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
  const sources = [...templatesBelow('')].filter(([name]) => !name.startsWith('mails/'));
  return { ja: compileFor('ja', sources), en: compileFor('en', sources) };
}

function compileFor(language: Language, sources: [string, string][]): Pages {
  const compiler = new TemplateCompiler(language);
  compiler.addHelper('short', (moment: ShownMoment) => moment.short());
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
