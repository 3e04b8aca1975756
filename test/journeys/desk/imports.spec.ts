import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { Operator } from '../../support/command.js';
import {
  forgetCompanies,
  fact,
  imports,
  isThrough,
  leadAtDesk,
  otherLead,
  piecesOf,
  tableOf,
  uploads,
  type DeskStage,
} from '../../support/desk-imports.js';
import { pressesAtDesk, provesAtDesk, provesFor } from '../../support/desk.js';
import { Imports } from '../../support/imports.js';
import { HEADER, rows, SAKURA } from '../../support/master-data.js';

const SUMIRE = '1002,㈱すみれ髙田,スミレタカダ,0020001,';

let stage: DeskStage;
let stored: Imports;
beforeAll(async () => {
  stage = await leadAtDesk();
  stored = new Imports(stage.running);
});
afterAll(() => stage.running.stop());
beforeEach(() => forgetCompanies(stage));

describe('master data', () => {
  it('are shown before anything changes, and imported by the press of another lead', async () => {
    const { lead } = stage;
    await stored.done(SAKURA);
    const before = await stored.stored();
    const file = rows(
      SAKURA.replace('商事,', '商店,').replace('keiri@', 'soumu@'),
      SUMIRE,
      SAKURA.replace('商事,', '商店,').replace('keiri@', 'soumu@').replace('0012345', '7654321'),
    );
    await uploads(lead, file);
    expect(lead.page.h1).toBe('取り込みの内容');
    expect(lead.page.text).toContain('取り込むと、次のようになります');
    expect(tableOf(lead)).toEqual([
      '1001 変更 さくら商店 法人名：さくら商事 → さくら商店 請求先メールアドレス：k…@sakura.example.jp → soumu@sakura.example.jp お振込先口座番号：…321',
      '1002 新規 ㈱すみれ髙田 法人名カナ：スミレタカダ お振込先口座番号：…001',
    ]);
    expect(fact(lead, '新しい法人')).toBe('1');
    expect(fact(lead, '変更のある法人')).toBe('1');
    expect(fact(lead, '新しいお振込先口座番号')).toBe('2');
    expect(fact(lead, 'ファイルの照合用の値')).toContain(
      createHash('sha256').update(file).digest('hex'),
    );
    expect(await stored.stored()).toEqual(before);

    expect(lead.page.text).toContain('別の責任者が、このページで「取り込む」を押してください');
    expect(lead.page.html).not.toContain('value="import"');
    await provesFor(lead, lead.page.path);
    await lead.sends('POST', lead.page.path, { fields: { act: 'import' } });
    expect((await lead.reloads()).notice).toContain('まだ何も変更していません');
    expect(await stored.stored()).toEqual(before);

    const other = await otherLead(stage);
    await other.opens(lead.page.url.href);
    await pressesAtDesk(other, '取り込む');
    await isThrough(other);
    expect(other.page.text).toContain('取り込みました');
    expect(fact(other, '取り込んだ方')).toContain('中井');
    expect(await stored.corporation('1001')).toMatchObject({
      name: 'さくら商店',
      billing_email: 'soumu@sakura.example.jp',
      accounts: ['321', '345'],
    });
    const [logged] = (await stored.log()) as { facts: object }[];
    expect(logged!.facts).toMatchObject({
      operator: '中井',
      file: 'list.csv',
      rows: 3,
      newCompanies: 1,
      changedCompanies: 1,
    });
  });

  it('are read in Shift_JIS, too', async () => {
    const { lead } = stage;
    await uploads(lead, iconv.encode(`${HEADER}\r\n１００１,㈱髙島,ﾀｶｼﾏ,1234,\r\n`, 'cp932'));
    expect(tableOf(lead)).toEqual(['1001 新規 ㈱髙島 法人名カナ：タカシマ お振込先口座番号：…234']);
  });

  it('of more companies than a page shows have pages, and a report', async () => {
    const { lead } = stage;
    const lines = Array.from({ length: 120 }, (_, n) => `${2000 + n},会社${n},,${n},`);
    await uploads(lead, rows(...lines));
    expect(lead.page.text).toContain('全120件中 1〜50件');
    expect(tableOf(lead)).toHaveLength(50);
    await lead.follows('次へ');
    await lead.follows('次へ');
    expect(lead.page.text).toContain('全120件中 101〜120件');
    await lead.follows('報告書をダウンロード（UTF-8）');
    const report = lead.page.html.trimEnd().split('\r\n');
    expect(report[0]).toBe('\uFEFF"区分","行","法人番号","法人名","項目","変更前","変更後"');
    expect(report.filter((line) => line.startsWith('"新規"'))).toHaveLength(120);
    expect(report.at(-1)).toContain('お振込先口座番号');
  });

  it('with bad rows change nothing, and each row is named', async () => {
    const { lead } = stage;
    await uploads(lead, rows(SAKURA, '1003,,,1,', '1004,もみじ,,12345678,'));
    expect(lead.page.text).toContain('修正が必要な行があるため、何も変更していません');
    expect(lead.page.content('#import-facts').text).toBe('選ばれたファイル');
    expect(tableOf(lead)).toEqual([
      '3行目 法人名がありません。法人名を入れてください。',
      expect.stringMatching(/^4行目 お振込先口座番号/),
    ]);
    expect(lead.page.html).not.toContain('value="import"');
    expect((await stored.stored()).corporations).toEqual([]);
  });

  it('that were discarded are imported by nobody', async () => {
    const { lead } = stage;
    await uploads(lead, rows(SAKURA));
    const other = lead.tab();
    await provesFor(other, lead.page.path);
    await lead.presses('取り消す');
    expect(lead.page.notice).toContain('取り込みを取り消しました');
    await other.presses('取り込む');
    expect(other.page.notice).toContain('すでに実行されたか、取り消されています');
    expect((await stored.stored()).corporations).toEqual([]);
    expect(await piecesOf(stage, other)).toBe(0);
  });

  it('are imported once, however often the button is pressed', async () => {
    const { lead } = stage;
    await uploads(lead, rows(SAKURA));
    const [{ path }, other] = [lead.page, lead.tab()];
    await provesFor(lead, path);
    for (const tab of [lead, other]) await tab.opens(path);
    await Promise.all([lead.presses('取り込む'), other.presses('取り込む')]);
    await lead.opens(path);
    await isThrough(lead);
    const logged = (await stored.log()) as { facts: { newCompanies: number } }[];
    expect(logged[0]!.facts.newCompanies).toBe(1);
    const { rows: runs } = await stage.running.pool.query<{ state: string }>(
      'select state from desk_imports order by created_at desc limit 1',
    );
    expect(runs).toEqual([{ state: 'done' }]);
  });

  it('wait an hour to be confirmed, and then are gone', async () => {
    const { lead, running } = stage;
    await uploads(lead, rows(SAKURA));
    const path = lead.page.url.href;
    for (let turn = 0; turn < 5; turn += 1) {
      await running.clock.advance('14 minutes');
      await lead.opens('/desk');
    }
    await lead.opens(path);
    expect(lead.page.text).toContain('60分が過ぎたため、ファイルを削除しました');
    expect(lead.page.html).not.toContain('value="import"');
  });

  it('are confirmed with a second factor in the act itself, however fresh it is', async () => {
    const { lead } = stage;
    await uploads(lead, rows(SAKURA));
    await lead.presses('取り込む');
    expect(lead.page.h1).toBe('本人確認');
    expect((await stored.stored()).corporations).toEqual([]);
    await provesAtDesk(lead);
    await lead.presses('取り込む');
    await isThrough(lead);
    expect((await stored.stored()).corporations).toHaveLength(1);
  });
});

it('a command leaves the same in the log, without a name of the desk', async () => {
  const { running } = stage;
  await imports(stage, SAKURA);
  const { exitCode } = await new Operator(running).types('import-corporations', 'nowhere.csv');
  expect(exitCode).toBe(1);
  await stored.done(SAKURA);
  const [byCommand, byDesk] = (await stored.log()) as { facts: Record<string, unknown> }[];
  expect(byCommand!.facts).not.toHaveProperty('operator');
  expect(byDesk!.facts).toHaveProperty('operator', '田村');
});
