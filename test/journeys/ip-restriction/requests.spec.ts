import type { Visitor } from '../../support/browser.js';
import { signsIn } from '../../support/registration.js';
import { HOME, inDays, OFFICE, Restricted } from '../../support/restricted.js';

const stage = Restricted.forThisFile();
const REQUESTS = '/ip-restriction/requests';

async function asks(person: Visitor, purpose = '在宅勤務のため', days = 7): Promise<void> {
  person.fills('目的', purpose);
  person.fills('利用終了日', await inDays(stage.running, days));
  await person.presses('依頼を送る');
}

/** Another member of staff, each with requests of their own, at an address that is not admitted. */
let members = 0;
async function somebodyAt(address = '203.0.113.66') {
  members += 1;
  const loginId = `staff-${members}`;
  const name = `担当 ${members}号`;
  const member = await stage.running.people.staffExists({
    corporation: stage.sakura,
    loginId,
    name,
  });
  return { member, person: await stage.visits(member, address) };
}

const isIn = async (person: Visitor) => (await person.sends('GET', '/')).status === 200;

it('somebody at home asks, an administrator allows it, and the door is open until the end', async () => {
  const { mailbox, clock } = stage.running;
  const suzuki = await stage.visits(stage.suzuki, HOME);
  expect([suzuki.page.status, suzuki.page.h1]).toEqual([403, 'アクセス制限エラー']);
  expect(suzuki.page.text).toContain('お客様がアクセスしているIPアドレスではログインできません。');
  expect(suzuki.page.facts).toMatchObject({ 今お使いのIPアドレス: HOME });
  expect(suzuki.page.text).not.toContain('緊急用チケット');
  await asks(suzuki);
  expect(suzuki.page.url.pathname).toBe('/ip-restriction/access/request');
  expect(suzuki.page.h1).toBe('許可を依頼しました');
  expect(suzuki.page.facts).toMatchObject({ IPアドレス: HOME, 目的: '在宅勤務のため' });
  expect(suzuki.page.facts['利用終了日']).toMatch(/^\d+年\d+月\d+日\(.\)まで$/);

  const mail = await mailbox.mailTo(stage.sato.email);
  expect(mail.subject).toBe('[法人WEBシステム] 許可の依頼');
  expect(mail.text).toContain('鈴木 次郎 様から');
  expect(mail.text).toContain(HOME);
  expect(mailbox.linkIn(mail)).toBe(`${stage.running.url}${REQUESTS}`);

  const sato = await stage.visits(stage.sato);
  await sato.opens(REQUESTS);
  expect(sato.page.text).toContain('在宅勤務のため');
  await sato.follows('鈴木 次郎 様の依頼に返事をする');
  await sato.presses('許可する');
  expect(sato.page.notice).toContain('を許可しました。');
  expect(sato.page.text).toContain('返事を待っている依頼はありません。');
  expect(sato.page.content('.gk-notice a').getAttribute('href')).toBe('/ip-restriction/draft');
  const allowed = await mailbox.mailTo(stage.suzuki.email);
  expect(allowed.subject).toContain('許可の依頼：許可されました');
  expect(allowed.text).toContain(
    '佐藤 花子 様が、ご依頼のIPアドレスからのログインを許可しました。',
  );
  expect(allowed.text).toContain('許可した方：佐藤 花子 様（管理者）');
  const { rows } = await stage.running.pool.query(
    `select network::text, label, ends_at is not null as ends from ip_entries
     where version_id = ip_version_in_force($1) and network = $2`,
    [stage.sakura.id, `${HOME}/32`],
  );
  expect(rows).toEqual([
    { network: `${HOME}/32`, label: '鈴木 次郎（在宅勤務のため）', ends: true },
  ]);

  for (const path of ['', '/request'])
    expect((await suzuki.opens(`/ip-restriction/access${path}`)).path).toBe('/login');
  await signsIn(suzuki, stage.suzuki);
  expect(suzuki.page.h1).toBe('TOPページ');
  await clock.advance('9 days');
  await signsIn(suzuki, stage.suzuki);
  expect(suzuki.page.h1).toBe('アクセス制限エラー');
  await clock.reset();
});

