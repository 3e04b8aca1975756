import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applicationsIn } from '../../src/operator-content.js';
import { readConfig } from '../../src/read-config.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';

const TILES = [
  {
    name: '請求明細の照会',
    nameEn: 'Statements',
    text: '月々のご請求',
    url: 'https://statements.example.jp/',
    icon: 'invoice',
  },
  { name: '契約書類', url: '/documents', roles: ['administrator'] },
];
const NOTICES = [
  { title: '窓口の休業', titleEn: 'Closed', text: '本日は休みます。', textEn: 'Closed today.' },
  { title: '年末のお知らせ', text: '12月', from: '2026-12-01', until: '2026-12-31' },
];

let folder: string;
let applicationsFile: string;
let noticesFile: string;
let running: RunningApp;
let sato: Member;
let suzuki: Member;
let staff: Visitor;
let administrator: Visitor;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'genkan-content-'));
  applicationsFile = join(folder, 'applications.json');
  noticesFile = join(folder, 'notices.json');
  await writeFile(applicationsFile, JSON.stringify(TILES));
  await writeFile(noticesFile, JSON.stringify(NOTICES));
  running = await startApp({ applicationsFile, noticesFile });
  const corporation = await running.people.corporationExists({
    corporateNumber: '1000001',
    name: '青葉商事株式会社',
  });
  const at = { corporation, name: '佐藤 花子' };
  sato = await running.people.administratorExists({ ...at, loginId: 'sato-1' });
  suzuki = await running.people.staffExists({ ...at, loginId: 'suzuki-1' });
});
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-30T23:59:59+09:00'));
  [administrator, staff] = [await signedIn(sato), await signedIn(suzuki)];
});

async function signedIn(member: { loginId: string; password: string }): Promise<Visitor> {
  const person = running.visitor();
  await signsIn(person, member);
  return person;
}

async function hangsUp(): Promise<void> {
  const heard = once(process, 'SIGHUP');
  process.kill(process.pid, 'SIGHUP');
  await heard;
}

const textOn = async (person: Visitor) => (await person.opens('/')).text;

it('shows the tiles of the reader`s role, with the address that was configured', async () => {
  await staff.opens('/');
  expect(staff.page.link('請求明細の照会').getAttribute('href')).toBe(TILES[0]!.url);
  expect(staff.page.text).toContain('月々のご請求');
  expect(staff.page.text).not.toContain('契約書類');
  await administrator.opens('/');
  expect(administrator.page.link('契約書類').getAttribute('href')).toBe('/documents');
});

async function showsYearEnd(time: string): Promise<boolean> {
  await running.clock.stopsAt(new Date(time));
  const person = await signedIn(suzuki);
  return person.page.text.includes('年末のお知らせ');
}

it('shows a notice from its first day in Japan to its last', async () => {
  expect(await showsYearEnd('2026-11-30T23:59:59+09:00')).toBe(false);
  expect(await showsYearEnd('2026-12-01T00:00:00+09:00')).toBe(true);
  expect(await showsYearEnd('2026-12-31T23:59:59+09:00')).toBe(true);
  expect(await showsYearEnd('2027-01-01T00:00:00+09:00')).toBe(false);
});

it('shows the English where there is one', async () => {
  await staff.opens('/');
  await staff.presses('English');
  expect(staff.page.text).toContain('Closed today.');
  expect(staff.page.text).toContain('Statements');
  expect(staff.page.text).toContain('月々のご請求');
  await staff.presses('日本語');
});

it('reads both files again at SIGHUP, and keeps the former ones when one is wrong', async () => {
  await writeFile(applicationsFile, JSON.stringify([{ name: '新しい窓口', url: '/new' }]));
  await writeFile(noticesFile, '[{ "title": "片方だけ" }]');
  await hangsUp();
  expect(await textOn(staff)).toContain('請求明細の照会');
  await writeFile(noticesFile, '[]');
  await hangsUp();
  expect(await textOn(staff)).toContain('新しい窓口');
  expect(await textOn(staff)).not.toContain('窓口の休業');
});

it.each([
  ['{', 'is no JSON'],
  ['{}', 'must hold a JSON array'],
  ['[1]', 'entry 1 is no object'],
  ...[
    'javascript:alert(1)',
    '//evil.example',
    'http://plain.example/',
    'https://a:b@c.example/',
  ].map((url): [string, string] => [
    JSON.stringify([{ name: 'A', url }]),
    '"url" must be a path or an https address',
  ]),
  ...['/logout', '/Logout/', '/help/../logout', '/language', '/desk', '/activation/abc'].map(
    (url): [string, string] => [
      JSON.stringify([{ name: 'A', url }]),
      'entry 1: "url" leads to an address of Genkan where something is done',
    ],
  ),
  ['[{ "url": "/a" }]', '"name" must be a text'],
  ['[{ "name": "A", "url": "/a", "icon": "star" }]', '"icon" must be one of'],
  ['[{ "name": "A", "url": "/a", "roles": ["boss"] }]', '"roles" must be a list of'],
  ['[{ "name": "A", "url": "/a", "colour": "red" }]', 'unknown field "colour"'],
  ['[{ "name": "A", "url": "/a", "toString": "red" }]', 'unknown field "toString"'],
  ['[[]]', 'entry 1 is no object'],
])('a wrong file stops the start: %s', async (content, reason) => {
  await writeFile(applicationsFile, content);
  expect(() => readConfig({ APPLICATIONS_FILE: applicationsFile })).toThrow('APPLICATIONS_FILE: ');
  expect(() => readConfig({ APPLICATIONS_FILE: applicationsFile })).toThrow(reason);
});

it('a tile acts no more where it names the whole address', async () => {
  await writeFile(applicationsFile, '[{ "name": "A", "url": "https://front.example.jp/logout" }]');
  expect(applicationsIn(applicationsFile)).toHaveLength(1);
  const own = () => applicationsIn(applicationsFile, 'https://front.example.jp');
  expect(own).toThrow('where something is done');
});

it.each(['2026-13-01', '1.12.2026', '2026-02-30', '2026-2-3', '2025-02-29'])(
  'a day of a notice must be one: %s',
  async (day) => {
    for (const field of ['from', 'until']) {
      const notices = [
        { title: 'A', text: 'B' },
        { title: 'A', text: 'B', [field]: day },
      ];
      await writeFile(noticesFile, JSON.stringify(notices));
      expect(() => readConfig({ NOTICES_FILE: noticesFile })).toThrow(
        `NOTICES_FILE: entry 2: "${field}" must be a day`,
      );
    }
  },
);

it.each([
  ['2026-12-01', true],
  ['2026-12-02', false],
])('a notice from 2 December until %s is refused: %s', async (until, isRefused) => {
  const notices = [{ title: 'A', text: 'B', from: '2026-12-02', until }];
  await writeFile(noticesFile, JSON.stringify(notices));
  const reads = expect(() => readConfig({ NOTICES_FILE: noticesFile }));
  if (isRefused) reads.toThrow('NOTICES_FILE: entry 1: "until" is before "from"');
  else reads.not.toThrow();
});

it('reads a file with a byte order mark', async () => {
  await writeFile(noticesFile, `\uFEFF${JSON.stringify(NOTICES)}`);
  expect(readConfig({ NOTICES_FILE: noticesFile }).noticesFile).toBe(noticesFile);
});
