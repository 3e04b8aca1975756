import {
  fact,
  isThrough,
  leadAtDesk,
  otherLead,
  tableOf,
  uploads,
  type DeskStage,
} from '../../support/desk-imports.js';
import { pressesAtDesk } from '../../support/desk.js';
import { Imports } from '../../support/imports.js';
import { rows, SAKURA } from '../../support/master-data.js';

const HIDDEN = '1001 変更 さくら商事 お振込先口座番号：…';

let stage: DeskStage;
let stored: Imports;
beforeAll(async () => {
  stage = await leadAtDesk();
  stored = new Imports(stage.running);
  await stored.done(SAKURA);
});
afterAll(() => stage.running.stop());

it('tells by trial of many accounts neither which nor how many are known', async () => {
  const { lead } = stage;
  const guesses = ['0012344', '0012345', '0012346', '0012347', '0012348'];
  await uploads(lead, rows(...guesses.map((guess) => SAKURA.replace('0012345', guess))));
  expect(tableOf(lead)).toEqual([HIDDEN]);
  expect(lead.page.text).not.toContain('新しいお振込先口座番号');
  expect(lead.page.text).toContain('取り込むまで表示しません。');
  expect(fact(lead, '変更のある法人')).toBe('1');
  await lead.presses('取り消す');
  await lead.opens('/desk/log');
  expect(lead.page.text).toContain('取り込むファイルの内容を確認しました');
  expect(lead.page.text).toContain('取り込みを取り消しました');
});

it('tells nothing of four accounts of which one is known', async () => {
  const { lead } = stage;
  const guesses = ['0012342', '0012343', '0012344', '0012345'];
  await uploads(lead, rows(...guesses.map((guess) => SAKURA.replace('0012345', guess))));
  expect(tableOf(lead)).toEqual([HIDDEN]);
  await lead.presses('取り消す');
});

it('tells whoever confirms it how many accounts it would add, and not whoever chose it', async () => {
  const { lead } = stage;
  const guesses = ['0012342', '0012343', '0012344', '0012345'];
  await uploads(lead, rows(...guesses.map((guess) => SAKURA.replace('0012345', guess))));
  const path = lead.page.path;
  const other = await otherLead(stage);
  await other.opens(path);
  expect(tableOf(other)).toEqual(['1001 変更 さくら商事 お振込先口座番号：新しい番号3件']);
  await other.opens(`${path}/report`);
  expect(other.page.html).toContain('新しい番号3件');
  await lead.opens(`${path}/report`);
  expect(lead.page.html).not.toContain('新しい番号');
  await other.opens(path);
  await other.presses('取り消す');
});

it('tells nothing more of a company after ten accounts of a day, right or wrong', async () => {
  const { lead, running } = stage;
  for (const last of [10, 20, 30]) {
    const guesses = [1, 2, 3].map((digit) =>
      SAKURA.replace('12345', String(70_000 + last + digit)),
    );
    await uploads(lead, rows(...guesses));
    expect(tableOf(lead)[0]).toContain(`…0${last + 3}`);
    await lead.presses('取り消す');
  }
  const right = rows(SAKURA);
  await uploads(lead, right);
  expect(tableOf(lead)).toEqual([HIDDEN]);
  expect(fact(lead, '変更のない法人')).toBe('0');
  await lead.presses('取り消す');
  await uploads(lead, rows(SAKURA.replace('12345', '79999')));
  expect(tableOf(lead)).toEqual([HIDDEN]);
  expect(fact(lead, '変更のない法人')).toBe('0');
  await lead.presses('取り消す');
  await running.pool.query(`update desk_imports set created_at = created_at - interval '25 hours'`);
  await uploads(lead, right);
  expect(tableOf(lead)).toEqual([]);
  expect(fact(lead, '変更のない法人')).toBe('1');
  await lead.presses('取り消す');
});

it('leaves a row in the log of each company that it changes, in words and without values', async () => {
  const file = rows(SAKURA.replace('商事,', '商店,').replace('0012345', '7654321'));
  await uploads(stage.lead, file);
  const other = await otherLead(stage);
  await other.opens(stage.lead.page.url.href);
  await pressesAtDesk(other, '取り込む');
  await isThrough(other);
  const { rows: found } = await stage.running.pool.query(
    `select c.corporate_number as number, e.facts from audit_entries e
     join corporations c on c.id = e.corporation_id where e.act = 'master-data-change'`,
  );
  const fields = 'corporationName,transferAccount';
  expect(found).toEqual([{ number: '1001', facts: { operator: '中井', fields } }]);
  await other.opens('/desk/log');
  expect(other.page.text).toContain('変更した項目：法人名、お振込先口座番号');
});

it('says why a file that came to change a company takes another lead', async () => {
  const { lead } = stage;
  const momiji = SAKURA.replace('1001', '1005');
  await uploads(lead, rows(momiji));
  await stored.done(momiji.replace('0012345', '7654321'));
  const before = await stored.stored();
  await pressesAtDesk(lead, '取り込む');
  await isThrough(lead);
  const outdated = '確認のあとで、ファイルの法人が登録されていました。';
  expect(lead.page.text).toContain(outdated);
  expect(lead.page.text).toContain('別の責任者が、このページで「取り込む」を押してください');
  expect(lead.page.text).not.toContain('取り込んだ方');
  expect(tableOf(lead)).toEqual(['1005 変更 さくら商事 お振込先口座番号：…345']);
  expect(await stored.stored()).toEqual(before);
  const other = await otherLead(stage);
  await other.opens(lead.page.url.href);
  await pressesAtDesk(other, '取り込む');
  await isThrough(other);
  expect(other.page.text).not.toContain(outdated);
  expect(fact(other, '取り込んだ方')).toContain('中井');
  expect(await stored.corporation('1005')).toMatchObject({ accounts: ['321', '345'] });
});
