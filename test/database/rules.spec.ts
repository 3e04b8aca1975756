import { Client } from 'pg';
import { NEW_ENVIRONMENT_JOB } from '../../src/accounts/own/sign-ins/new-environments.js';
import { rules, textOf } from '../../src/database/migrations/functions.js';
import { copyDatabase, type DatabaseCopy } from '../support/database.js';
import { contentOf, filesBelow } from '../support/sentences.js';
import { schemaOf } from './catalogue.js';

let database: DatabaseCopy;
let client: Client;
beforeAll(async () => {
  database = await copyDatabase();
  client = new Client(database.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const path = (rule: string) => `src/database/functions/${rule}.sql`;

const codes = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, place) => String.fromCodePoint(from + place)).join('');

describe('the rules that live in the database', () => {
  it('are the files of the folder, each with a line in the README', () => {
    const files = filesBelow('src/database/functions', '.sql');
    expect(files.toSorted()).toEqual(rules.map(path).toSorted());
    const readme = contentOf('README.md');
    for (const rule of rules) expect(readme).toMatch(new RegExp(`^\\| \`${rule}\` +\\| \\S`, 'm'));
  });

  it.each(rules)('say why: %s', (rule) => {
    expect(textOf(rule)).toMatch(/^-- \S.{20}/);
  });

  it('define every function of the schema, and no other', async () => {
    const written = rules.flatMap((rule) =>
      [...textOf(rule).matchAll(/^create or replace function (\w+)/gm)].map(([, name]) => name),
    );
    const { rows } = await client.query<{ proname: string }>(
      `select proname from pg_proc where pronamespace = 'public'::regnamespace`,
    );
    expect(written.toSorted()).toEqual(rows.map(({ proname }) => proname).toSorted());
  });

  it.each(rules)('can be run again: %s', async (rule) => {
    const before = await schemaOf(client);
    await client.query(textOf(rule));
    expect(await schemaOf(client)).toEqual(before);
  });

  it('queue a job that is registered under the same name', () => {
    expect(textOf('known-environments')).toContain(`add_job(\n    '${NEW_ENVIRONMENT_JOB}',`);
  });
});

describe('a search', () => {
  it.each([
    ['every hiragana as its katakana', codes(0x3041, 0x3096), codes(0x30a1, 0x30f6)],
    ['repetition marks', 'ゝゞ', 'ヽヾ'],
    ['half width as full width', 'ｻﾄｳ', 'サトウ'],
    ['full width letters as small ones', 'ＳＡＴＯ', 'sato'],
    ['no spaces and middle dots', 'さとう　は\tな・こ ', 'サトウハナコ'],
    ['old and other forms of a kanji', '髙﨑 渡邉 渡邊 濵田 德川', '高崎渡辺渡辺浜田徳川'],
    ['齋, 斎 and 齊 as 斉', '齋藤斎藤齊藤', '斉藤斉藤斉藤'],
    ['no selectors of a variant', '葛\u{e0100}城 神\ufe00', '葛城神'],
    ['the forms of another kanji as they are', '坂阪畑畠', '坂阪畑畠'],
  ])('reads %s', async (_, typed, folded) => {
    const { rows } = await client.query('select search_fold($1) as folded', [typed]);
    expect(rows).toEqual([{ folded }]);
  });

  it('has one usual form for each, which is what it stands for', async () => {
    const { prosrc } = (
      await client.query<{ prosrc: string }>(
        `select prosrc from pg_proc where proname = 'search_fold'`,
      )
    ).rows[0]!;
    const [variants, usual] = /'g'\),([^,]*),([^,]*)\)/
      .exec(prosrc)!
      .slice(1)
      .map((lines) => [...lines.replace(/[^\p{Script=Han}]/gu, '')]);
    expect(variants).toHaveLength(usual!.length);
    expect(new Set(variants)).toHaveProperty('size', variants!.length);
    expect(variants!.filter((each) => each.normalize('NFKC') !== each)).toEqual([]);
    expect(usual!.filter((each) => variants!.includes(each))).toEqual([]);
  });
});
