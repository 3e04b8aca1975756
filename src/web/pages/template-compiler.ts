import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import Handlebars from 'handlebars';
import { root } from '../../root.js';
import type { Sentence } from '../sentence.js';
import { ShownMoment } from './shown-moment.js';
import { filled, translate, wordingOf, type Language } from '../texts.js';

type Values = Sentence['values'];

export type Template = (model: object, options?: Handlebars.RuntimeOptions) => string;

const views = join(root, 'views');

/** Sources below a folder of `views`, by their paths in it without the ending. */
export function templatesBelow(folder: string): Map<string, string> {
  const files = readdirSync(join(views, folder), { recursive: true, withFileTypes: true }).filter(
    (file) => file.isFile() && file.name.endsWith('.hbs'),
  );
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      const name = relative(join(views, folder), path).replace(/\.hbs$/, '');
      return [name, readFileSync(path, 'utf8')];
    }),
  );
}

/**
 * Templates of one language, each with the others' partials and helpers. Sentences without values
 * are put into the compiled text, so that a page costs no look-up for them.
 */
export class TemplateCompiler {
  readonly #handlebars = Handlebars.create();

  /** @param noEscape for plain text, which is no HTML */
  constructor(
    private readonly language: Language,
    private readonly noEscape = false,
  ) {
    this.addHelper('t', (sentence: string | Sentence, { hash }: Handlebars.HelperOptions) =>
      drawn(
        typeof sentence === 'string' ? { text: sentence, values: hash as Values } : sentence,
        language,
      ),
    );
    this.addHelper('eq', (a: unknown, b: unknown) => a === b);
  }

  addHelper(name: string, helper: Handlebars.HelperDelegate): void {
    this.#handlebars.registerHelper(name, helper);
  }

  /** At its first use: a start would take a seventh longer for pages and mails that may never come. */
  compile(source: string): Template {
    let template: Template | undefined;
    return (model, options) => (template ??= this.#compile(source))(model, options);
  }

  #compile(source: string): Template {
    const program = Handlebars.parse(source);
    new TranslateSentences(this.language, this.noEscape).accept(program);
    return this.#handlebars.compile(program, {
      strict: true,
      explicitPartialContext: true,
      // Lines of a textarea would come back indented as its partial is.
      preventIndent: true,
      noEscape: this.noEscape,
    });
  }

  compilePartial(name: string, source: string): Template {
    const template = this.compile(source);
    this.#handlebars.registerPartial(name, template);
    return template;
  }
}

/** Values that are HTML already, such as the moments of a page, stay it inside of the sentence. */
function drawn(sentence: Sentence, language: Language): string | Handlebars.SafeString {
  const isHtml = Object.values(sentence.values).some((value) => value instanceof ShownMoment);
  if (!isHtml) return translate(sentence, language);
  const text = Handlebars.escapeExpression(wordingOf(sentence.text, language));
  return new Handlebars.SafeString(filled(text, sentence.values, escaped));
}

/** Handlebars takes anything, and says so of strings alone. */
const escaped = Handlebars.escapeExpression as (value: unknown) => string;

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
