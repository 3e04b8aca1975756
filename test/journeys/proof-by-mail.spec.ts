import { startApp, type RunningApp } from '../support/app.js';
import { formsOf } from '../support/mail-forms.js';
import {
  appliesByMail,
  failsByMail,
  guessedAt,
  guesses,
  isUsed,
  neutral,
  provesBehind,
  strangersGuess,
  wrong,
} from '../support/proof.js';
import { applicant, signsIn } from '../support/registration.js';
import { applies, leftBehind } from '../support/succession.js';

const UNMATCHED =
  '法人番号とお振込先口座番号の組み合わせを確認できませんでした。ご請求書に記載されている2つの番号を、もう一度ご確認ください。';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
/** Each story begins on a day of its own, so that the alarm of the whole service stays silent. */
beforeEach(() => running.clock.advance('1 day'));

describe('after ten wrong pairs at a company', () => {
  it('the right pair goes on by mail and ends as administrator', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '8099',
      name: '株式会社くすのき',
    });
    await strangersGuess(running, corporation.corporateNumber);
    const person = running.visitor();
    const entered = applicant('kusunoki.sato');
    const link = await appliesByMail(running, corporation, entered, person);
    expect(person.page.text).toContain(
      'ご入力頂きましたメールアドレス宛てに、ご案内のメールを送信致しました。',
    );
    expect(person.page.text).not.toContain(corporation.name);
    await signsIn(person, entered);
    expect(person.page.status).toBe(422);
    await provesBehind(link, person);
    expect(person.page.path).toBe('/login');
    await running.mailbox.nothingFor(entered.email);
    await signsIn(person, entered);
    expect(person.page.header).toContain(corporation.name);
  });

  it('a successor goes on by mail too, and the administrators hear of it', async () => {
    const { corporation, sato, suzuki } = await leftBehind(running);
    await isUsed(running, 10, `proof:company:${corporation.corporateNumber}`);
    const person = running.visitor();
    person.movesTo('203.0.113.77');
    await applies(person, corporation, suzuki);
    person.movesTo('192.0.2.88');
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email));
    await running.mailbox.nothingFor(sato.email);
    await provesBehind(link, person);
    expect(person.page.path).toBe('/login?next=%2Faccounts');
    const told = await running.mailbox.mailTo(sato.email);
    expect(told.text).toContain('鈴木 一郎');
    expect(told.text).toContain('203.0.113.77（ネットワーク 203.0.113.0/24）');
    expect(told.text).not.toContain('192.0.2.88');
    expect(told.text).toContain('ご本人がメールアドレスを確認しました。');
    for (const part of formsOf(told)) {
      expect(part).toContain('表示）：example[.]jp');
      expect(part).not.toContain('：example.jp');
    }
  });

  it('a wanted login ID that is taken is chosen anew behind the proved mailbox', async () => {
    const { sato } = await leftBehind(running);
    const corporation = await guessedAt(running);
    const entered = applicant('keyaki.ido', { loginId: sato.loginId });
    const person = running.visitor();
    await provesBehind(await appliesByMail(running, corporation, entered), person);
    expect(person.page.path).toBe('/activation');
    person.fills('ログインID', 'keyaki.ido');
    await person.presses('登録を完了する');
    expect(person.page.path).toBe('/login');
  });

  it('right, wrong and unknown look alike until the mailed button is pressed', async () => {
    const corporation = await guessedAt(running);
    await isUsed(running, 10, 'proof:company:8999999');
    const seen = [];
    for (const [who, company] of Object.entries({
      'same.aaa': corporation,
      'same.bbb': wrong(corporation),
      'same.ccc': { ...corporation, corporateNumber: '8999999' },
    })) {
      const { corporateNumber, transferAccounts } = company;
      const person = running.visitor({ address: '10.250.9.10' });
      const typed = [who, `>${corporateNumber}<`];
      const probe = await guesses(running.visitor(), corporateNumber, {
        account: transferAccounts[0]!,
      });
      const pages: unknown[] = [probe.status, Object.keys(probe.headers).sort()];
      const entered = applicant(who);
      const link = await appliesByMail(running, company, entered, person);
      pages.push(person.posted!.status, neutral(person.page.html, ...typed));
      const [mail] = running.mailbox.all().filter(({ to }) => to === entered.email);
      pages.push(mail!.subject, neutral(mail!.text, ...typed));
      const { status, text, headers } = await person.sends('GET', new URL(link).pathname);
      pages.push(status, text, Object.keys(headers).sort());
      await person.opens(link);
      pages.push(person.page.status, neutral(person.page.html, ...typed));
      seen.push(pages);
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(JSON.stringify(seen)).not.toContain(corporation.name);
  });

  it('a wrong pair gets the neutral sentence, leaves nothing, and its link is over', async () => {
    const corporation = await guessedAt(running);
    const person = await failsByMail(running, corporation, 'ito@stranger.example');
    expect(person.page.status).toBe(422);
    expect(person.page.text).toContain(UNMATCHED);
    expect(person.page.html).toContain('href="/initiate"');
    expect(person.page.html).not.toContain('href="/admin-enrollment"');
    await person.opens('/admin-enrollment/application');
    expect(person.page.status).toBe(410);
    const { rowCount } = await running.pool.query(
      `select from enrollments where state = 'by-mail' and sealed_details is not null
         and created_at > genkan_now() - interval '1 hour'`,
    );
    expect(rowCount).toBe(0);
  });

  it('opening the link does nothing, and another tab’s link is never acted for', async () => {
    const [one, two] = [await guessedAt(running), await guessedAt(running)];
    const person = running.visitor();
    const first = await appliesByMail(running, one, applicant('tab.one'));
    const second = await appliesByMail(running, two, applicant('tab.two'));
    await person.opens(first);
    await person.sends('GET', new URL(second).pathname);
    await person.presses('登録を完了する');
    expect(person.page.path).toBe('/admin-enrollment/application');
    expect(person.page.status).toBe(409);
    await person.presses('登録を完了する');
    expect(person.page.path).toBe('/login');
    await signsIn(person, applicant('tab.two'));
    expect(person.page.header).toContain(two.name);
  });

  it('20 presses at once are one comparison', async () => {
    const corporation = await guessedAt(running);
    const link = await appliesByMail(running, wrong(corporation), applicant('parallel.aaa'));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => running.visitor().sends('POST', new URL(link).pathname)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(19).fill(410), 422]);
  });

  it('the mail can be asked for again, and the application be taken back and corrected', async () => {
    const corporation = await guessedAt(running);
    const person = running.visitor();
    const link = await appliesByMail(running, corporation, applicant('again.aaa'), person);
    await running.clock.advance('4 minutes');
    await person.presses('メールを再送する');
    const newer = running.mailbox.linkIn(await running.mailbox.mailTo('again.aaa@example.jp'));
    const elsewhere = running.visitor();
    await elsewhere.opens(link);
    expect(elsewhere.page.status).toBe(410);
    await person.presses('取り消して内容を直す');
    expect(person.page.path).toContain('/initiate/details');
    await elsewhere.opens(newer);
    expect(elsewhere.page.status).toBe(410);
  });
});
