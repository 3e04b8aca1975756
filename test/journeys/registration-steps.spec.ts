import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation } from '../support/people.js';
import {
  activates,
  applicant,
  entersDetails,
  entersNumbers,
  registers,
} from '../support/registration.js';

let running: RunningApp;
let sakura: Corporation;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  sakura = await company('株式会社さくら');
});

const company = (name: string) => {
  companies += 1;
  return running.people.corporationExists({ corporateNumber: `40${companies}`, name });
};

const flowOf = (person: Visitor) => person.page.url.searchParams.get('flow')!;

describe('steps out of turn', () => {
  it.each(['details', 'confirmation', 'completed'])(
    'lead from %s to the beginning when nothing is known',
    async (step) => {
      const person = running.visitor();
      await person.opens(`/initiate/${step}`);
      expect(person.page.path).toBe('/initiate');
      expect(person.page.notice).toContain('最初のページに戻りました');
      const posted = await person.sends('POST', `/initiate/${step}`, { fields: {} });
      expect(posted.headers.location).toBe('/initiate');
    },
  );

  it('lead back to the step that is due', async () => {
    const person = running.visitor();
    await person.opens('/initiate/numbers');
    person.fills('法人番号', sakura.corporateNumber);
    person.fills('お振込先口座番号', '7654321');
    await person.presses('確認');
    const flow = await hiddenFlow(person);
    await person.opens(`/initiate/confirmation?flow=${flow}`);
    expect(person.page.path).toBe(`/initiate/numbers?flow=${flow}`);

    await entersNumbers(person, sakura);
    await person.opens(`/initiate/confirmation?flow=${flowOf(person)}`);
    expect(person.page.path).toBe(`/initiate/details?flow=${flowOf(person)}`);
    const posted = await person.sends('POST', '/initiate/confirmation', {
      fields: { flow: flowOf(person) },
    });
    expect(posted.headers.location).toBe(`/initiate/details?flow=${flowOf(person)}`);
  });

  it('lead to the completed page once the registration is done', async () => {
    const person = running.visitor();
    const entered = applicant('sato.done');
    await registers(person, sakura, entered);
    await running.mailbox.mailTo(entered.email);
    const flow = flowOf(person);
    for (const step of ['numbers', 'details', 'confirmation']) {
      await person.opens(`/initiate/${step}?flow=${flow}`);
      expect(person.page.h1).toBe('新規登録受付完了');
    }
    await person.sends('POST', '/initiate/confirmation', { fields: { flow } });
    await running.mailbox.nothingFor(entered.email);
  });

  it('end 30 minutes after the last one, as the page before the first says', async () => {
    const person = running.visitor();
    for (const door of ['/admin-enrollment', '/initiate'])
      expect((await person.opens(door)).text).toContain('開いたまま30分が過ぎると');
    await entersNumbers(person, sakura);
    await running.clock.advance('29 minutes');
    await entersDetails(person, applicant('sato.slow'));
    await running.clock.advance('29 minutes');
    await person.reloads();
    expect(person.page.button('登録')).toBeDefined();
    await running.clock.advance('1 minute');
    await person.presses('登録');
    expect(person.page.path).toBe('/initiate');
    await running.mailbox.nothingFor('sato.slow@example.jp');
  });
});

