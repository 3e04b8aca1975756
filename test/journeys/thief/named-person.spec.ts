import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { BY_NAKAI, BY_TAMURA, NAKAI, TAMURA } from '../../support/desk-people.js';
import { saidIn } from '../../support/log.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterAll(() => running.stop());

const PASSWORD = 'momiji-7342-kawa';

/** Two of the desk name 小川 in this case. @returns the mailed link and the account */
async function gives(number: string, login: string): Promise<{ link: string; id: string }> {
  const email = `${login}@example.jp`;
  const who = ['--name', '小川 恵', '--kana', 'おがわ めぐみ', '--email', email];
  await operator.types('enrollment', 'give', number, ...who, ...TAMURA);
  await operator.types('enrollment', 'confirm', number, '--email', email, ...NAKAI);
  const mail = await running.mailbox.mailTo(email);
  const text = 'select id from accounts where email = $1';
  const { rows } = await running.pool.query<{ id: string }>(text, [email]);
  return { link: new URL(running.mailbox.linkIn(mail)).pathname, id: rows[0]!.id };
}

async function caseOf({ corporation }: LeftBehind, kind: string): Promise<string> {
  const { rows } = await running.pool.query<{ number: string }>(
    'select case_number as number from enrollments where corporation_id = $1 and kind = $2',
    [corporation.id, kind],
  );
  return rows[0]!.number;
}

async function activatesAs(login: string, link: string): Promise<Visitor> {
  const ogawa = running.visitor();
  await ogawa.opens(link);
  ogawa.fills('ログインID', login);
  ogawa.fills('パスワード', PASSWORD);
  ogawa.fills('パスワード確認', PASSWORD);
  await ogawa.presses('登録を完了する');
  await signsIn(ogawa, { loginId: login, password: PASSWORD });
  return ogawa;
}

const status = async (who: Visitor, path: string, fields: Record<string, string>) =>
  (await who.sends('POST', path, { fields })).status;

const CHANGES = { name: '別の 名前', nameKana: 'ベツ', department: '', phone: '', version: '1' };

