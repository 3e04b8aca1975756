import type { Visitor } from '../../support/browser.js';
import { drafts, startsTrial } from '../../support/ip-restriction.js';
import { HOME, inDays, Restricted } from '../../support/restricted.js';

const stage = Restricted.forThisFile();
const REQUESTS = '/ip-restriction/requests';

async function asks(person: Visitor): Promise<void> {
  person.fills('目的', '在宅勤務のため');
  person.fills('利用終了日', await inDays(stage.running, 7));
  await person.presses('依頼を送る');
}

async function opensRequest(person: Visitor): Promise<void> {
  await person.opens(REQUESTS);
  await person.follows('鈴木 次郎 様の依頼に返事をする');
}

it('every administrator hears who let whom in, from where and until when', async () => {
  const { mailbox, people } = stage.running;
  const kato = await people.administratorExists({
    corporation: stage.sakura,
    loginId: 'kato',
    name: '加藤 三郎',
  });
  const suzuki = await stage.visits(stage.suzuki, HOME);
  await asks(suzuki);
  await mailbox.mailTo(kato.email);
  const until = suzuki.page.facts['利用終了日']!;

  const sato = await stage.visits(stage.sato);
  await opensRequest(sato);
  await sato.presses('許可する');
  expect(sato.page.notice).toContain(`鈴木 次郎 様からの依頼（${HOME}）を許可しました。`);

  const mail = await mailbox.mailTo(kato.email);
  expect(mail.subject).toContain('IPアドレス制限の変更：許可の依頼により登録が追加されました');
  for (const fact of [
    '依頼した方：鈴木 次郎 様',
    `IPアドレス：${HOME}/32`,
    '目的：在宅勤務のため',
    `期限：${until}（日本時間）`,
    '許可した方：佐藤 花子 様',
  ])
    expect(mail.text).toContain(fact);
  expect(mail.text).not.toContain('確定しました');
});

it('whoever declines is told whom', async () => {
  const suzuki = await stage.visits(stage.suzuki, '203.0.113.10');
  await asks(suzuki);
  const sato = await stage.visits(stage.sato);
  await opensRequest(sato);
  sato.fills('却下の理由', '社内でご利用ください。');
  await sato.presses('却下する');
  expect(sato.page.notice).toContain('鈴木 次郎 様からの依頼（203.0.113.10）を却下し');
});

it('while a trial runs, nobody is offered to allow a request, and both pages lead to the trial', async () => {
  const suzuki = await stage.visits(stage.suzuki, '203.0.113.11');
  await asks(suzuki);
  const sato = await stage.visits(stage.sato);
  await drafts(sato, '198.51.100.0/24,本社', '192.0.2.0/24,支店');
  await startsTrial(sato);
  await sato.opens(REQUESTS);
  const running = /\d+時\d+分（日本時間）まで設定の試行中のため、依頼を許可できません。/;
  expect(sato.page.text).toMatch(running);
  await sato.follows('鈴木 次郎 様の依頼に返事をする');
  expect(sato.page.text).toMatch(running);
  expect(() => sato.page.button('許可する')).toThrow('No button');
  sato.page.button('却下する');
  const request = sato.page.path;
  await sato.follows('試行の確定または終了へ進む');
  expect(sato.page.path).toBe('/ip-restriction/trial');

  await stage.running.clock.advance('11 minutes');
  await sato.opens(request);
  sato.page.button('許可する');
  await stage.running.clock.reset();
});
