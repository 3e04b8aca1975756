import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { atDesk } from '../../support/desk-case.js';
import type { Member } from '../../support/people.js';

let running: RunningApp;
let nakai: Visitor;
let ito: Member;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
  const { people } = running;
  const minato = await people.corporationExists({
    corporateNumber: '12345678',
    name: '株式会社みなと商会',
  });
  const hinoki = await people.corporationExists({
    corporateNumber: '5550123',
    name: 'ひのき物産株式会社',
  });
  const misaki = { name: '伊藤 美咲', nameKana: 'イトウ ミサキ' };
  ito = await people.administratorExists({ corporation: minato, loginId: 'ito-demo', ...misaki });
  await people.administratorExists({ corporation: hinoki, loginId: 'misaki-i', ...misaki });
  const makoto = { name: '伊藤 誠', nameKana: 'イトウ マコト' };
  await people.administratorExists({ corporation: hinoki, loginId: 'ito-2', ...makoto });
});
afterAll(() => running.stop());

async function peopleFor(text: string): Promise<string[]> {
  await nakai.opens(`/desk/search?q=${encodeURIComponent(text)}`);
  return nakai.page.root
    .querySelectorAll('a[href^="/desk/accounts/"]')
    .map((link) => link.getAttribute('href')!.split('/').at(-1)!);
}

it.each([
  '伊藤 美咲 様 ito-demo',
  '伊藤美咲様（ito-demo）',
  '株式会社みなと商会 伊藤美咲様',
  'みなと商会株式会社伊藤美咲様',
  'みなと商会(12345678)伊藤',
  '㈱みなと商会　美咲さん',
  'みなと商会 御中 いとう様',
  '法人番号：012345678 氏名：伊藤 美咲',
  'ミサキ イトウ みなと',
  '氏名：伊藤 美咲 ログインID：Ito-Demo',
  'みなと商会 ito-d',
])('finds the one person whom %j names', async (text) => {
  expect(await peopleFor(text)).toEqual([ito.id]);
});

it('finds all whom the words name, and nobody whom one of them does not', async () => {
  expect(await peopleFor('伊藤さん 美咲さん')).toHaveLength(2);
  expect(await peopleFor('美咲 伊藤')).toHaveLength(2);
  expect(await peopleFor('伊藤 美咲（いとう みさき）')).toHaveLength(2);
  expect(await peopleFor('伊藤 ひのき物産')).toHaveLength(2);
  for (const text of [
    '伊藤 誠 ito-demo',
    'みなと商会 伊藤 誠',
    '12345678 misaki-i',
    'ひのき物産 12345678',
  ])
    expect([text, await peopleFor(text)]).toEqual([text, []]);
});

describe('the address of a network', () => {
  it.each(['203.0.113.5', ' ２０３．０．１１３．５ ', '2001:db8::1'])(
    '%j is no number of a company, and the page says where it helps',
    async (text) => {
      expect(await peopleFor(text)).toEqual([]);
      const said = nakai.page.content('.gk-diagnosis').text;
      expect(said).toContain('IPアドレスだけでは、検索できません。');
      expect(said).not.toContain('請求書');
    },
  );
});
