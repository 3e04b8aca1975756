import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pressesAtDesk, provesFor } from '../../support/desk.js';
import { routesOf } from '../../support/route-walk.js';
import {
  editorAtDesk,
  forgetsContent,
  titlesOn,
  topOf,
  type ContentStage,
} from '../../support/desk-content.js';

const TILES = [{ name: '契約書類', url: '/documents' }];

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

async function addsTile(url: string): Promise<void> {
  const { lead } = stage;
  await lead.opens('/desk/applications/new');
  lead.fills('名前', '請求明細の照会');
  lead.fills('URL', url);
  lead.checks('請求書');
  await pressesAtDesk(lead, '追加する');
}

describe('services', () => {
  it('of the file are taken over by the first change, and come back', async () => {
    const { lead } = stage;
    await lead.opens('/desk/applications');
    expect(lead.page.text).toContain('設定ファイルの内容を表示しています');
    await addsTile('https://statements.example.jp/?a=1');
    expect(titlesOn(stage.lead)).toEqual(['契約書類', '請求明細の照会']);
    await stage.staff.opens('/');
    expect(stage.staff.page.link('契約書類').getAttribute('href')).toBe('/documents');
    expect(stage.staff.page.link('請求明細の照会').getAttribute('href')).toBe(
      'https://statements.example.jp/?a=1',
    );
    await lead.opens('/desk/applications/0');
    await pressesAtDesk(lead, '掲載を終了する');
    expect(await topOf(stage.staff)).not.toContain('契約書類');
    await pressesAtDesk(lead, '設定ファイルの内容に戻す');
    expect(titlesOn(stage.lead)).toEqual(['契約書類']);
    expect(await topOf(stage.staff)).toContain('契約書類');
  });

  it('count on after they came back, so that a form from before overwrites nothing', async () => {
    const { lead } = stage;
    await addsTile('https://statements.example.jp/');
    const stale = lead.tab();
    await stale.opens('/desk/applications');
    await pressesAtDesk(lead, '設定ファイルの内容に戻す');
    await addsTile('https://other.example.jp/');
    await stale.presses('上へ 請求明細の照会');
    expect(stale.page.notice).toContain('ほかの方が変更しました');
    await lead.opens('/desk/applications');
    expect(titlesOn(lead)).toEqual(['契約書類', '請求明細の照会']);
    await pressesAtDesk(lead, '設定ファイルの内容に戻す');
    await stale.presses('上へ 請求明細の照会');
    expect(titlesOn(stale)).toEqual(['契約書類']);
  });

  it.each(['NaN', '', '1e400', '-1', '2.5', '0x2', '99999999999999999999'])(
    'are not arranged by a count that nobody made: %j',
    async (version) => {
      const { lead } = stage;
      await addsTile('https://statements.example.jp/');
      await provesFor(lead, '/desk/applications');
      for (const act of [{ act: 'down', place: '0' }, { act: 'file' }]) {
        const sent = { fields: { ...act, version } as Record<string, string> };
        const { status } = await lead.sends('POST', '/desk/applications', sent);
        expect([act, status]).toEqual([act, 303]);
      }
      await lead.opens('/desk/applications');
      expect(lead.page.notice).toContain('ほかの方が変更しました');
      expect(titlesOn(lead)).toEqual(['契約書類', '請求明細の照会']);
    },
  );

  it.each([
    'http://statements.example.jp/',
    'javascript:alert(1)',
    '//evil.example',
    '/\\evil.example',
    '/\tevil',
    '/%2f/evil.example',
    'https://evil.example\\@good.example/',
    'https://user:pass@evil.example/',
    'statements.example.jp',
  ])('lead nowhere else than to https and own paths: %j', async (url) => {
    await addsTile(url);
    expect(stage.lead.page.status).toBe(422);
    expect(stage.lead.page.errorsAt('URL')).not.toEqual([]);
    await stage.lead.opens('/desk/applications');
    expect(titlesOn(stage.lead)).toEqual(['契約書類']);
  });

  it('never lead to a path of ours that only acts', async () => {
    const routes = routesOf(stage.running);
    const acting = routes
      .filter((route) => route.startsWith('POST ') && !route.includes('*'))
      .map((route) => route.slice('POST '.length))
      .filter((path) => !routes.includes(`GET ${path}`));
    expect(acting).toContain('/logout');
    for (const path of acting) {
      await addsTile(path);
      expect([path, ...stage.lead.page.errorsAt('URL')]).toEqual([
        path,
        expect.stringContaining('ログアウトなどの操作'),
      ]);
    }
  });

  it.each(['/Logout/', '/%6cogout?next=/', '/help/../logout', '/activation/abc', '/desk'])(
    'lead to customers’ pages only: %j',
    async (url) => {
      await addsTile(url);
      expect(stage.lead.page.status).toBe(422);
      expect(stage.lead.page.errorsAt('URL')).not.toEqual([]);
    },
  );

  it.each(['/static/app.css', '/nowhere', '/accounts.html', '/help/nothing', '/accounts/1'])(
    'lead to no path of ours that is no page: %j',
    async (url) => {
      await addsTile(url);
      expect(stage.lead.page.status).toBe(422);
      expect(stage.lead.page.errorsAt('URL').join()).toContain('このサービスにはありません');
    },
  );

  it.each(['/help', '/help/mail', '/ip-restriction/', '/log?what=people'])(
    'lead to pages of ours: %j',
    async (url) => {
      await addsTile(url);
      expect(titlesOn(stage.lead)).toEqual(['契約書類', '請求明細の照会']);
    },
  );

  it('show a host that may look like another one in the letters that nobody confuses', async () => {
    // The first letter is a Cyrillic one.
    await addsTile('https://аpple.example.jp/login');
    expect(stage.lead.page.text).toContain('xn--pple-43d.example.jp');
    expect(await topOf(stage.staff)).toContain('xn--pple-43d.example.jp');
    await stage.lead.opens('/desk/applications/1');
    expect(stage.lead.page.content('.gk-preview').text).toContain('xn--pple-43d.example.jp');
  });
});
