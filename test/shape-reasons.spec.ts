import ts from 'typescript';
import { reasons } from '../src/audit/reasons.js';
import { contentOf, filesBelow } from './support/sentences.js';

const sources = filesBelow('src', '.ts').map((file) =>
  ts.createSourceFile(file, contentOf(file), ts.ScriptTarget.Latest, true),
);

/** Types by their names, which are unique in the project. */
const aliases = new Map(
  sources
    .flatMap((source) => source.statements.filter((each) => ts.isTypeAliasDeclaration(each)))
    .map((alias) => [alias.name.text, alias.type]),
);

describe('the reason of every returned refusal', () => {
  it('is in the closed list', () => {
    const known = new Set<string>(reasons);
    const returned = sources.flatMap((source) => refusalsIn(source).flatMap(reasonsOf));
    expect(new Set(returned.map(({ reason }) => reason)).size).toBeGreaterThan(30);
    const unknown = returned
      .filter(({ reason }) => !known.has(reason))
      .map(({ file, reason }) => `${file} returns ${reason}`);
    expect([...new Set(unknown)]).toEqual([]);
  });
});

/** The objects `{ ok: …, reason: … }`, as values and as types. */
function refusalsIn(node: ts.Node): ts.Node[] {
  const below: ts.Node[] = [];
  ts.forEachChild(node, (child) => void below.push(...refusalsIn(child)));
  const reason = ts.isObjectLiteralExpression(node)
    ? memberOf(node.properties, 'ok') && memberOf(node.properties, 'reason')
    : ts.isTypeLiteralNode(node) &&
      memberOf(node.members, 'ok') &&
      memberOf(node.members, 'reason');
  return reason ? [...below, reason] : below;
}

function memberOf(members: readonly ts.Node[], name: string): ts.Node | undefined {
  return members.find((member) => (member as ts.PropertySignature).name?.getText() === name);
}

interface ReturnedReason {
  file: string;
  reason: string;
}

/** The words that a value or a type can be, as far as they stand in it or in named types. */
function reasonsOf(node: ts.Node): ReturnedReason[] {
  if (ts.isStringLiteral(node)) return [{ file: node.getSourceFile().fileName, reason: node.text }];
  if (ts.isPropertyAssignment(node)) return reasonsOf(node.initializer);
  if (ts.isPropertySignature(node)) return node.type ? reasonsOf(node.type) : [];
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(reasonsOf);
  if (ts.isBinaryExpression(node)) return [node.left, node.right].flatMap(reasonsOf);
  if (ts.isLiteralTypeNode(node)) return reasonsOf(node.literal);
  if (ts.isUnionTypeNode(node)) return node.types.flatMap(reasonsOf);
  if (ts.isTypeReferenceNode(node)) {
    const alias = aliases.get(node.typeName.getText());
    return alias && ts.isUnionTypeNode(alias) ? reasonsOf(alias) : [];
  }
  return [];
}
