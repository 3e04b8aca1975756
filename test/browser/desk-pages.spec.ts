import { deskPersonExists, type DeskPerson } from '../support/desk.js';
import { invited, invites, office } from '../support/invitation.js';
import { listExists } from '../support/ip-lists.js';
import { companyExists, type Company } from '../support/members.js';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Keyboard } from './hands.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const stage = Stage.forThisFile();

let nakai: DeskPerson;
let company: Company;
beforeAll(async () => {
  const { genkan } = stage;
  nakai = await deskPersonExists(genkan, { loginId: 'nakai', name: '中井' });
  company = await companyExists(genkan);
  await listExists(genkan, company.corporation, ['198.51.100.0/24', '2001:db8:1:2::/64']);
  for (const { loginId, password } of [company.suzuki, company.sato])
    await genkan.visitor().sends('POST', '/login', { fields: { loginId, password, next: '/' } });
  await genkan.pool.query(
    `insert into mail_deliveries (id, kind, account_id, corporation_id, recipient, state, server_answer)
     values (gen_random_uuid(), 'recovery', $1, $2, $3, 'bounced', '550 5.1.1 User unknown in virtual mailbox table')`,
    [company.suzuki.id, company.corporation.id, company.suzuki.email],
  );
});

async function atDesk(way: Way): Promise<void> {
  await way.opens('/desk/login');
  await way.submits({ loginId: nakai.loginId, password: nakai.password });
  await way.submits({ code: await nakai.app.nextCode() });
}

/** Each page by its path, and words by which it is known. */
const PAGES: Record<string, [path: () => string, words: string]> = {
  'the TOP page': [() => '/desk', '法人番号・名前・ID・メールアドレスなど'],
  'the search': [() => '/desk/search', '検索できるもの'],
  'the search, with results,': [() => '/desk/search?q=suzuki', '利用者'],
  'the search for a mail address': [
    () => `/desk/search?q=${encodeURIComponent(company.suzuki.email)}`,
    'このアドレスあてのメール',
  ],
  'the search for an address': [
    () => '/desk/search?q=203.0.113.5',
    'IPアドレスだけでは、検索できません。',
  ],
  'the search, in vain,': [() => '/desk/search?q=999', '当てはまるものはありません'],
  'a company': [() => `/desk/corporations/${company.corporation.id}`, '届かなかったメール'],
  'a person': [() => `/desk/accounts/${company.suzuki.id}`, 'なぜ入れないか'],
  'an act on a person': [
    () => `/desk/accounts/${company.suzuki.id}/acts/freeze`,
    'お客様もご覧になります',
  ],
  'an act on a company': [
    () => `/desk/corporations/${company.corporation.id}/acts/suspend-ip-restriction`,
    '時間（1〜72）',
  ],
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.entries(PAGES))('%s is fine', async (_name, [path, words]) => {
    const way = await stage.newWay(language);
    await atDesk(way);
    expect(await way.shows(path())).toBe(200);
    if (language === 'ja') expect(await way.page.textContent('main')).toContain(words);
    expect(await findings(way.page, language)).toEqual([]);
    expect(await findingsEverywhere(way.page, language)).toEqual([]);
  });
});

it('tells why there is no way in, what to say and what helps on the first screen', async () => {
  const way = await stage.newWay('ja');
  await atDesk(way);
  for (const { id } of [company.suzuki, company.sato]) {
    await way.shows(`/desk/accounts/${id}`);
    for (const part of ['verdict', 'sentence', 'answer .gk-actions', 'stop']) {
      const box = await way.page.locator(`.gk-diagnosis__${part}`).first().boundingBox();
      expect([part, box!.y + box!.height < 800]).toEqual([part, true]);
    }
  }
});

it('folds its filters on a telephone, but where they narrow', async () => {
  const way = await stage.newWay('ja');
  await atDesk(way);
  for (const [path, label, narrowed] of [
    ['/desk/cases', '種類', '?kind=question'],
    ['/desk/log', '結果', '?outcome=done'],
  ] as const) {
    const shows = async (query: string, width: number) => {
      await way.shows(path + query);
      await way.page.setViewportSize({ width, height: 800 });
      return way.page.getByLabel(label, { exact: true }).isVisible();
    };
    const seen = [await shows('', 320), await shows(narrowed, 320), await shows('', 1280)];
    expect([path, ...seen]).toEqual([path, false, true, true]);
  }
});

it('gives the sentence for an invited person the width of a small telephone', async () => {
  const { corporation, person } = await office(stage.genkan);
  await invites(person, invited('oda@desk.example', { name: '小田 健太' }));
  const way = await stage.newWay('ja');
  await atDesk(way);
  for (const path of ['/desk/search?q=oda@desk.example', `/desk/corporations/${corporation.id}`])
    for (const [width, least] of [
      [320, 0.95],
      [1280, 0.4],
    ] as const) {
      await way.shows(path);
      await way.page.setViewportSize({ width, height: 800 });
      const shares = await way.page.evaluate(shareOfSentence);
      expect([path, width, shares > least]).toEqual([path, width, true]);
    }
});

it('works without JavaScript', async () => {
  const way = await stage.newWay('ja');
  await atDesk(way);
  for (const [path] of Object.values(PAGES)) {
    await way.shows(path());
    expect([path(), await findingsWithoutJavaScript(way.page)]).toEqual([path(), []]);
  }
});

it('leads a keyboard from the search to the act that helps', async () => {
  const way = await stage.newWay('ja');
  await atDesk(way);
  await way.shows('/desk');
  const hands = new Keyboard(way.page);
  await hands.fills('法人番号・名前・ID・メールアドレスなど', company.sato.loginId);
  await hands.presses('検索');
  await way.page.waitForURL(/\/desk\/search/);
  await hands.follows('佐藤 花子');
  await way.page.waitForURL(/\/desk\/accounts\//);
  await way.page.locator('.gk-diagnosis__answer a').press('Enter');
  await way.page.waitForURL(/\/acts\/suspend-ip-restriction/);
  await hands.fills('時間（1〜72） ※必須', '2');
  await hands.fills('理由 ※必須', 'お電話で承りました');
  await hands.presses('IPアドレス制限を一時停止する');
  await way.page.getByText('株式会社さくらのIPアドレス制限を一時停止しました。').waitFor();
});

/** How much of its row the sentence has. */
function shareOfSentence(): number {
  const words = document.createRange();
  const cell = document.querySelector('.gk-table__whole')!;
  words.selectNodeContents(cell);
  const row = cell.closest('tr')!;
  const { paddingLeft, paddingRight } = getComputedStyle(row);
  const room = row.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  return words.getBoundingClientRect().width / room;
}
