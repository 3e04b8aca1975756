import { deskCases } from '../support/desk-case.js';
import { deskPersonExists, signsInAtDesk } from '../support/desk.js';
import { signsIn } from '../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  type LeftBehind,
} from '../support/succession.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const stage = Stage.forThisFile();
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Other/1.0';

let left: LeftBehind;
let way: Way;
let path: string;
beforeAll(async () => {
  const { genkan } = stage;
  left = await leftBehind(genkan, 1);
  await takesOver(genkan, left, genkan.visitor({ browser: LINUX }));
  await signsIn(genkan.visitor({ browser: LINUX }), left.suzuki);
  for (const password of ['wrong-2026-one', left.sato.password])
    await signsIn(genkan.visitor({ browser: LINUX }), { ...left.sato, password });
  await objects(genkan.visitor(), await objectionLink(genkan, left.sato), '社員ではありません。');
  // Reasons that could take the width of the other columns.
  await genkan.pool.query(
    `insert into audit_entries (corporation_id, account_id, act, reason, address, facts)
     select corporation_id, id, 'sign-in', 'address-exhausted', '203.0.113.5',
            '{"browser": "", "system": "Linux"}' from accounts where corporation_id = $1`,
    [left.corporation.id],
  );
  path = `/desk/cases/${(await deskCases(genkan, left.corporation))[0]!.number}`;
});
beforeEach(async () => {
  way = await stage.newWay('ja');
});

const atDesk = async (loginId: string) => {
  const nakai = await deskPersonExists(stage.genkan, { loginId, name: loginId });
  await signsInAtDesk(way.person, nakai);
};

async function shows(address: string, width: number): Promise<void> {
  await way.shows(address);
  await way.page.setViewportSize({ width, height: 800 });
}

/** In how many lines each text stands that matches the words. */
const linesOfWords = (selector: string, words: string) =>
  way.page.evaluate(
    ([where, pattern]) => {
      const lines: number[] = [];
      for (const element of document.querySelectorAll(where!)) {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode())
          for (const { index, 0: found } of node.textContent!.matchAll(new RegExp(pattern!, 'g'))) {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + found.length);
            lines.push(new Set([...range.getClientRects()].map(({ top }) => top)).size);
          }
      }
      return lines;
    },
    [selector, words] as const,
  );

const boxesOf = (selector: string) =>
  way.page.evaluate(
    (where) =>
      [...document.querySelectorAll(where)].map((element) => {
        const { left: x, top: y, height } = element.getBoundingClientRect();
        return { x: Math.round(x), y: Math.round(y), height };
      }),
    selector,
  );

it('keeps the name of a browser whole in every log', async () => {
  const { page } = way;
  await way.signsIn(left.sato.loginId, left.sato.password);
  await shows('/log', 1280);
  expect(await linesOfWords('.gk-table--log td:last-child', 'ブラウザー')).toContain(1);
  expect(await linesOfWords('.gk-table--log td:last-child', 'ブラウザー')).not.toContain(2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await atDesk('log-reader');
  await shows(path, 1280);
  const lines = await linesOfWords('.gk-table--log td:last-child', 'ブラウザー');
  expect([lines.length > 0, lines.includes(2)]).toEqual([true, false]);
});

it('breaks no chip of the list of cases on a telephone', async () => {
  await atDesk('list-reader');
  await shows('/desk/cases', 320);
  expect(await linesOfWords('.gk-table .gk-chip', '異議・ご説明あり')).toEqual([1]);
});

it('leads from the top of a case to the work on it', async () => {
  await atDesk('case-reader');
  await shows(path, 320);
  await way.page.getByText('対応へ進む').click();
  const [work] = await boxesOf('#work-title');
  expect(work!.y >= 0 && work!.y < 400).toBe(true);
});

it('has the fields above the cases in two whole rows, and the path in one line', async () => {
  await atDesk('filter-reader');
  await shows('/desk/cases', 1280);
  const fields = await boxesOf('.gk-filter .gk-field, .gk-filter__submit');
  const rows = Object.values(Object.groupBy(fields, ({ x }) => x));
  expect(rows.map((row) => row!.length)).toEqual([2, 2, 2, 2]);
  await shows(path, 1280);
  const texts = await linesOfWords('.gk-path ol', '事案');
  expect(texts.every((lines) => lines === 1)).toBe(true);
  const bottoms = await way.page.evaluate(() =>
    [...document.querySelectorAll('.gk-path li')].map((item) => {
      const range = document.createRange();
      range.selectNodeContents(item.querySelector('a') ?? item);
      return Math.round([...range.getClientRects()].at(-1)!.bottom);
    }),
  );
  expect(new Set(bottoms).size).toBe(1);
});
