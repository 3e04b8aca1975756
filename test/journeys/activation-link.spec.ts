import { startApp, type RunningApp } from '../support/app.js';
import { activates, applicant, registers, signsIn } from '../support/registration.js';

const START = Date.parse('2026-11-22T18:30:00+09:00');

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => clockAt('00:00:00'));

/** So long after the registration, to the second. */
async function clockAt(time: string): Promise<void> {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  await running.clock.stopsAt(new Date(START + ((hours * 60 + minutes) * 60 + seconds) * 1000));
}

/** Somebody registered just now, for a company of their own. */
async function registration() {
  companies += 1;
  const entered = applicant(`sato-${companies}`);
  const person = running.visitor();
  const corporation = await running.people.corporationExists({
    corporateNumber: `30${companies}`,
    name: `株式会社さくら${companies}`,
  });
  await registers(person, corporation, entered);
  return { person, entered, corporation, link: await nextLink(entered) };
}

const nextLink = async ({ email }: { email: string }) =>
  running.mailbox.linkIn(await running.mailbox.mailTo(email));

async function isActive(loginId: string): Promise<boolean> {
  const { rows } = await running.pool.query('select state from accounts where login_id = $1', [
    loginId,
  ]);
  return rows[0]?.state === 'active';
}

describe('the mailed link', () => {
  it('works in the last second of its 24 hours', async () => {
    const { link, entered } = await registration();
    await clockAt('23:59:59');
    const person = running.visitor();
    await activates(person, link);
    expect(person.page.path).toBe('/login');
    expect(await isActive(entered.loginId)).toBe(true);
  });

  it('says behind Back that the registration is complete', async () => {
    const { link } = await registration();
    const person = running.visitor();
    await activates(person, link);
    await person.opens('/activation');
    expect(person.page.text).toContain('登録はすでに完了しています。');
    expect(person.page.text).not.toContain('はじめからやり直して');
  });

  it('is over when the 24 hours are, also for who opened it before', async () => {
    const { link, entered } = await registration();
    const person = running.visitor();
    await clockAt('23:59:59');
    await person.opens(link);
    await clockAt('24:00:00');
    await person.presses('登録を完了する');
    expect(person.page.status).toBe(410);
    expect(person.page.h1).toBe('このURLは期限が切れています');
    expect(await isActive(entered.loginId)).toBe(false);

    await person.presses('新しいURLを送る');
    expect(person.page.notice).toContain('再送しました');
    await activates(person, await nextLink(entered));
    expect(await isActive(entered.loginId)).toBe(true);
  });

  it('leaves the address bar at once and stands in no page', async () => {
    const { link } = await registration();
    const person = running.visitor();
    const opened = await person.sends('GET', link);
    expect(opened.status).toBe(303);
    expect(opened.headers.location).toBe('/activation');
    expect(opened.headers['cache-control']).toBe('no-store');
    expect(person.jar.cookies.get('activation')!.attributes).toMatch(/httponly.*samesite=lax/);
    await person.opens('/activation');
    expect(person.page.html).not.toContain(link.split('/').at(-1));
  });

  it('says that it was used, and leads to the sign-in', async () => {
    const { link } = await registration();
    await activates(running.visitor(), link);
    const person = running.visitor();
    await person.opens(link);
    expect(person.page.status).toBe(410);
    expect(person.page.h1).toBe('このURLはすでに使われています');
    await person.follows('ログインへ進む');
    expect(person.page.path).toBe('/login');
  });

  it.each(['A'.repeat(43), 'x', '%00%0d%0a', '神', "'%20or%201=1", 'A'.repeat(4000)])(
    'says of %p that it cannot be used',
    async (token) => {
      const person = running.visitor();
      await person.opens(`/activation/${token}`);
      expect(person.page.status).toBe(410);
      expect(person.page.h1).toBe('このURLはご利用いただけません');
      const posted = await person.sends('POST', `/activation/${token}`, { fields: {} });
      expect(posted.status).toBe(410);
    },
  );

  it('lets one of two browsers win that opened it', async () => {
    const { link } = await registration();
    const [first, second] = [running.visitor(), running.visitor()];
    await first.opens(link);
    await second.opens(link);
    await first.presses('登録を完了する');
    await second.presses('登録を完了する');
    expect(first.page.path).toBe('/login');
    expect(second.page.status).toBe(410);
  });

  it('succeeds once when 20 browsers post it at once', async () => {
    const { link } = await registration();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => running.visitor().sends('POST', link, { fields: {} })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      303,
      ...Array<number>(19).fill(410),
    ]);
  });

  it('begins with the public address, whatever host a request names', async () => {
    const { person, entered } = await registration();
    await clockAt('00:03:00');
    await person.sends('POST', '/initiate/completed', {
      fields: { act: 'send-again', flow: person.page.url.searchParams.get('flow')! },
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil' },
    });
    expect(await nextLink(entered)).toMatch(`${running.url}/activation/`);
  });
});

describe('the mail once more', () => {
  it('is not sent within three minutes, and then replaces the older link', async () => {
    const { person, entered, link } = await registration();
    await clockAt('00:02:59');
    await person.presses('メールを再送する');
    expect(person.page.notice).toContain('メールはお送りしたばかりです。');
    await running.mailbox.nothingFor(entered.email);

    await clockAt('00:03:00');
    await person.presses('メールを再送する');
    expect(person.page.notice).toBe('登録のご案内のメールを再送しました。');
    expect(person.page.text).toContain('18時33分まで');
    const newer = await nextLink(entered);
    await person.opens(link);
    expect(person.page.status).toBe(410);
    expect(person.page.h1).toBe('新しいURLをお送りしています');
    expect((await person.sends('POST', link, { fields: {} })).status).toBe(410);
    await activates(person, newer);
    expect(person.page.path).toBe('/login');
  });

  it('is sent three times an hour at most', async () => {
    const { person, entered } = await registration();
    for (const time of ['00:03:00', '00:06:00']) {
      await clockAt(time);
      await person.presses('メールを再送する');
      await nextLink(entered);
    }
    await clockAt('00:29:00');
    await person.presses('メールを再送する');
    expect(person.page.notice).toContain('1時間に3回、1日に10回');
    await running.mailbox.nothingFor(entered.email);
  });

  it('is offered to who signs in before the activation, after the right password only', async () => {
    const { entered, link } = await registration();
    await clockAt('00:05:00');
    const person = running.visitor();
    await signsIn(person, { ...entered, password: 'wrong-1234' });
    expect(person.page.path).toBe('/login');
    expect(person.page.text).toContain('初期登録が完了していない');

    await signsIn(person, entered);
    expect(person.page.h1).toBe('登録がまだ完了していません');
    await person.presses('メールを再送する');
    expect(person.page.notice).toContain('再送しました');
    expect((await running.visitor().opens(link)).status).toBe(410);
    await activates(running.visitor(), await nextLink(entered));
    await signsIn(person, entered);
    expect(person.page.h1).toBe('TOPページ');
  });
});
