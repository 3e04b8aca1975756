import { HOME, Restricted } from '../../support/restricted.js';

const stage = Restricted.forThisFile();
const TICKETS = '/ip-restriction/tickets';
afterEach(() => stage.running.clock.reset());

it('before new tickets void the old ones, a page says so and the password is asked for', async () => {
  const sato = await stage.visits(stage.sato);
  await sato.opens(TICKETS);
  await sato.follows('新しい番号の発行へ進む');
  expect(sato.page.text).not.toContain('使えなくなります');
  await sato.presses('新しく10個発行する');
  await sato.follows('新しい番号の発行へ進む');
  expect(sato.page.text).toMatch(/に発行した番号（使える残り10個）は、どれも使えなくなります。/);
  await stage.running.clock.advance('6 minutes');
  await sato.presses('新しく10個発行する');
  expect(sato.page.h1).toBe('パスワードの確認');
  expect(await stage.log('ip-tickets')).toEqual(['done']);
  sato.fills('現在のパスワード', stage.sato.password);
  await sato.presses('操作を続ける');
  expect(sato.page.notice).toContain('新しく発行しました');
});

it('a mistyped number is told as that, too', async () => {
  const sato = await stage.visits(stage.sato, HOME);
  sato.fills('パスワード', stage.sato.password);
  sato.fills('緊急用チケット', '2345-6789-ABCD');
  await sato.presses('緊急用チケットを使う');
  expect(sato.page.errorsAt('緊急用チケット')[0]).toContain('入力の間違いか、使用済みの番号');
});
