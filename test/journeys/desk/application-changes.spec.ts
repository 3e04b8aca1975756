import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deskPersonExists, pressesAtDesk, provesFor } from '../../support/desk.js';
import {
  editorAtDesk,
  forgetsContent,
  topOf,
  type ContentStage,
} from '../../support/desk-content.js';

const TILES = [
  { name: '契約書類', url: '/documents' },
  { name: 'よくある質問', url: '/help' },
];

let folder: string;
let stage: ContentStage;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'genkan-desk-content-'));
  const applicationsFile = join(folder, 'applications.json');
  await writeFile(applicationsFile, JSON.stringify(TILES));
  stage = await editorAtDesk({ applicationsFile });
});
afterAll(async () => {
  await stage.running.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => forgetsContent(stage));

describe('a change of services', () => {
  it('takes the factor in the act itself, and keeps what was typed', async () => {
    const { lead } = stage;
    await provesFor(lead, '/desk');
    await lead.opens('/desk/applications/0');
    lead.fills('URL', 'https://evil.example/');
    await lead.presses('変更する');
    expect(lead.page.h1).toBe('本人確認');
    expect(lead.page.text).toContain('TOPページのサービスの変更');
    expect(await topOf(stage.staff)).not.toContain('evil.example');
    await lead.opens('/desk/applications/0');
    await lead.presses('掲載を終了する');
    expect(lead.page.h1).toBe('本人確認');
    await lead.opens('/desk/applications/0');
    lead.fills('URL', 'https://contracts.example.jp/');
    await lead.presses('プレビューを表示する');
    expect(lead.page.content('.gk-preview').text).toContain('契約書類');
    await pressesAtDesk(lead, '変更する');
    await stage.staff.opens('/');
    expect(stage.staff.page.link('契約書類').getAttribute('href')).toBe(
      'https://contracts.example.jp/',
    );
  });

  it('is told to the leads and the desk, and logged, with both addresses', async () => {
    const { lead, running } = stage;
    const other = { loginId: 'sakai', name: '酒井', role: 'lead' };
    const { email } = await deskPersonExists(running, other);
    await lead.opens('/desk/applications/0');
    lead.fills('URL', 'https://contracts.example.jp/');
    await pressesAtDesk(lead, '変更する');
    for (const mailbox of [email, stage.tamura.email, running.config.deskMail]) {
      const { text } = await running.mailbox.mailTo(mailbox, 'TOPページのサービスの変更');
      expect(text).toMatch(/変更前：.*\/documents[\s\S]*変更後：.* contracts\.example\.jp\//);
    }
    await lead.opens('/desk/log');
    expect(lead.page.text).toMatch(
      /TOPページのサービスを変更しました[\s\S]*変更前：.*\/documents[\s\S]*変更後：.*https:\/\/contracts\.example\.jp\//,
    );
    await lead.opens('/desk/applications');
    await pressesAtDesk(lead, '設定ファイルの内容に戻す');
    const { text } = await running.mailbox.mailTo(email, 'TOPページのサービスの変更');
    expect(text).toMatch(/変更前：.* contracts\.example\.jp[\s\S]*変更後：.*\/documents/);
    expect(text).toContain('変更の内容：設定ファイルの内容に戻す');
  });

  it('is told by what was done to which service, and the same parts in the same places', async () => {
    const { lead, running, tamura } = stage;
    await running.mailbox.isReadBy(tamura.email);
    const told = async () =>
      (await running.mailbox.mailTo(tamura.email, 'TOPページのサービスの変更')).text;
    await lead.opens('/desk/applications/1');
    await pressesAtDesk(lead, '変更する');
    await lead.opens('/desk/log');
    expect(lead.page.text).toContain('「よくある質問」を変更');
    expect(lead.page.text).not.toContain('変更前：よくある質問');
    await lead.opens('/desk/applications/0');
    lead.fills('URL', 'https://contracts.example.jp/');
    lead.fills('英語の名前', 'Contracts');
    lead.checks('請求書');
    await pressesAtDesk(lead, '変更する');
    const changed = await told();
    expect(changed).toContain('変更の内容：「契約書類」を変更');
    expect(changed).toContain('変更前：契約書類 / /documents / アイコン：ほかのページ');
    expect(changed).toContain(
      '変更後：契約書類 / 英語の名前：Contracts / contracts.example.jp/ / アイコン：請求書',
    );
    await lead.opens('/desk/applications/new');
    lead.fills('名前', '請求明細の照会');
    lead.fills('URL', 'https://statements.example.jp/');
    lead.checks('書類');
    await pressesAtDesk(lead, '追加する');
    expect(await told()).toContain('変更の内容：「請求明細の照会」を追加');
    await lead.presses('上へ 請求明細の照会');
    await lead.opens('/desk/applications/0');
    await pressesAtDesk(lead, '掲載を終了する');
    expect(await told()).toContain('変更の内容：「契約書類」の掲載を終了');
    await lead.opens('/desk/log');
    expect(lead.page.text).toContain('「請求明細の照会」の順番を変更');
    expect(lead.page.text).toContain('「契約書類」の掲載を終了');
  });
});
