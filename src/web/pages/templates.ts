import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import Handlebars from 'handlebars';
import { root } from '../../root.js';
import type { Sentence } from '../sentence.js';
import { inWords, translate, type Language } from '../texts.js';

type Template = (model: object) => string;
type Pages = Map<string, Template>;

const views = join(root, 'views');

/** Shared by all applications of a process. */
let compiled: Record<Language, Pages> | undefined;

/**
 * Every template, compiled at start, once for each language: sentences without values are put into
 * the compiled text, so that a page costs no look-up for them.
 */
export class Templates {
  readonly #pages = (compiled ??= compileAll());

  /**
   * @param name path below `views` without its ending, e.g. `auth/login`
   * @param model moments in it are written in the reader's words
   */
  render(name: string, language: Language, model: object): string {
    const template = this.#pages[language].get(name);
    if (!template) throw new Error(`No template is named ${name}`);
    return template(inWords(model, language));
  }

  /** The same as a piece that another template holds, without escaping it again. */
  fragment(name: string, language: Language, model: object): Handlebars.SafeString {
    return new Handlebars.SafeString(this.render(name, language, model));
  }
}

function compileAll(): Record<Language, Pages> {
  const sources = readTemplates();
  return { ja: compileFor('ja', sources), en: compileFor('en', sources) };
}

function readTemplates(): Map<string, string> {
  const files = readdirSync(views, { recursive: true, withFileTypes: true }).filter(
    (file) => file.isFile() && file.name.endsWith('.hbs'),
  );
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [relative(views, path).replace(/\.hbs$/, ''), readFileSync(path, 'utf8')];
    }),
  );
}

function compileFor(language: Language, sources: Map<string, string>): Pages {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(
    't',
    (sentence: string | Sentence, { hash }: Handlebars.HelperOptions) =>
      typeof sentence === 'string'
        ? translate({ text: sentence, values: hash as Sentence['values'] }, language)
        : translate(sentence, language),
  );
  handlebars.registerHelper('eq', (a: unknown, b: unknown) => a === b);
  const pages: Pages = new Map();
  for (const [name, source] of sources) {
    const program = Handlebars.parse(source);
    // Plain-text mails are no HTML: nothing is escaped there.
    const noEscape = /^mails\/.*\.(text|subject)$|^partials\/mail-(?!.*-html$)/.test(name);
    new TranslateSentences(language, noEscape).accept(program);
    const template = handlebars.compile(program, {
      strict: true,
      explicitPartialContext: true,
      // Lines of a textarea would come back indented as its partial is.
      preventIndent: true,
      noEscape,
    });
    if (name.startsWith('partials/'))
      handlebars.registerPartial(name.slice('partials/'.length), template);
    pages.set(name, (model) => template(model));
  }
  return pages;
}

class TranslateSentences extends Handlebars.Visitor {
  /** Read by the visitor: a method's return value replaces the node. */
  readonly mutating = true;

  constructor(
    private readonly language: Language,
    private readonly noEscape: boolean,
  ) {
    super();
  }

  override MustacheStatement(node: hbs.AST.MustacheStatement): unknown {
    const text = this.#literal(node);
    if (text === undefined) return super.MustacheStatement(node) as unknown;
    const value = this.noEscape ? text : Handlebars.escapeExpression(text);
    return { type: 'ContentStatement', value, original: value, loc: node.loc };
  }

  override SubExpression(node: hbs.AST.SubExpression): unknown {
    const text = this.#literal(node);
    if (text === undefined) return super.SubExpression(node) as unknown;
    return { type: 'StringLiteral', value: text, original: text, loc: node.loc };
  }

  #literal(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression): string | undefined {
    const [sentence] = node.params;
    const plain =
      (node.path as hbs.AST.PathExpression).original === 't' && !node.hash?.pairs.length;
    if (!plain || sentence?.type !== 'StringLiteral') return undefined;
    return translate((sentence as hbs.AST.StringLiteral).value, this.language);
  }
}
