import { startApp, type RunningApp } from '../../support/app.js';
import { signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  type LeftBehind,
} from '../../support/succession.js';

const SCRIPT = '<script>alert("1")</script>&amp;<b>太字</b>';
const EMOJI = '👩‍🚀';

const OBJECTED =
  'お客様が異議を申し立てた登録があります。担当窓口の判断をお待ちください。 お手続きの状況を見る';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

/** The next mail to the desk about this company. */
async function deskHears({ corporation }: LeftBehind) {
  for (;;) {
    const mail = await running.mailbox.mailTo(running.config.deskMail);
    if (mail.text.includes(corporation.name)) return mail;
  }
}

async function statements({ corporation }: LeftBehind): Promise<(string | null)[]> {
  const { rows } = await running.pool.query<{ statement: string | null }>(
    `select o.statement from witnesses o join enrollments e on e.id = o.enrollment_id
     where e.corporation_id = $1 and o.objected_at is not null order by o.objected_at`,
    [corporation.id],
  );
  return rows.map(({ statement }) => statement);
}

describe('what an objector says', () => {
  it('is text in the mail to the desk, whatever it looks like, and quoted line by line', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const words = `${SCRIPT}\r\n\u2028登録された方は止まっていません。\u0007\u202e`;
    await objects(running.visitor(), await objectionLink(running, left.sato), words);
    const mail = await deskHears(left);
    expect(mail.text).toContain(`> ${SCRIPT}\n> \n> 登録された方は止まっていません。\n`);
    expect(mail.html).not.toMatch(/<script|<b>/);
    expect(mail.html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;');
    expect(await statements(left)).toEqual([`${SCRIPT}\n\n登録された方は止まっていません。`]);
    expect((await running.mailbox.mailTo(left.suzuki.email)).text).not.toContain('alert');
  });

  it('has up to 1000 characters as people count them', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const sato = running.visitor();
    await objects(sato, await objectionLink(running, left.sato), `${EMOJI.repeat(1000)}\n二行目`);
    expect(sato.page.status).toBe(422);
    expect(sato.page.errors).toEqual(['担当窓口へのご説明は1000文字以内で入力してください。']);
    expect(sato.page.field('担当窓口へのご説明').textContent).toBe(`${EMOJI.repeat(1000)}\n二行目`);
    sato.fills('担当窓口へのご説明', EMOJI.repeat(1000));
    await sato.presses('異議を申し立てる');
    expect(sato.page.h1).toBe('異議申し立てを受け付けました');
    expect(await statements(left)).toEqual([EMOJI.repeat(1000)]);
    expect((await deskHears(left)).text).toContain(`> ${EMOJI.repeat(10)}`);
  });

  it('is kept, however often and in how many browsers it is said at once', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const link = await objectionLink(running, left.sato);
    const posts = ['一回目', '二回目', '三回目'].map((statement) =>
      running.visitor().sends('POST', link, { fields: { statement } }),
    );
    for (const { status } of await Promise.all(posts)) expect(status).toBe(303);
    expect((await statements(left))[0]!.split('\n\n').sort()).toEqual(
      ['一回目', '二回目', '三回目'].sort(),
    );
    await running.mailbox.everythingIsSent();
    const about = running.mailbox
      .unread(running.config.deskMail)
      .filter(({ text }) => text.includes(left.corporation.name));
    expect(about).toHaveLength(3);
    const again = running.visitor();
    expect((await again.sends('POST', link, { fields: { statement: '四回目' } })).status).toBe(303);
    await again.opens(link);
    await again.presses('担当窓口へ送る');
    expect(again.page.status).toBe(422);
    expect(again.page.errorsAt('担当窓口へのご説明')).toEqual([
      '担当窓口へのご説明を入力してください。',
    ]);
    again.fills('担当窓口へのご説明', '五回目');
    await again.presses('担当窓口へ送る');
    expect(again.page.notice).toContain('1日に3回までです');
  });

  it('comes from two administrators at once, and stops the newcomer once', async () => {
    const left = await leftBehind(running, 1);
    await takesOver(running, left);
    const kato = `${left.sato.loginId.replace('sato', 'kato')}-1@example.jp`;
    const links = [
      await objectionLink(running, left.sato),
      running.mailbox.linkIn(await running.mailbox.mailTo(kato)),
    ];
    const posts = links.map((link, place) =>
      running.visitor().sends('POST', link, { fields: { statement: `理由${place}` } }),
    );
    for (const { status } of await Promise.all(posts)) expect(status).toBe(303);
    expect((await statements(left)).sort()).toEqual(['理由0', '理由1']);
    await running.mailbox.everythingIsSent();
    for (const email of [left.sato.email, kato]) {
      const unread = running.mailbox.unread(email).map(({ subject }) => subject);
      expect(unread).toEqual([
        '[法人WEBシステム] 管理者が追加登録されました',
        '[法人WEBシステム] 異議申し立てを受け付けました',
      ]);
    }
  });

  it('is told apart from what a colleague says', async () => {
    const left = await leftBehind(running, 1);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const kato = running.visitor();
    const email = `${left.sato.loginId.replace('sato', 'kato')}-1@example.jp`;
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(email));
    await kato.opens(link);
    expect(kato.page.h1).toBe('ほかの方の異議申し立てを受け付けています');
    expect(kato.page.text).toContain('鈴木 一郎 様は、ただちにログインできなくなりました。');
    await deskHears(left);
    kato.fills('担当窓口へのご説明', '鈴木は後任です。');
    await kato.presses('担当窓口へ送る');
    expect(kato.page.notice).toContain('ご説明を担当窓口へお送りしました。');
    expect(kato.page.content('.gk-case-words').text).toContain('鈴木は後任です。');
    expect(kato.page.text).toContain('※必須');
    await kato.opens(link);
    expect(kato.page.text).toContain('鈴木は後任です。');
    const elsewhere = running.visitor();
    await elsewhere.opens(link);
    expect(elsewhere.page.text).not.toContain('鈴木は後任です。');
    expect((await deskHears(left)).text).toContain('> 鈴木は後任です。\n');
    expect(await statements(left)).toHaveLength(1);
  });

  it('has a field for signed-in objectors, while the case is at the desk', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato), '一');
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.follows(OBJECTED);
    await sato.follows('鈴木 一郎');
    sato.fills('担当窓口へのご説明', '二');
    await sato.presses('担当窓口へ送る');
    expect(sato.page.notice).toContain('お送りしました');
    const words = sato.page.root.querySelectorAll('.gk-case-words p').map(({ text }) => text);
    expect(words).toEqual(['一', '二']);
    expect(sato.page.text).toContain('※必須');
    expect(await statements(left)).toEqual(['一\n\n二']);
    await deskHears(left);
    expect((await deskHears(left)).text).toMatch(/ご説明をされた方：佐藤 花子 様[^]*> 二\n/);
  });
});

