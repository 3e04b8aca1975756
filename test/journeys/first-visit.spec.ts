import { withTokens } from '../../src/web/pages/design-tokens.js';
import { firstVisit } from '../bench/first-visit.js';
import { startApp, type RunningApp } from '../support/app.js';
import { contentOf } from '../support/sentences.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const get = (path: string) => running.visitor().sends('GET', path);

async function assetUrls(): Promise<string[]> {
  const { text } = await get('/login');
  return [...new Set([...text.matchAll(/\/static\/[^"#]+/g)].map(([url]) => url))];
}

/** A stylesheet and a script without their space and comments. */
const rules = (css: string) => css.replace(/\/\*[^]*?\*\/|\s/g, '').replaceAll(';}', '}');
const words = (js: string) => js.replace(/^\s*(?:\/\/.*|\/\*.*\*\/)$|\s/gm, '');

describe('the files of a first visit', () => {
  it('are fetched with a page in four requests of less than 30 KB, heads and all', async () => {
    for (const path of ['/login', '/password-reset']) {
      const { requests, bytes } = await firstVisit(running.config.port, path);
      expect([path, requests]).toEqual([path, 4]);
      expect(bytes).toBeLessThan(30_000);
    }
  });

  it('lose the space around their words, and nothing else', async () => {
    const [style = '', script = ''] = await Promise.all(
      ['.css', '.js'].map(async (ending) => {
        const url = (await assetUrls()).find((each) => each.endsWith(ending));
        return (await get(url!)).text;
      }),
    );
    expect(rules(style)).toContain(rules(withTokens(contentOf('static/genkan.css'))));
    expect(style).not.toMatch(/\/\*|\n|\s[{}]/);
    expect(words(script)).toContain(words(contentOf('static/session.js')));
    expect(script).not.toMatch(/^ /m);
  });
});
