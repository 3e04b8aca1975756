import { startApp, type RunningApp } from '../support/app.js';
import {
  activates,
  applicant,
  entersNumbers,
  registers,
  signsIn,
} from '../support/registration.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

describe('two people of one company', () => {
  it('may both register; whoever activates first wins, and the other hears why not', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000002',
      name: 'けやき株式会社',
    });
    const [first, second] = [applicant('keyaki-1', { name: '高橋 一郎' }), applicant('keyaki-2')];
    const [takahashi, suzuki] = [running.visitor(), running.visitor()];
    await registers(takahashi, corporation, first);
    await registers(suzuki, corporation, second);
    expect(suzuki.page.h1).toBe('新規登録受付完了');
    expect(suzuki.page.text).not.toMatch(/高橋|keyaki-1/);
    const link = async ({ email }: { email: string }) =>
      running.mailbox.linkIn(await running.mailbox.mailTo(email));
    await activates(suzuki, await link(second));
    expect(suzuki.page.path).toBe('/login');

    await takahashi.presses('メールを再送する');
    expect(takahashi.page.notice).toContain('登録はすでに完了しているか、取り消されています。');
    const losing = await link(first);
    await takahashi.opens(losing);
    const lost = [410, 'すでに管理者が登録されています'];
    expect([takahashi.page.status, takahashi.page.h1]).toEqual(lost);
    expect(takahashi.page.text).not.toMatch(/suzuki|keyaki-2|けやき/);
    expect((await running.visitor().sends('POST', losing, { fields: {} })).status).toBe(410);
    const elsewhere = running.visitor();
    await signsIn(elsewhere, first);
    expect([elsewhere.page.status, elsewhere.page.h1]).toEqual(lost);
    expect(elsewhere.page.text).not.toContain('メールを再送する');
    await running.mailbox.nothingFor(first.email);
    await signsIn(suzuki, second);
    expect(suzuki.page.h1).toBe('TOPページ');

    const late = running.visitor();
    const terms = async () => {
      await entersNumbers(late, corporation);
      expect([late.page.status, late.page.h1]).toEqual([409, lost[1]]);
      return late.page.text;
    };
    const onProbation = await terms();
    expect(onProbation).toContain('72時間の確認期間が終わってからです。それまでは、');
    await running.pool.query('update accounts set probation_ends_at = null');
    expect(await terms()).toBe(onProbation);
  });

  it('are one administrator when 20 of them activate at once', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000001',
      name: 'もみじ商事株式会社',
    });
    const people = Array.from({ length: 20 }, (_, index) => ({
      person: running.visitor(),
      entered: applicant(`momiji-${index}`),
    }));
    for (const { person, entered } of people) await registers(person, corporation, entered);
    await running.mailbox.everythingIsSent();
    const links = running.mailbox
      .all()
      .filter(({ to }) => to.startsWith('momiji-'))
      .map((mail) => running.mailbox.linkIn(mail));
    expect(links).toHaveLength(20);
    const answers = await Promise.all(
      links.map((link) => running.visitor().sends('POST', link, { fields: {} })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      303,
      ...Array<number>(19).fill(410),
    ]);
    const { rowCount } = await running.pool.query(
      'select from usable_administrators where corporation_id = $1',
      [corporation.id],
    );
    expect(rowCount).toBe(1);
  });
});

describe('a registration whose link has expired', () => {
  it('gives its place to the next one', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000003',
      name: 'かえで株式会社',
    });
    const [sato, suzuki] = [applicant('kaede.sato'), applicant('kaede.suzuki')];
    const [first, second] = [running.visitor(), running.visitor()];
    await registers(first, corporation, sato);
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(sato.email));
    await running.clock.advance('24 hours');
    await registers(second, corporation, suzuki);
    expect(second.page.h1).toBe('新規登録受付完了');

    await first.opens(link);
    expect(first.page.status).toBe(410);
    await signsIn(first, sato);
    expect(first.page.status).toBe(422);
    await activates(second, running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email)));
    await signsIn(second, suzuki);
    expect(second.page.h1).toBe('TOPページ');
  });

  it('frees its login ID for the same company', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000004',
      name: 'ぶな株式会社',
    });
    await registers(running.visitor(), corporation, applicant('buna'));
    await running.clock.advance('24 hours');
    const person = running.visitor();
    await registers(person, corporation, applicant('buna', { email: 'new@buna.example' }));
    expect(person.page.h1).toBe('新規登録受付完了');
    await running.mailbox.mailTo('new@buna.example');
  });
});
