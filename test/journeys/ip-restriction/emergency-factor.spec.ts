import type { Visitor } from '../../support/browser.js';
import { isLedToSetUp, switchesTo } from '../../support/factor-policy.js';
import type { Member } from '../../support/people.js';
import { HOME, OFFICE, Restricted } from '../../support/restricted.js';
import { setsUpFactor } from '../../support/second-factor.js';

const stage = Restricted.forThisFile();
const CODE = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/;

let sato: Visitor;
let yamada: Member;
beforeAll(async () => {
  await stage.running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  const given = { corporation: stage.sakura, loginId: 'yamada-late', name: '山田 三郎' };
  yamada = await stage.running.people.administratorExists(given);
  sato = await stage.visits(stage.sato);
  await setsUpFactor(stage.running, sato);
  await switchesTo(sato, 'administrators');
});

it('a refused address has its own page, whatever is asked', async () => {
  const { clock } = stage.running;
  await clock.stopsAt(new Date('2026-12-06T08:59:00+09:00'));
  const person = await stage.visits(yamada);
  expect(person.page.h1).toBe('TOPページ');
  await clock.stopsAt(new Date('2026-12-06T09:00:00+09:00'));
  person.movesTo(HOME);
  await person.opens('/');
  expect(person.page.h1).toBe('アクセス制限エラー');
  await person.opens('/me/second-factor');
  expect(person.page.h1).toBe('アクセス制限エラー');
  person.movesTo(OFFICE);
  expect(await isLedToSetUp(person)).toBe(true);
});

it('a ticket opens the pages of the restriction behind the set-up of a factor alone', async () => {
  const { clock } = stage.running;
  await clock.stopsAt(new Date('2026-11-22T09:01:00+09:00'));
  await sato.opens('/ip-restriction/tickets');
  await sato.follows('新しい番号の発行へ進む');
  await sato.presses('新しく10個発行する');
  const [ticket = ''] = CODE.exec(sato.page.text) ?? [];
  await clock.stopsAt(new Date('2026-12-06T09:00:00+09:00'));
  const person = await stage.visits(yamada, HOME);
  expect(person.page.h1).toBe('アクセス制限エラー');
  person.fills('パスワード', yamada.password);
  person.fills('緊急用チケット', ticket);
  await person.presses('緊急用チケットを使う');
  expect(person.page.h1).toBe('2段階認証');
  const list = await person.sends('GET', '/ip-restriction');
  expect([list.status, list.headers.location]).toEqual([303, '/me/second-factor']);
  const { codes } = await setsUpFactor(stage.running, person);
  expect(codes).toHaveLength(10);
  await person.opens('/me/second-factor/recovery-codes');
  expect(person.page.status).toBe(200);
  await person.presses('控えたので表示を終える');
  expect([person.page.path, person.page.status]).toEqual(['/ip-restriction', 200]);
  await person.opens('/ip-restriction/draft');
  expect(person.page.status).toBe(200);
  for (const closed of [
    '/',
    '/me',
    '/security',
    '/me/second-factor',
    '/me/second-factor/recovery-codes',
    '/me/second-factor/recovery-codes/renewal',
    '/me/second-factor/exchange',
    '/me/second-factor/removal',
  ])
    expect([closed, (await person.sends('GET', closed)).status]).toEqual([closed, 403]);
});