it('an administrator declines with a word, which only the mail of whoever asked has', async () => {
  const { member, person } = await somebodyAt();
  await asks(person);
  const sato = await stage.visits(stage.sato);
  await sato.opens(REQUESTS);
  await sato.follows(`${member.name} 様の依頼に返事をする`);
  await sato.presses('却下する');
  expect([sato.page.status, ...sato.page.errors]).toEqual([
    422,
    '却下の理由を入力してください。依頼した方へのメールに記載します。',
  ]);
  sato.fills('却下の理由', '社内でご利用ください。');
  await sato.presses('却下する');
  expect(sato.page.notice).toContain('を却下し、');
  const mail = await stage.running.mailbox.mailTo(member.email);
  expect(mail.text).toContain('理由：社内でご利用ください。');
  expect(mail.text).toContain('却下した方：佐藤 花子 様（管理者）');
  await signsIn(person, member);
  expect(person.page.h1).toBe('アクセス制限エラー');
});

it('an IPv6 address is let in with the /64 around it', async () => {
  const { member, person } = await somebodyAt('2001:db8:7:7::1');
  await asks(person);
  const sato = await stage.visits(stage.sato);
  await sato.opens(REQUESTS);
  await sato.follows(`${member.name} 様の依頼に返事をする`);
  await sato.presses('許可する');
  person.movesTo('2001:db8:7:7:ffff::9');
  await signsIn(person, member);
  expect(await isIn(person)).toBe(true);
});

it('a parked session asks too, and goes on when it is allowed', async () => {
  const { member, person } = await somebodyAt(OFFICE);
  person.movesTo('203.0.113.77');
  await person.opens('/');
  await asks(person);
  const sato = await stage.visits(stage.sato);
  await sato.opens(REQUESTS);
  await sato.follows(`${member.name} 様の依頼に返事をする`);
  await sato.presses('許可する');
  expect(await isIn(person)).toBe(true);
});

it('what was decided or is over is told so with 409, and happens once', async () => {
  const { member, person } = await somebodyAt('203.0.113.78');
  await asks(person);
  const [sato, other] = [await stage.visits(stage.sato), await stage.visits(stage.sato)];
  const names = [sato, other].map(async (each) => {
    await each.opens(REQUESTS);
    await each.follows(`${member.name} 様の依頼に返事をする`);
    return each.presses('許可する');
  });
  const pages = await Promise.all(names);
  expect(pages.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(pages.find(({ status }) => status === 409)!.text).toContain(
    `${member.name} 様からの依頼（203.0.113.78）は、佐藤 花子 様がすでに許可しています。`,
  );
  await person.opens('/login');

  const late = await somebodyAt('203.0.113.79');
  await asks(late.person, '出張のため', 0);
  await sato.opens(REQUESTS);
  await sato.follows(`${late.member.name} 様の依頼に返事をする`);
  await stage.running.clock.advance('25 hours');
  const again = await stage.visits(stage.sato);
  expect((await again.opens(sato.page.path)).status).toBe(409);
  await stage.running.clock.reset();
});

it('three a day, each complete, for a day within a year', async () => {
  const { person } = await somebodyAt();
  await person.presses('依頼を送る');
  expect([person.page.status, ...person.page.errors]).toEqual([
    422,
    '目的を入力してください。例：在宅勤務のため',
    '利用終了日を入力してください。',
  ]);
  for (const [days, problem] of [
    [-1, '過ぎています'],
    [400, '1年以内'],
  ] as const) {
    await asks(person, '在宅勤務', days);
    expect(person.page.errors[0]).toContain(problem);
  }
  await asks(person, '', -1);
  expect(person.page.errors).toEqual([
    '目的を入力してください。例：在宅勤務のため',
    expect.stringContaining('過ぎています'),
  ]);
  await asks(person, 'https://evil.example');
  expect(person.page.errors).toEqual([
    '目的にURLやメールアドレスは入れられません。「.」のあとに文字を続ける場合は、あいだに空白を入れてください。',
  ]);
  for (let times = 0; times < 4; times += 1) {
    await person.opens('/ip-restriction/access');
    await asks(person);
  }
  expect(person.page.status).toBe(429);
  expect(Number(person.page.headers['retry-after'])).toBeGreaterThan(80_000);
});

it('nobody at an address that no list takes is asked to wait for a permission', async () => {
  const { person } = await somebodyAt('100.64.5.6');
  expect([person.page.status, person.page.h1]).toEqual([403, 'アクセス制限エラー']);
  expect(person.page.text).toContain('別のネットワークからログインしてください');
  expect(person.page.text).not.toContain('管理者に許可を依頼する');
  expect(person.page.text).not.toContain('お問い合わせください');
  await stage.running.mailbox.isReadBy(stage.sato.email);
  const fields = { act: 'request', purpose: '在宅勤務', until: await inDays(stage.running, 7) };
  const { status } = await person.sends('POST', '/ip-restriction/access', { fields });
  expect(status).toBe(403);
  await stage.running.mailbox.nothingFor(stage.sato.email);
});
