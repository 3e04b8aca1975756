import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { themeFindings } from '../../src/cli/doctor/theme.js';
import { readConfig } from '../../src/read-config.js';
import { contrastsOf, isWeak } from '../../src/web/pages/theme.js';
import { startApp } from '../support/app.js';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'genkan-theme-'));
  file = join(folder, 'theme.json');
});
afterAll(() => rm(folder, { recursive: true }));

const themed = async (theme: unknown) => {
  await writeFile(file, JSON.stringify(theme));
  return readConfig({ THEME_FILE: file });
};

it('our own colours can be read wherever they meet', () => {
  const all = contrastsOf();
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter(isWeak)).toEqual([]);
});

it('doctor names what nobody can read in a theme', async () => {
  const config = await themed({ light: { primary: '#7fb3e6' } });
  const found = themeFindings(config).map(({ level, sentence }) => [
    level,
    typeof sentence === 'string' ? sentence : sentence.values,
  ]);
  expect(found).toContainEqual([
    'warn',
    { scheme: 'light', colour: 'on-strong', ground: 'primary', ratio: '2.21', least: 4.5 },
  ]);
  expect(themeFindings(await themed({ light: { primary: '#0b5d3b' } }))).toEqual([
    expect.objectContaining({ level: 'ok' }),
  ]);
});

it.each([
  [{ light: { primry: '#000000' } }, '"primry" is no colour'],
  [{ light: { primary: 'red' } }, '"primary" must be a colour'],
  [{ light: { primary: '#000000;} *{display:none' } }, '"primary" must be a colour'],
  [{ light: { constructor: '#000000' } }, '"constructor" is no colour'],
  [{ light: { primary: 1 } }, '"primary" must be a colour'],
  [{ light: [] }, '"light" must be an object of colours'],
  [[], 'THEME_FILE: must hold a JSON object'],
  [null, 'THEME_FILE: must hold a JSON object'],
  [{ sepia: {} }, '"sepia" is neither light nor dark'],
  [{ logo: 'logo.png' }, '"logo" must be the path of an SVG'],
  [{ logo: 1 }, '"logo" must be the path of an SVG'],
  [{ logo: 'none.svg' }, 'ENOENT'],
])('a wrong theme stops the start: %j', async (theme, reason) => {
  await expect(themed(theme)).rejects.toThrow(reason);
});

it('reads what an editor saved with a byte order mark, and says what is no JSON', async () => {
  await writeFile(file, `\uFEFF${JSON.stringify({ light: { primary: '#0b5d3b' } })}`);
  expect(readConfig({ THEME_FILE: file }).themeFile).toBe(file);
  await writeFile(file, '{');
  expect(() => readConfig({ THEME_FILE: file })).toThrow(`THEME_FILE: ${file} is no JSON`);
});

it('puts the colours behind ours, and the logo among the static files', async () => {
  await writeFile(join(folder, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const { themeFile } = await themed({
    light: { primary: '#0b5d3b' },
    dark: { link: '#aaddcc' },
    logo: 'logo.svg',
  });
  const running = await startApp({ themeFile });
  try {
    const person = running.visitor();
    await person.opens('/login');
    const href = person.page.root.querySelector('link[rel=stylesheet]')!.getAttribute('href')!;
    const { text } = await person.sends('GET', href);
    expect(text.indexOf('--gk-color-primary:#0b5d3b')).toBeGreaterThan(
      text.indexOf('--gk-color-primary: '),
    );
    expect(text).toMatch(/prefers-color-scheme:dark\)\{:root\{--gk-color-link:#aaddcc/);
    const [, logo = ''] = /--gk-logo:url\("([^"]+)"\)/.exec(text) ?? [];
    expect(await person.sends('GET', logo)).toMatchObject({
      status: 200,
      text: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    });
  } finally {
    await running.stop();
  }
});
