import { withTokens } from '../../src/web/pages/design-tokens.js';
import { firstVisit } from '../bench/first-visit.js';
import { startApp, type RunningApp } from '../support/app.js';
import { signsIn } from '../support/registration.js';
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
  it.each([
    ['/login', 30 * 1024],
    ['/password-reset', 30 * 1024],
    // All answers on one page, so that a browser finds words in them.
    ['/help', 49_500],
  ])(
    'are fetched with %s in four requests of less than %i bytes, heads and all',
    async (path, limit) => {
      const { requests, bytes } = await firstVisit(running.config.port, path);
      expect(requests).toBe(4);
      expect(bytes).toBeLessThan(limit);
    },
  );

  it('are fetched with the TOP page in four requests of less than 36,500 bytes', async () => {
    const person = running.visitor();
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000002',
      name: '株式会社みなと製作所',
    });
    const sato = { corporation, loginId: 'sato', name: '佐藤 花子' };
    await signsIn(person, await running.people.administratorExists(sato));
    expect(person.page.h1).toBe('TOPページ');
    const { requests, bytes } = await firstVisit(running.config.port, '/', person.jar.header);
    expect(requests).toBe(4);
    expect(bytes).toBeLessThan(36_500);
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
