import { OperatorNews } from '../../../src/accounts/top/operator-news.js';
import {
  editorAtDesk,
  forgetsContent,
  titlesOn,
  topOf,
  type ContentStage,
} from '../../support/desk-content.js';
import { pressesAtDesk } from '../../support/desk.js';
import { workOf } from '../../support/work.js';

let stage: ContentStage;
beforeAll(async () => {
  stage = await editorAtDesk();
});
afterAll(() => stage.running.stop());
beforeEach(() => forgetsContent(stage));

interface NewNotice {
  title: string;
  text?: string;
  audience?: string;
  from?: string;
  until?: string;
}

async function adds({ title, text = '本文です。', audience, from = '', until = '' }: NewNotice) {
  const { lead } = stage;
  await lead.opens('/desk/notices');
  await lead.follows('お知らせを追加する');
  lead.fills('見出し', title);
  lead.fills('本文', text);
  lead.fills('掲載を始める日', from);
  lead.fills('掲載を終える日', until);
  if (audience) lead.checks(audience);
  await pressesAtDesk(lead, '追加する');
}

describe('notices', () => {
  it('stand on the TOP page as soon as they are saved, in the order of the list', async () => {
    const { lead } = stage;
    await adds({ title: '窓口の休業' });
    expect(lead.page.notice).toContain('「窓口の休業」を追加しました。');
    await adds({ title: 'システムの点検' });
    expect(titlesOn(stage.lead)).toEqual(['窓口の休業', 'システムの点検']);
    await lead.presses('上へ システムの点検');
    expect(titlesOn(stage.lead)).toEqual(['システムの点検', '窓口の休業']);
    const top = await topOf(stage.staff);
    expect(top.indexOf('システムの点検')).toBeLessThan(top.indexOf('窓口の休業'));
    expect(top.indexOf('システムの点検')).toBeGreaterThan(0);
  });

  it('are for whom they say, and on the days that they say', async () => {
    await adds({ title: '管理者の方へ', audience: '管理者' });
    await adds({ title: '来年のこと', from: '2099-01-01' });
    await adds({ title: '昨年のこと', until: '2020-12-31' });
    expect(await topOf(stage.administrator)).toContain('管理者の方へ');
    expect(await topOf(stage.staff)).not.toContain('管理者の方へ');
    expect(await topOf(stage.staff)).not.toMatch(/来年のこと|昨年のこと/);
    const { lead } = stage;
    await lead.opens('/desk/notices');
    expect(lead.page.text).toMatch(/来年のこと 掲載前[\s\S]*昨年のこと 掲載終了/);
    const preview = () => lead.page.content('section').text;
    expect(preview()).toContain('管理者の方へ');
    await lead.follows('担当者の方');
    expect(preview()).not.toContain('管理者の方へ');
  });

  it('are shown before they are saved exactly as customers will see them', async () => {
    const { lead } = stage;
    await lead.opens('/desk/notices/new');
    lead.fills('見出し', '窓口<b>の休業');
    lead.fills('本文', '1行目\n2行目');
    lead.fills('英語の見出し', 'Closed');
    await lead.presses('プレビューを表示する');
    const [japanese, english] = lead.page.root.querySelectorAll('.gk-announcements');
    expect(english!.text).toContain('Closed');
    expect(await topOf(stage.staff)).not.toContain('窓口');
    expect(lead.page.field('見出し').getAttribute('value')).toBe('窓口<b>の休業');
    await pressesAtDesk(lead, '追加する');
    await stage.staff.opens('/');
    expect(stage.staff.page.content('.gk-announcements').outerHTML).toBe(japanese!.outerHTML);
  });

  it('are changed and ended on their own page', async () => {
    const { lead } = stage;
    await adds({ title: '窓口の休業' });
    await lead.follows('窓口の休業');
    lead.fills('見出し', '窓口の営業');
    await pressesAtDesk(lead, '変更する');
    expect(lead.page.notice).toContain('「窓口の営業」を変更しました。');
    expect(await topOf(stage.staff)).toContain('窓口の営業');
    await lead.follows('窓口の営業');
    await pressesAtDesk(lead, '掲載を終了する');
    expect(titlesOn(stage.lead)).toEqual([]);
    expect(await topOf(stage.staff)).not.toContain('窓口の営業');
  });

  it.each([
    [{ title: '' }, '見出しを入力してください。'],
    [{ title: 'A', text: '' }, '本文を入力してください。'],
    [{ title: 'A', from: '2026-02-30' }, '掲載を始める日は、2026-12-01のように入力してください。'],
    [
      { title: 'A', from: '2026-12-02', until: '2026-12-01' },
      '掲載を終える日は、始める日以降にしてください。',
    ],
    [
      { title: '', from: '2026-12-02', until: '2026-12-01' },
      '見出しを入力してください。',
      '掲載を終える日は、始める日以降にしてください。',
    ],
    [
      { title: '', from: 'いつか', until: '2026-12-01' },
      '見出しを入力してください。',
      '掲載を始める日は、2026-12-01のように入力してください。',
    ],
  ])('with %j are refused, and what was typed stays', async (given, ...sentences) => {
    await adds(given);
    const { page } = stage.lead;
    expect([page.status, ...page.errors]).toEqual([422, ...sentences]);
    expect(page.field('見出し').getAttribute('value')).toBe(given.title);
  });

  it('have their days in words', async () => {
    const { lead } = stage;
    const year = new Date().getFullYear() + 1;
    await adds({ title: '窓口の休業', from: '2020-11-29', until: `${year}-01-03` });
    await adds({ title: '来年のこと', from: `${year}-11-29` });
    expect(lead.page.text).toContain(`2020/11/29〜${year}/1/3`);
    expect(lead.page.text).not.toMatch(/\d{4}-\d\d-\d\d/);
    const top = await topOf(stage.staff);
    expect(top).toContain('2020/11/29');
    expect(top).not.toContain('2020-11-29');
    expect(stage.staff.page.content('.gk-announcements time').outerHTML).toBe(
      '<time datetime="2020-11-29" title="2020年11月29日(日)">2020/11/29</time>',
    );
    await lead.follows('来年のこと');
    expect(lead.page.content('.gk-announcements time').text).toBe(`${year}/11/29`);
  });

  it('are in the log by who, which and how', async () => {
    await adds({ title: '窓口の休業' });
    const { rows } = await stage.running.pool.query<{ facts: object }>(
      `select facts - 'browser' - 'system' as facts from audit_entries
       where act = 'notices-change' order by id desc limit 1`,
    );
    expect(rows[0]!.facts).toMatchObject({
      operator: '田村',
      entry: '窓口の休業',
      change: 'added',
    });
  });
});

it('costs the TOP page no statement', async () => {
  const { statements: before } = await workOf(() => stage.staff.opens('/'));
  await adds({ title: '窓口の休業' });
  const { statements } = await workOf(() => stage.staff.opens('/'));
  expect(stage.staff.page.text).toContain('窓口の休業');
  expect(statements).toEqual(before);
});

it('is seen by other processes, which look again and again', async () => {
  await stage.running.pool.query(
    `insert into operator_contents (kind, entries, version, changed_by)
     values ('notices', '[{"title": "別のプロセス", "text": "です。"}]', 1, '田村')`,
  );
  expect(await topOf(stage.staff)).not.toContain('別のプロセス');
  await stage.running.app.get(OperatorNews).refresh();
  expect(await topOf(stage.staff)).toContain('別のプロセス');
});