describe('a person whom two of the desk named', () => {
  it('is out of reach of the administrators from before, and becomes what was decided', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const login = `ogawa-${left.sato.loginId}`;
    const number = await caseOf(left, 'succession');
    const { link, id } = await gives(number, login);
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    expect(await status(sato, '/accounts/deletion', { accountId: id })).toBe(409);
    expect(await status(sato, `/accounts/${id}/suspension`, { act: 'suspend' })).toBe(409);
    for (const role of ['staff', 'administrator'])
      expect(await status(sato, `/accounts/${id}`, { ...CHANGES, role })).toBe(422);
    // As a version before this one left it.
    await running.pool.query(`update accounts set role = 'staff' where id = $1`, [id]);
    const ogawa = await activatesAs(login, link);
    expect(ogawa.page.h1).toBe('TOPページ');
    expect((await ogawa.sends('GET', '/accounts/new')).status).toBe(200);
    const removed = (await saidIn(ogawa)).filter((what) => what.includes('様を削除しました'));
    expect(removed).toEqual([
      `${left.suzuki.name} 様を削除しました 受付番号：${number} 理由：${BY_NAKAI.why}`,
    ]);
    // Why somebody is named stays at the desk, as its page promises.
    await running.mailbox.everythingIsSent();
    const mails = running.mailbox.all().filter(({ text }) => text.includes(number));
    expect(mails.filter(({ text }) => text.includes(BY_TAMURA.why))).toEqual([]);
    const told = mails.filter(({ text }) => text.includes('判断の日時')).map(({ to }) => to);
    expect(told.toSorted()).toEqual([left.sato.email, left.suzuki.email].toSorted());
    const logged = (await saidIn(ogawa)).filter((what) => what.includes('管理者となる方の指名'));
    expect(logged).toHaveLength(2);
    expect(logged.join('')).not.toContain(BY_TAMURA.why);
    const { rows } = await running.pool.query('select name, role from accounts where id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ name: '小川 恵', role: 'administrator' }]);
  });

  it('is taken back by two of the desk alone, who read whether anybody administers the company', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const number = await caseOf(left, 'succession');
    const login = `ogawa-${left.sato.loginId}`;
    const early = await operator.types('enrollment', 'show', number);
    expect(early.out).not.toContain('named ');
    const { link } = await gives(number, login);
    const dismisses = (words: string[]) =>
      operator.types('enrollment', 'dismiss', number, ...words);
    const first = await dismisses(TAMURA);
    expect(first).toMatchObject({ exitCode: 0, out: expect.stringContaining('takes two') });
    expect((await running.visitor().opens(link)).status).toBe(200);
    expect((await dismisses(TAMURA)).exitCode).toBe(1);
    const second = await dismisses(NAKAI);
    expect(second.out).toContain(`小川 恵 <${login}@example.jp> is named no longer`);
    expect(second.out).toContain('administrators of the company who can sign in: 1.');
    expect((await running.visitor().opens(link)).status).toBe(410);
  });

  it('gives way to another one whom two of the desk name, and not one', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const number = await caseOf(left, 'succession');
    const { link } = await gives(number, `wrong-${left.sato.loginId}`);
    const wrong = `wrong-${left.sato.loginId}@example.jp`;
    const right = `right-${left.sato.loginId}@example.jp`;
    const who = ['--name', '小川 恵', '--kana', 'おがわ めぐみ', '--email', right];
    const names = (by: string[]) => operator.types('enrollment', 'give', number, ...who, ...by);
    const confirms = (email: string) =>
      operator.types('enrollment', 'confirm', number, '--email', email, ...NAKAI);
    expect((await names(NAKAI)).out).toContain('naming somebody else takes two as well');
    const same = { exitCode: 1, err: expect.stringMatching(/somebody else/i) };
    expect(await names(NAKAI)).toMatchObject(same);
    expect((await running.visitor().opens(link)).status).toBe(200);
    expect((await names(TAMURA)).out).toContain(`小川 恵 <${wrong}> is named no longer`);
    expect(await confirms(wrong)).toMatchObject(same);
    expect((await confirms(right)).out).toContain(`小川 恵 <${right}> gets the activation mail`);
    await running.mailbox.mailTo(right);
    expect((await running.visitor().opens(link)).status).toBe(410);
  });

  it('is not taken back by a word from before the confirmation, and a company without anybody is named', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '6700002',
      name: 'いちょう株式会社',
      billingEmail: 'keiri@icho.example',
    });
    const thief = applicant('icho-thief');
    await registers(running.visitor(), corporation, thief);
    await activates(
      running.visitor(),
      running.mailbox.linkIn(await running.mailbox.mailTo(thief.email)),
    );
    const number = await caseOf({ corporation, sato: undefined!, suzuki: thief }, 'initial');
    const email = 'icho-ogawa@example.jp';
    const who = ['--name', '小川 恵', '--kana', 'おがわ めぐみ', '--email', email];
    await operator.types('enrollment', 'give', number, ...who, ...TAMURA);
    await operator.types('enrollment', 'dismiss', number, ...TAMURA);
    await operator.types('enrollment', 'confirm', number, '--email', email, ...NAKAI);
    const alone = await operator.types('enrollment', 'dismiss', number, ...NAKAI);
    expect(alone.out).toContain('takes two');
    const both = await operator.types('enrollment', 'dismiss', number, ...TAMURA);
    expect(both.out).toContain('is named no longer');
    expect(both.out).toContain('nobody administers the company');
  });

  it('is out of reach of a newcomer of another case', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '6700001',
      name: 'かえで株式会社',
      billingEmail: 'keiri@kaede.example',
    });
    const [thief, successor] = [applicant('kaede-thief'), applicant('kaede-successor')];
    const first = running.visitor();
    await registers(first, corporation, thief);
    const mail = await running.mailbox.mailTo(thief.email);
    await activates(first, running.mailbox.linkIn(mail));
    await signsIn(first, thief);
    const second = running.visitor();
    await applies(second, corporation, successor);
    await activates(second, running.mailbox.linkIn(await running.mailbox.mailTo(successor.email)));
    const left = { corporation, sato: undefined!, suzuki: successor };
    const { link, id } = await gives(await caseOf(left, 'succession'), 'kaede-ogawa');
    expect(await status(first, '/accounts/deletion', { accountId: id })).toBe(409);
    expect(await status(first, `/accounts/${id}/suspension`, { act: 'suspend' })).toBe(409);
    expect((await activatesAs('kaede-ogawa', link)).page.h1).toBe('TOPページ');
  });
});