describe('a wizard', () => {
  it('belongs to the browser that began it', async () => {
    const [person, stranger] = [running.visitor(), running.visitor()];
    await entersNumbers(person, sakura);
    await entersDetails(person, applicant('sato.own', { name: '佐藤 秘密' }));
    await entersNumbers(stranger, await company('すみれ株式会社'));
    for (const step of ['details', 'confirmation']) {
      await stranger.opens(`/initiate/${step}?flow=${flowOf(person)}`);
      expect(stranger.page.path).toBe('/initiate');
      expect(stranger.page.html).not.toContain('秘密');
    }
    const fields = { flow: flowOf(person) };
    const posted = await stranger.sends('POST', '/initiate/confirmation', { fields });
    expect(posted.headers.location).toBe('/initiate');
    await running.mailbox.nothingFor('sato.own@example.jp');
  });

  it('does not mix with the one in another tab', async () => {
    const person = running.visitor();
    const other = person.tab();
    const sumire = await company('すみれ株式会社');
    await entersNumbers(person, sakura);
    await entersNumbers(other, sumire);
    await entersDetails(person, applicant('tab.one', { name: '一番 目' }));
    await entersDetails(other, applicant('tab.two', { name: '二番 目' }));
    await person.reloads();
    expect(person.page.facts).toMatchObject({ 法人名: '株式会社さくら', 氏名: '一番 目' });
    expect(other.page.facts).toMatchObject({ 法人名: 'すみれ株式会社', 氏名: '二番 目' });
    await person.presses('登録');
    await other.presses('登録');
    const mails = await Promise.all(
      ['tab.one', 'tab.two'].map((id) => running.mailbox.mailTo(`${id}@example.jp`)),
    );
    for (const [mail, company, name] of [
      [mails[0]!, '株式会社さくら', '一番 目'],
      [mails[1]!, 'すみれ株式会社', '二番 目'],
    ] as const) {
      expect(mail.text).toContain(`${name} 様`);
      await person.opens(running.mailbox.linkIn(mail));
      expect(person.page.facts).toMatchObject({ 法人名: company, 氏名: name });
    }
  });

  it('keeps what was entered when somebody goes back, but never shows the password', async () => {
    const person = running.visitor();
    const entered = applicant('sato.back', { name: '佐藤 髙子' });
    await entersNumbers(person, sakura);
    await entersDetails(person, entered);
    await person.follows('戻る');
    expect(person.page.field('氏名').getAttribute('value')).toBe('佐藤 髙子');
    expect(person.page.field('ログインID').getAttribute('value')).toBe('sato.back');
    expect(person.page.html).not.toContain(entered.password);
    expect(person.page.text).toContain('パスワードは入力済みです。');
    for (const label of ['パスワード', 'パスワード確認'])
      expect(person.page.field(label).hasAttribute('required')).toBe(false);
    person.fills('氏名', '佐藤 高子');
    await person.presses('確認');
    expect(person.page.facts).toMatchObject({ 氏名: '佐藤 高子', ログインID: 'sato.back' });
    await person.presses('登録');
    await activates(person, running.mailbox.linkIn(await running.mailbox.mailTo(entered.email)));
    person.fills('ID', entered.loginId);
    person.fills('パスワード', entered.password);
    await person.presses('ログイン');
    expect(person.page.header).toContain('佐藤 高子 様');
  });

  it('takes a registration back whose address was mistyped', async () => {
    const person = running.visitor();
    const entered = applicant('sato.typo', { email: 'sato@exmaple.jp' });
    await registers(person, sakura, entered);
    const stray = running.mailbox.linkIn(await running.mailbox.mailTo('sato@exmaple.jp'));
    await person.presses('取り消して内容を直す');
    expect(person.page.path).toMatch(/^\/initiate\/details/);
    expect(person.page.notice).toContain('登録をいったん取り消しました。');
    expect((await running.visitor().opens(stray)).status).toBe(410);
    expect((await running.visitor().sends('POST', stray, { fields: {} })).status).toBe(410);

    person.fills('メールアドレス', 'sato@example.jp');
    await person.presses('確認');
    await person.presses('登録');
    expect(person.page.facts).toMatchObject({ メールの宛先: 'sato@example.jp' });
    await activates(
      person,
      running.mailbox.linkIn(await running.mailbox.mailTo('sato@example.jp')),
    );
    expect(person.page.path).toBe('/login');
    await running.mailbox.nothingFor('sato@exmaple.jp');
  });
});

async function hiddenFlow(person: Visitor): Promise<string> {
  return person.page.root.querySelector('main input[name=flow]')!.getAttribute('value')!;
}