describe('what the newcomer says', () => {
  it('reaches the desk three times a day, and never empty or without an objection', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const suzuki = running.visitor();
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.text).toContain('※必須');
    await suzuki.presses('担当窓口へ送る');
    expect(suzuki.page.status).toBe(422);
    expect(suzuki.page.errors).toEqual(['担当窓口へのご説明を入力してください。']);
    await deskHears(left);
    for (const words of ['一', '二', SCRIPT]) {
      suzuki.fills('担当窓口へのご説明', words);
      await suzuki.presses('担当窓口へ送る');
      expect(suzuki.page.notice).toContain('担当窓口へお送りしました');
      expect(suzuki.page.content('.gk-case-words').text).toContain(words);
      expect(suzuki.page.text).toContain('※必須');
      expect((await deskHears(left)).text).toContain(`> ${words}\n`);
    }
    suzuki.fills('担当窓口へのご説明', '四');
    await suzuki.presses('担当窓口へ送る');
    expect(suzuki.page.notice).toContain('1日に3回までです');
    expect(suzuki.page.html).not.toMatch(/<script>|<b>太字/);
    const { rows } = await running.pool.query(
      'select newcomer_statement as said from enrollments where corporation_id = $1',
      [left.corporation.id],
    );
    expect(rows).toEqual([{ said: `一\n\n二\n\n${SCRIPT}` }]);
  });
});
