import type { Visitor } from '../../support/browser.js';
import { pressesAtDesk, provesFor, signsInAtDesk } from '../../support/desk.js';
import {
  editorAtDesk,
  forgetsContent,
  titlesOn,
  topOf,
  type ContentStage,
} from '../../support/desk-content.js';

let stage: ContentStage;
beforeAll(async () => {
  stage = await editorAtDesk();
});
afterAll(() => stage.running.stop());
beforeEach(() => forgetsContent(stage));

async function adds(title: string): Promise<void> {
  const { lead } = stage;
  await lead.opens('/desk/notices/new');
  lead.fills('見出し', title);
  lead.fills('本文', '本文です。');
  await pressesAtDesk(lead, '追加する');
}

/** Sessions of their own, each with an answer for the page. */
async function sessionsAt(path: string, many: number): Promise<Visitor[]> {
  const sessions: Visitor[] = [];
  for (let n = 0; n < many; n += 1) {
    const person = stage.running.visitor();
    await signsInAtDesk(person, stage.tamura);
    await provesFor(person, path);
    sessions.push(person);
    await person.opens(path);
  }
  return sessions;
}

describe('notices', () => {
  it('that somebody else changed meanwhile are not overwritten', async () => {
    const { lead } = stage;
    await adds('窓口の休業');
    await lead.follows('窓口の休業');
    const other = lead.tab();
    await other.opens('/desk/notices/0');
    other.fills('見出し', '別の方の変更');
    await pressesAtDesk(other, '変更する');
    lead.fills('見出し', '私の変更');
    await pressesAtDesk(lead, '変更する');
    expect(lead.page.status).toBe(409);
    expect(lead.page.field('見出し').getAttribute('value')).toBe('私の変更');
    expect(lead.page.content('.gk-announcements').text).toContain('別の方の変更');
    expect(await topOf(stage.staff)).toContain('別の方の変更');
    await lead.presses('この内容で上書きする');
    expect(titlesOn(stage.lead)).toEqual(['私の変更']);
  });

  it('that somebody else ended meanwhile can be added again', async () => {
    const { lead } = stage;
    await adds('窓口の休業');
    await lead.follows('窓口の休業');
    const other = lead.tab();
    await other.opens('/desk/notices/0');
    await pressesAtDesk(other, '掲載を終了する');
    lead.fills('見出し', '私の変更');
    await pressesAtDesk(lead, '変更する');
    expect(lead.page.status).toBe(409);
    expect(lead.page.errors.join()).toContain('ほかの方が掲載を終了しました');
    await lead.presses('別のお知らせとして追加する');
    expect(titlesOn(stage.lead)).toEqual(['私の変更']);
  });

  it('that others moved or added beside it are no conflict', async () => {
    const { lead } = stage;
    await adds('窓口の休業');
    await lead.follows('窓口の休業');
    const other = lead.tab();
    await other.opens('/desk/notices/new');
    other.fills('見出し', 'システムの点検');
    other.fills('本文', '本文です。');
    await pressesAtDesk(other, '追加する');
    await other.presses('上へ システムの点検');
    lead.fills('見出し', '窓口の営業');
    await pressesAtDesk(lead, '変更する');
    expect(titlesOn(stage.lead)).toEqual(['システムの点検', '窓口の営業']);
    await lead.follows('窓口の営業');
    await other.presses('下へ システムの点検');
    await pressesAtDesk(lead, '掲載を終了する');
    expect(titlesOn(stage.lead)).toEqual(['システムの点検']);
  });

  it('of two who save at once keep what the later one typed, and lose no other entry', async () => {
    const { lead } = stage;
    await adds('窓口の休業');
    const names = ['佐藤', '鈴木', '高橋', '伊藤'];
    const sessions = await sessionsAt('/desk/notices/0', names.length);
    const tabs = sessions.map((tab, n) => ({ name: names[n]!, tab }));
    for (const { name, tab } of tabs) tab.fills('見出し', `${name}の変更`);
    await Promise.all(tabs.map(({ tab }) => tab.presses('変更する')));
    const late = tabs.filter(({ tab }) => tab.page.status === 409);
    expect(late).toHaveLength(3);
    for (const { name, tab } of late)
      expect(tab.page.field('見出し').getAttribute('value')).toBe(`${name}の変更`);
    await Promise.all(late.map(({ tab }) => tab.presses('別のお知らせとして追加する')));
    await lead.opens('/desk/notices');
    expect(titlesOn(stage.lead).toSorted()).toEqual(
      tabs.map(({ name }) => `${name}の変更`).toSorted(),
    );
  });

  it('that five add at once are all there', async () => {
    const { lead } = stage;
    const titles = ['一', '二', '三', '四', '五'].map((name) => `${name}件目`);
    const tabs = await sessionsAt('/desk/notices/new', titles.length);
    for (const [place, tab] of tabs.entries()) {
      tab.fills('見出し', titles[place]!);
      tab.fills('本文', '本文です。');
    }
    await Promise.all(tabs.map((tab) => tab.presses('追加する')));
    await lead.opens('/desk/notices');
    expect(titlesOn(lead).toSorted()).toEqual(titles.toSorted());
  });
});
