import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import ts from 'typescript';
import { root } from '../../src/root.js';

/** The place of the argument that is a sentence for people. */
const SENTENCE_AT: Record<string, number> = {
  say: 0,
  because: 0,
  translate: 0,
  page: 1,
  notice: 2,
  ok: 0,
  warn: 0,
  fail: 0,
};

/** Paths below the root of the project. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file}`)
    .sort();
}

export function contentOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The sentences in `{{t '…'}}` and `(t '…')`. */
export function sentencesOfTemplate(source: string): string[] {
  const found: string[] = [];
  const look = (node: hbs.AST.MustacheStatement | hbs.AST.SubExpression) => {
    const [sentence] = node.params;
    const isTranslated = (node.path as hbs.AST.PathExpression).original === 't';
    if (isTranslated && sentence?.type === 'StringLiteral')
      found.push((sentence as hbs.AST.StringLiteral).value);
  };
  class Sentences extends Handlebars.Visitor {
    override MustacheStatement(node: hbs.AST.MustacheStatement): void {
      look(node);
      super.MustacheStatement(node);
    }
    override SubExpression(node: hbs.AST.SubExpression): void {
      look(node);
      super.SubExpression(node);
    }
  }
  new Sentences().accept(Handlebars.parse(source));
  return found;
}

/**
 * The sentences in `say('…')`, `because('…')`, `translate('…')` and `notice(…, '…')`, the titles in
 * `page(…, '…')`, and what the doctor finds: `ok('…')`, `warn('…')`, `fail('…')`.
 */
export function sentencesOfSource(source: string): string[] {
  const found: string[] = [];
  const look = (node: ts.Node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const place = SENTENCE_AT[node.expression.text];
      const sentence = place === undefined ? undefined : node.arguments[place];
      if (sentence) found.push(...textsOf(sentence));
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
  return found;
}

/** Everything between quotes, sentence or not. */
export function stringsOfSource(source: string): string[] {
  const found: string[] = [];
  const look = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) found.push(node.text);
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
  return found;
}

/** The text, or both of `condition ? '…' : '…'`. */
function textsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(textsOf);
  return [];
}
