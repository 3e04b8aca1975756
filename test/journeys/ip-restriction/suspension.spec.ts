import { Operator } from '../../support/command.js';
import { HOME, Restricted } from '../../support/restricted.js';

const stage = Restricted.forThisFile();
const command = (...words: string[]) =>
  new Operator(stage.running).types('suspend-ip-restriction', ...words);

it('the desk suspends a restriction for hours; it ends by itself', async () => {
  expect((await stage.visits(stage.suzuki, HOME)).page.status).toBe(403);
  const done = await command('１２３４５６７', '--hours', '2', '--reason', 'お客様からのお電話');
  expect(done).toMatchObject({ exitCode: 0, err: '' });
  expect(done.out).toMatch(
    /^株式会社さくら: nothing is restricted until .+Z\. It ends by itself\.\n1 /,
  );
  const mail = await stage.running.mailbox.mailTo(stage.sato.email);
  expect(mail.subject).toContain('IPアドレス制限を一時停止しました');
  expect(mail.text).toContain('理由：お客様からのお電話');
  await stage.running.mailbox.nothingFor(stage.suzuki.email);
  expect(await stage.log('ip-suspension')).toEqual(['done']);

  const person = await stage.visits(stage.suzuki, HOME);
  expect(person.page.h1).toBe('TOPページ');
  await stage.running.clock.advance('119 minutes');
  expect((await stage.visits(stage.suzuki, HOME)).page.h1).toBe('TOPページ');
  await stage.running.clock.advance('1 minute 1 second');
  expect((await stage.visits(stage.suzuki, HOME)).page.h1).toBe('アクセス制限エラー');
  await stage.running.clock.reset();
});

it('the desk ends it before its time, and tells the administrators why', async () => {
  const resume = (...words: string[]) =>
    new Operator(stage.running).types('resume-ip-restriction', '1234567', ...words);
  const reason = ['--reason', '工事が早く終わったため'];
  for (const hours of ['1', '48']) {
    await command('1234567', '--hours', hours, '--reason', '工事');
    await stage.running.mailbox.mailTo(stage.sato.email);
  }
  const before = await stage.visits(stage.suzuki, HOME);
  expect(before.page.h1).toBe('TOPページ');
  expect(await resume(...reason)).toMatchObject({ exitCode: 0, err: '' });
  const mail = await stage.running.mailbox.mailTo(stage.sato.email);
  expect(mail.subject).toContain('IPアドレス制限の一時停止が終わりました');
  expect(mail.text).toContain('理由：工事が早く終わったため');
  expect(await resume(...reason)).toMatchObject({ exitCode: 1, out: '' });
  expect(await stage.log('ip-resumption')).toEqual(['not-suspended', 'done']);
  await before.opens('/');
  expect(before.page.status).toBe(403);
});

it('who is unknown or restricts nothing is refused with the reason', async () => {
  const given = { corporateNumber: '7654321', name: '株式会社もみじ' };
  await stage.running.people.corporationExists(given);
  for (const [number, reason] of [
    ['999', 'no company has this number'],
    ['7654321', 'nothing is restricted'],
  ] as const) {
    const refused = await command(number, '--hours', '2', '--reason', '工事');
    expect(refused).toMatchObject({ exitCode: 1, out: '', err: expect.stringContaining(reason) });
  }
});

it.each([
  [['1234567']],
  [['1234567', '--hours', '2']],
  [['1234567', '--reason', '工事']],
  [['1234567', '--hours', '0', '--reason', '工事']],
  [['1234567', '--hours', '73', '--reason', '工事']],
  [['1234567', '--hours', '1.5', '--reason', '工事']],
  [['1234567', '--hours', '2', '--reason', ' ']],
  [['--hours', '2', '--reason', '工事']],
])('%j is wrong usage', async (words) => {
  expect((await command(...words)).exitCode).toBe(2);
});
