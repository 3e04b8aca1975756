import { startApp, type RunningApp } from '../../support/app.js';
import {
  BRANCH,
  draftRows,
  drafts,
  newCompany,
  OFFICE,
  signedIn,
} from '../../support/ip-restriction.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('the own address is added in one press, an IPv6 one as its /64', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato, OFFICE);
  await person.opens('/ip-restriction');
  expect(person.page.text).toContain('どのIPアドレスからもログインできます。');
  await person.follows('制限を設定する');
  await person.presses(`${OFFICE}/32 を追加`);
  expect(person.page.notice).toContain('まだ反映されていません');
  person.movesTo('2001:db8:1:2:aaaa::1');
  await person.reloads();
  await person.presses('2001:db8:1:2::/64 を追加');
  expect(draftRows(person).map(([, network, label]) => [network, label])).toEqual([
    [`${OFFICE}/32`, '佐藤 花子 様の接続元'],
    ['2001:db8:1:2::/64', '佐藤 花子 様の接続元'],
  ]);
  expect(person.page.text).toContain('下書きの「佐藤 花子 様の接続元」に含まれます');
});

it('who sits where no list can take the address reads so before the list decides', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato, '100.64.0.7');
  await drafts(person, '198.51.100.0/24,本社');
  const said = '登録できない種類のものです。制限すると、今の場所からはご自分もログインできません。';
  expect(person.page.text).toMatch(/今お使いのIPアドレス\s*100\.64\.0\.7\s*登録できません/);
  for (const path of ['/ip-restriction/draft', '/ip-restriction/draft/check']) {
    await person.opens(path);
    expect(person.page.text).toContain(said);
    expect(person.page.text).not.toContain('ページに表示される');
  }
  const other = await signedIn(running, sato, BRANCH);
  await other.opens('/ip-restriction/draft/check');
  expect(other.page.text).toContain('下書きに含まれていません');
  expect(other.page.text).not.toContain(said);
});
