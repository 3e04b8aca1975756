import { basename, dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { contentOf, filesBelow } from './support/sentences.js';

const sources = filesBelow('src', '.ts');
const tests = filesBelow('test', '.ts');
const templates = filesBelow('views', '.hbs');

interface Import {
  from: string;
  to: string;
}

const imports: Import[] = sources.flatMap((from) =>
  ts
    .preProcessFile(contentOf(from))
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => ({ from, to: normalize(join(dirname(from), name)).replace(/\.js$/, '.ts') })),
);

/** `src/auth/secrets.ts` belongs to `auth`, `src/config.ts` to nobody but itself. */
const moduleOf = (file: string) => file.split('/')[1]!;

const lines = ({ from, to }: Import) => `${from} imports ${to}`;

describe('modules', () => {
  it('web knows no feature', () => {
    const known = [
      'web',
      'database',
      'config.ts',
      'durations.ts',
      'json-files.ts',
      'resting.ts',
      'root.ts',
      'seal.ts',
    ];
    const wrong = imports.filter(
      ({ from, to }) => moduleOf(from) === 'web' && !known.includes(moduleOf(to)),
    );
    expect(wrong.map(lines)).toEqual([]);
  });

  it('files do not import each other in a circle', () => {
    expect(circle(imports)).toEqual([]);
  });

  it('folders do not import each other in a circle', () => {
    const folders = imports
      .filter(({ from, to }) => [from, to].every((file) => file.split('/').length > 2))
      .map(({ from, to }) => ({ from: moduleOf(from), to: moduleOf(to) }))
      .filter(({ from, to }) => from !== to);
    expect(folders.length).toBeGreaterThan(100);
    expect(circle(folders)).toEqual([]);
  });

  it('folders of one module do not either, but that its module file knows all of them', () => {
    const folders = imports
      .filter(({ from }) => !from.endsWith('.module.ts'))
      .filter(({ from, to }) => moduleOf(from) === moduleOf(to))
      .map(({ from, to }) => ({ from: dirname(from), to: dirname(to) }))
      .filter(({ from, to }) => from !== to);
    expect(folders.length).toBeGreaterThan(50);
    expect(circle(folders)).toEqual([]);
  });

  it('are global in a closed list only', () => {
    const global = sources.filter((file) => /^@Global\(/m.test(contentOf(file)));
    expect(global).toEqual([
      'src/audit/audit.module.ts',
      'src/database/database.module.ts',
      'src/web/web.module.ts',
    ]);
  });

  it('entities import no controllers, forms or pages', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        from.endsWith('.entity.ts') && /\.(?:controller|form)\.ts$|\/web\//.test(to),
    );
    expect(wrong.map(lines)).toEqual([]);
  });

  it('nobody but the root module imports a controller, except its own module', () => {
    const wrong = imports.filter(
      ({ from, to }) => to.endsWith('.controller.ts') && !from.endsWith('.module.ts'),
    );
    expect(wrong.map(lines)).toEqual([]);
  });

  it('nothing is imported that has no place in the sources', () => {
    const wrong = imports.filter(
      ({ to }) => !to.startsWith('src/') && to !== 'mikro-orm.config.ts',
    );
    expect(wrong.map(lines)).toEqual([]);
  });
});

describe('files', () => {
  const nowhere = /^(?:common|shared|utils?|helpers?|dtos?|interfaces?|constants?|types?)$/;

  it('have folders and names that say what they are about', () => {
    const wrong = [...sources, ...tests, ...templates].filter((file) =>
      file.split('/').some((part) => nowhere.test(part.split('.')[0]!)),
    );
    expect(wrong).toEqual([]);
  });

  it('are no services, managers or helpers', () => {
    const wrong = sources.filter((file) => /(?:service|manager|helper|util|dto)s?\.ts$/.test(file));
    expect(wrong).toEqual([]);
  });

  it('export names that no other file exports', () => {
    const exported = sources
      .filter((file) => !file.startsWith('src/database/migrations/'))
      .flatMap((file) => exportsOf(file).map((name) => ({ name, file })));
    const twice = [...Map.groupBy(exported, ({ name }) => name)]
      .filter(([, places]) => places.length > 1)
      .map(([name, places]) => `${name}: ${places.map(({ file }) => file).join(', ')}`);
    expect(exported.length).toBeGreaterThan(500);
    expect(twice).toEqual([]);
  });

  it('answer without the response, which only the web folder writes', () => {
    const wrong = sources.filter((file) => /@Res(?:ponse)?\(/.test(contentOf(file)));
    expect(wrong).toEqual([]);
  });

  it('write cookies in one place', () => {
    const wrong = sources.filter((file) => /\.(?:cookie|clearCookie)\(/.test(contentOf(file)));
    expect(wrong).toEqual(['src/web/cookies.ts']);
  });

  it('are no barrels', () => {
    const wrong = sources.filter((file) => basename(file) === 'index.ts');
    expect(wrong).toEqual(['src/database/migrations/index.ts']);
  });

  it('have at most 200 lines', () => {
    const long = [...sources, ...tests, ...filesBelow('bin', '.js'), ...filesBelow('static', '.js')]
      .map((file) => [file, contentOf(file).split('\n').length - 1] as const)
      .filter(([, count]) => count > 200);
    expect(long).toEqual([]);
  });

  it('read the environment in the configuration only', () => {
    const readers = sources.filter((file) => /\bprocess\s*\.\s*env\b/.test(contentOf(file)));
    // These two hand it to config.ts without looking at it.
    expect(readers.filter((file) => !['src/cli.ts', 'src/main.ts'].includes(file))).toEqual([]);
  });

  // The build packs them into others.
  it.each([
    ['ask where they lie', /\bimport\.meta\.dirname\b/, 'src/root.ts'],
    ['know HTMX', /['"]HX-/i, 'src/web/pages/pages.ts'],
  ])('%s in one file', (_, what, one) => {
    const wrong = sources.filter((file) => file !== one && what.test(contentOf(file)));
    expect(wrong).toEqual([]);
  });
});

/** The files or folders of one circle of imports; empty when there is none. */
function circle(all: Import[]): string[] {
  const next = Map.groupBy(all, ({ from }) => from);
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const { to } of next.get(file) ?? []) {
      const found = visit(to);
      if (found.length > 0) return found;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of next.keys()) {
    const found = visit(file);
    if (found.length > 0) return found;
  }
  return [];
}

/** What the file declares and exports, types included. */
function exportsOf(file: string): string[] {
  const { statements } = ts.createSourceFile(file, contentOf(file), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    const declared = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations
      : [statement as ts.DeclarationStatement];
    return declared.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []));
  });
}
