import type { Visitor } from '../../support/browser.js';
import { listExists } from '../../support/ip-lists.js';
import type { Mail } from '../../support/mailbox.js';
import type { Member } from '../../support/people.js';
import { HOME, Restricted } from '../../support/restricted.js';

const stage = Restricted.forThisFile();
const TICKETS = '/ip-restriction/tickets';
const CODE = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/g;

let yamada: Member;
beforeAll(async () => {
  yamada = await stage.running.people.administratorExists({
    corporation: stage.sakura,
    loginId: 'yamada',
    name: '山田 三郎',
  });
});
afterEach(() => stage.running.clock.reset());

/** Ten new ones, as the page shows them to who issues them. */
async function newTickets(): Promise<string[]> {
  const sato = await stage.visits(stage.sato);
  await sato.opens(TICKETS);
  await sato.follows('新しい番号の発行へ進む');
  await sato.presses('新しく10個発行する');
  return sato.page.text.match(CODE) ?? [];
}

/** At home, with the password and a ticket. */
async function uses(ticket: string, member = stage.sato, password?: string): Promise<Visitor> {
  const person = await stage.visits(member, HOME);
  await enters(person, ticket, password ?? member.password);
  return person;
}

async function enters(person: Visitor, ticket: string, password: string): Promise<void> {
  const fields = { act: 'ticket', ticket, password };
  person.posted = await person.sends('POST', '/ip-restriction/access', { fields });
}

const isIn = ({ posted }: Visitor) =>
  posted!.status === 303 && posted!.headers.location === '/ip-restriction';

it('ten are issued, shown once in the browser that issued them, and only hashes are kept', async () => {
  const sato = await stage.visits(stage.sato);
  await sato.opens(TICKETS);
  expect(sato.page.text).toContain('使える緊急用チケットはありません。');
  await sato.follows('新しい番号の発行へ進む');
  await sato.presses('新しく10個発行する');
  const codes = sato.page.text.match(CODE) ?? [];
  expect(new Set(codes).size).toBe(10);
  expect(sato.page.headers['cache-control']).toBe('no-store');
  const until = /発行したブラウザーで、\d+年\d+月\d+日\(.\) \d+時\d+分（日本時間）までです。/;
  expect(sato.page.text).toMatch(until);
  const end = sato.page.button('控えたので表示を終える').closest('details')!;
  expect([end.hasAttribute('open'), end.querySelector('summary')!.text]).toEqual([
    false,
    '番号の表示を終える',
  ]);
  await sato.reloads();
  expect(sato.page.text.match(CODE)).toEqual(codes);
  const other = await stage.visits(yamada);
  await other.opens(TICKETS);
  expect(other.page.text).toContain('あと10個');
  expect(other.page.text).not.toMatch(CODE);
  await sato.presses('控えたので表示を終える');
  expect(sato.page.text).not.toMatch(CODE);
  const { rows } = await stage.running.pool.query('select t::text as row from ip_tickets t');
  expect(JSON.stringify(rows)).not.toContain(codes[0]!.replaceAll('-', ''));
  expect(await stage.log('ip-tickets')).toEqual(['done']);
});

it('a locked-out administrator reaches the pages of the restriction, and nothing else, for 30 minutes', async () => {
  const { mailbox, clock } = stage.running;
  const [ticket = ''] = await newTickets();
  const sato = await stage.visits(stage.sato, HOME);
  expect(sato.page.text).toContain('対応については担当窓口にお問い合わせください。');
  expect(sato.page.text).not.toContain('依頼を送る');
  sato.fills('パスワード', stage.sato.password);
  sato.fills('緊急用チケット', ` ${ticket.toLowerCase().replaceAll('-', ' ')}`);
  await sato.presses('緊急用チケットを使う');
  expect(isIn(sato)).toBe(true);
  for (const path of ['/', '/ip-restriction/requests', TICKETS])
    expect([path, (await sato.sends('GET', path)).status]).toEqual([path, 403]);
  await sato.opens('/');
  expect(sato.page.h1).toBe('このページは、緊急用チケットでは開けません');
  const menu = sato.page.root.querySelectorAll('.gk-nav a').map((link) => link.textContent);
  expect(menu).toEqual(['IPアドレス制限', 'よくある質問']);
  expect(sato.page.text).toMatch(/あと30分 緊急用チケットでログインしています/);
  await sato.follows('設定の編集へ進む');
  expect(sato.page.path).toBe('/ip-restriction/draft');
  expect((await sato.sends('GET', '/ip-restriction/access')).headers.location).toBe(
    '/ip-restriction',
  );
  for (const { email } of [stage.sato, yamada]) {
    const mail = await mailAbout('緊急用チケットが使われました', email);
    expect(mail.text).toContain(`IPアドレス：${HOME}`);
    expect(mail.text).toContain('残りの緊急用チケット：9個');
  }
  await mailbox.nothingFor(stage.suzuki.email);
  expect((await stage.log('ip-emergency'))[0]).toBe('done');
  await clock.advance('30 minutes');
  expect((await sato.sends('GET', '/')).headers.location).toBe('/login?next=%2F');
});

