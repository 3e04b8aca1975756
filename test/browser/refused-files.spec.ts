import { buttonOf, fieldOf } from './hands.js';
import { Stage } from './stage.js';
import { comesSignedIn } from './wizard.js';

const stage = Stage.forThisFile();
const IMPORT = '/accounts/invitations/import';
const MB = 1024 * 1024;

it.each([1.2, 3, 12])('a file of %d MB is refused, and the next page comes', async (size) => {
  const { corporation } = await stage.newcomer();
  const loginId = `photographer-${size}`;
  const given = { corporation, loginId, name: '渡邊 𠮷子' };
  const { password } = await stage.genkan.people.administratorExists(given);
  const page = await stage.newPage({ javaScript: false, width: 390 });
  await comesSignedIn(page, loginId, password);
  await page.goto(IMPORT);
  const buffer = Buffer.alloc(size * MB, 'x');
  await fieldOf(page, 'CSVファイル').setInputFiles({
    name: 'IMG_0042.jpg',
    mimeType: 'image/jpeg',
    buffer,
  });
  await buttonOf(page, '内容を確認する').click();
  await page.getByRole('heading', { level: 1, name: 'ファイルが大きすぎます' }).waitFor();
  await page.goto(IMPORT);
  await page.getByRole('heading', { level: 1, name: 'まとめて招待' }).waitFor();
});
