import { findings } from './findings.js';
import {
  adds,
  allAreUnplugged,
  confirmsChange,
  PASSKEYS,
  seated,
  type Seat,
} from './passkey-seat.js';
import { Stage } from './stage.js';
import { submits } from './wizard.js';

const stage = Stage.forThisFile();
afterEach(allAreUnplugged);

/** Somebody whose password and code were given more than five minutes ago, at a change of factors. */
async function isInterrupted({ page, person }: Seat): Promise<void> {
  await stage.genkan.clock.advance('6 minutes');
  await page.goto('/me/second-factor/recovery-codes/renewal');
  await person.presses('新しく10個発行する');
  await page.locator('main').getByText('大切な操作のため').waitFor();
}

describe('before something that matters', () => {
  afterEach(() => stage.genkan.clock.reset());

  it('a passkey is as good as a code', async () => {
    const seat = await seated(stage);
    await adds(seat, '鍵');
    await isInterrupted(seat);
    expect(await findings(seat.page)).toEqual([]);
    await seat.person.presses('パスキーを使う');
    await seat.page.locator('main').getByText('リカバリーコードを新しく発行しました。').waitFor();
  });

  it('it answers there once', async () => {
    const seat = await seated(stage);
    await adds(seat, '鍵');
    await isInterrupted(seat);
    const sent = seat.page.waitForRequest((request) => request.method() === 'POST');
    await seat.person.presses('パスキーを使う');
    await seat.page.locator('main').getByText('リカバリーコードを新しく発行しました。').waitFor();
    const fields = new URLSearchParams((await sent).postData()!);
    await stage.genkan.clock.advance('6 minutes');
    const again = await seat.page.request.post('/me/second-factor/recovery-codes/renewal', {
      form: { factorPasskey: fields.get('factorPasskey')! },
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    });
    expect(again.status()).toBe(422);
  });

  it('a new one is added although another tab gave a code meanwhile', async () => {
    const seat = await seated(stage);
    await stage.genkan.clock.advance('6 minutes');
    await seat.page.goto(PASSKEYS);
    const other = await seat.page.context().newPage();
    await other.goto('/me/email');
    await submits(other, { email: 'other@new.example' });
    await submits(other, { code: await seat.app.code() });
    await other.close();
    await seat.person.fills('名前', '鍵');
    await seat.person.presses('今お使いの端末でパスキーを作成する');
    await confirmsChange(seat);
    await seat.page.getByRole('rowheader', { name: '鍵', exact: true }).waitFor();
  });
});