it('a ticket works once, of twenty at the same moment too', async () => {
  const [ticket = '', another = ''] = await newTickets();
  const people = [];
  for (let count = 0; count < 20; count += 1) people.push(await stage.visits(yamada, HOME));
  await forgetTries(yamada);
  await Promise.all(people.map((person) => enters(person, ticket, yamada.password)));
  expect(people.filter(isIn)).toHaveLength(1);
  await forgetTries(yamada);
  expect(isIn(await uses(ticket, yamada))).toBe(false);
  expect(isIn(await uses(another, yamada))).toBe(true);
});

it('a wrong password opens nothing and uses nothing up', async () => {
  const [ticket = ''] = await newTickets();
  const person = await uses(ticket, stage.sato, 'wrong-2026-word');
  expect(person.posted!.status).toBe(422);
  expect(person.posted!.text).toContain('パスワードを確認できませんでした');
  expect(person.posted!.text).not.toContain('wrong-2026-word');
  expect(isIn(await uses(ticket))).toBe(true);
});

it('renewing voids the old ones', async () => {
  const [old = ''] = await newTickets();
  const [fresh = ''] = await newTickets();
  expect(isIn(await uses(old))).toBe(false);
  expect(isIn(await uses(fresh))).toBe(true);
});

it('five wrong ones an hour, then even a right one waits', async () => {
  const [ticket = ''] = await newTickets();
  await forgetTries(stage.sato);
  const person = await stage.visits(stage.sato, HOME);
  for (let times = 0; times < 5; times += 1) {
    await enters(person, '2222-2222-2222', stage.sato.password);
    expect(person.posted!.status).toBe(422);
  }
  await enters(person, ticket, stage.sato.password);
  expect(person.posted!.status).toBe(429);
  expect(person.posted!.text).toContain('ほかの場所から入力されても同じです。');
  expect(await stage.log('ip-emergency')).toContain('tickets-exhausted');
  await stage.running.clock.advance('61 minutes');
  expect(isIn(await uses(ticket))).toBe(true);
});

it('staff and other companies have no use for one', async () => {
  const [ticket = ''] = await newTickets();
  const suzuki = await stage.visits(stage.suzuki, HOME);
  await enters(suzuki, ticket, stage.suzuki.password);
  expect(suzuki.posted!.status).toBe(403);
  const { people } = stage.running;
  const corporation = await people.corporationExists({
    corporateNumber: '7654321',
    name: '株式会社もみじ',
  });
  const tanaka = { corporation, loginId: 'tanaka', name: '田中 一郎' };
  const member = await people.administratorExists(tanaka);
  await listExists(stage.running, corporation, ['198.51.100.0/24']);
  expect((await uses(ticket, member)).posted!.status).toBe(422);
  const stranger = stage.running.visitor({ address: HOME });
  await enters(stranger, ticket, stage.sato.password);
  expect(stranger.posted!.headers.location).toBe('/login');
});

it('a demoted administrator has none either', async () => {
  const [ticket = ''] = await newTickets();
  const person = await stage.visits(yamada, HOME);
  await stage.running.pool.query(`update accounts set role = 'staff' where id = $1`, [yamada.id]);
  await enters(person, ticket, yamada.password);
  expect(person.posted!.status).toBe(403);
  await stage.running.pool.query(`update accounts set role = 'administrator' where id = $1`, [
    yamada.id,
  ]);
});

/** Signing in here and there causes other mails, too. */
async function mailAbout(subject: string, address: string): Promise<Mail> {
  const mail = await stage.running.mailbox.mailTo(address);
  return mail.subject.includes(subject) ? mail : mailAbout(subject, address);
}

/** As if the hour of an account's tries were over. */
async function forgetTries({ id }: Member): Promise<void> {
  await stage.running.pool.query('delete from limit_counters where key = $1', [`ip-ticket:${id}`]);
}

it('opens no set-up of a second factor that nobody asks for', async () => {
  const person = await uses((await newTickets())[0]!);
  expect(isIn(person)).toBe(true);
  for (const page of ['/me/second-factor', '/me/second-factor/totp'])
    expect((await person.sends('GET', page)).status).toBe(403);
});
