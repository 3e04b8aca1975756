import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation } from '../support/people.js';
import {
  activates,
  applicant,
  entersDetails,
  entersNumbers,
  registers,
  signsIn,
  type Applicant,
} from '../support/registration.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

function company(): Promise<Corporation> {
  companies += 1;
  const corporateNumber = String(3_100_000 + companies);
  return running.people.corporationExists({ corporateNumber, name: '株式会社さくら' });
}

const linkTo = async ({ email }: Applicant) =>
  running.mailbox.linkIn(await running.mailbox.mailTo(email));

/** Back at the details, with a password entered before. */
async function goesBack(entered: Applicant): Promise<Visitor> {
  const person = running.visitor();
  await entersNumbers(person, await company());
  await entersDetails(person, entered);
  await person.follows('戻る');
  expect(person.page.text).toContain('パスワードは入力済みです。');
  return person;
}

describe('another password', () => {
  const OTHER = 'tsubaki-2026-b';

  it.each([
    ['with a wrong confirmation', { パスワード: OTHER, パスワード確認: 'tsubaki-2026-c' }],
    ['beside an empty name', { パスワード: OTHER, パスワード確認: OTHER, 氏名: '' }],
  ])('%s is not followed by the former one', async (_, typed) => {
    const entered = applicant(`sato.other-${companies}`);
    const person = await goesBack(entered);
    for (const [label, value] of Object.entries(typed)) person.fills(label, value);
    await person.presses('確認');
    expect(person.page.text).toContain('前に入力されたパスワードは使いません。');
    expect(person.page.text).not.toContain('パスワードは入力済みです。');
    person.fills('氏名', entered.name);
    await person.presses('確認');
    expect(person.page.errorsAt('パスワード')).toEqual(['パスワードを入力してください。']);
    await person.opens(person.page.path.replace('details', 'confirmation'));
    expect(person.page.path).toContain('/initiate/details');
    expect(person.page.field('氏名').getAttribute('value')).toBe(entered.name);
    await entersDetails(person, { ...entered, password: OTHER });
    await person.presses('登録');
    await activates(person, await linkTo(entered));
    await signsIn(person, { ...entered, password: OTHER });
    expect(person.page.h1).toBe('TOPページ');
  });

  it('stays the one that was entered when only something else is wrong', async () => {
    const person = await goesBack(applicant('sato.same'));
    person.fills('氏名', '');
    await person.presses('確認');
    expect(person.page.errors).toEqual(['氏名を入力してください。']);
    expect(person.page.text).toContain('パスワードは入力済みです。');
  });
});

describe('a withdrawal that comes too late', () => {
  it('says that nothing was withdrawn where the registration is complete', async () => {
    const [person, entered] = [running.visitor(), applicant('sato.late')];
    await registers(person, await company(), entered);
    await activates(running.visitor(), await linkTo(entered));
    await person.presses('取り消して内容を直す');
    expect(person.page.notice).toBe('登録はすでに完了しているため、取り消していません。');
    expect(person.page.text).toContain('登録が完了しています。');
  });

  it('says so where the time for it is over', async () => {
    const [person, entered] = [running.visitor(), applicant('sato.over')];
    const corporation = await company();
    await registers(person, corporation, entered);
    const other = applicant('sato.first');
    await registers(running.visitor(), corporation, other);
    await activates(running.visitor(), await linkTo(other));
    await person.presses('取り消して内容を直す');
    expect(person.page.notice).toBe('お申し込みの状況が変わっていたため、取り消していません。');
    expect(person.page.text).toContain('別の方が先に管理者として登録された');
  });
});
