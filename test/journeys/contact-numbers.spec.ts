import { startApp, type RunningApp } from '../support/app.js';

const DESK = 'desk@genkan.example';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
afterEach(() => running.clock.advance('2 hours'));

it.each(['ー', '－', '‐', '−', '–'])(
  'the form reads request and case numbers with a dash like %p',
  async (dash) => {
    const numbers = [
      [`8Ｃ1D02AA${dash}91fe`, '8c1d02aa-91fe'],
      [`k7m2${dash}9qxa`, 'K7M2-9QXA'],
    ] as const;
    for (const [typed, number] of numbers) {
      const person = running.visitor();
      await person.opens('/contact');
      person.fills('氏名', '鈴木 一郎');
      person.fills('メールアドレス', 'suzuki@else.example');
      person.fills('お問い合わせの内容', `ページが開きません。${typed}`);
      person.fills('リクエスト番号', typed);
      await person.presses('送信');
      const mail = await running.mailbox.mailTo(DESK);
      expect(mail.text).toContain(`リクエスト番号：${number}\n`);
    }
  },
);
