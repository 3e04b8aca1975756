import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { office } from '../support/invitation.js';
import { HEADER, uploads } from '../support/invitation-import.js';

const BOUNDARY = 'a-boundary';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const typedOn = ({ page }: Visitor) =>
  page.field('一覧の貼り付け').textContent.trim().replaceAll('\r', '');

describe('a file that is no list', () => {
  it.each([
    ['a picture', [0xff, 0xd8, 0xff, 0xe0], '選択されたファイルは画像で、'],
    ['a PDF', '%PDF-1.7 list', '選択されたファイルはPDFで、'],
    ['an old workbook', [0xd0, 0xcf, 0x11, 0xe0], 'Excelのブック（.xlsx・.xls）は'],
    ['other bytes', 'a,b\0\0\u0001', '選択されたファイルは、CSVファイルではありません。'],
  ])('is called what it is, and the pasted lines stay: %s', async (_, bytes, sentence) => {
    const { person } = await office(running);
    for (const typed of ['', HEADER]) {
      await person.opens('/accounts/invitations/import');
      person.fills('一覧の貼り付け', typed);
      person.attaches('CSVファイル', Buffer.from(bytes as string));
      await person.presses('内容を確認する');
      expect(person.page.status).toBe(422);
      expect(person.page.content('#error-file').text).toContain(sentence);
      expect(typedOn(person)).toBe(typed);
    }
  });

  it('is refused in the list of addresses too', async () => {
    const { person } = await office(running);
    await person.opens('/ip-restriction/draft');
    person.attaches('CSVファイル', Buffer.from('%PDF-1.7'));
    const button = person.page.root.querySelector('input[type=file]')!.closest('form')!;
    await person.presses(button.querySelector('button')!.structuredText.trim(), 'CSVファイル');
    expect(person.page.status).toBe(422);
    expect(person.page.text).toContain('選択されたファイルはPDFで、');
  });

  it('is called empty when it is', async () => {
    const { person } = await office(running);
    const file = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="people"; filename="list.csv"\r\n\r\n\r\n--${BOUNDARY}--\r\n`;
    const { text } = await person.sends('POST', '/accounts/invitations/import', {
      raw: file,
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    });
    expect(text).toContain('選択されたファイルは空です。');
  });

  it('is named when it is too large, and the way leads back to the form', async () => {
    const { person } = await office(running);
    await uploads(person, Buffer.alloc(600 * 1024, 'x'));
    expect(person.page.status).toBe(413);
    expect(person.page.h1).toBe('ファイルが大きすぎます');
    expect(person.page.text).toContain('「list.csv」は大きすぎるため');
    expect(person.page.text).toContain('512KBまで');
    await person.follows('入力のページに戻る');
    expect(person.page.h1).toBe('まとめて招待');
  });
});
