import { startApp, type RunningApp } from '../../support/app.js';
import { askingCompany, completesWithFactor } from '../../support/factor-succession.js';
import { signsIn } from '../../support/registration.js';
import { gives } from '../../support/second-factor.js';
import { applies } from '../../support/succession.js';

let running: RunningApp;
afterEach(() => running.stop());

const AFTER = /登録を完了してから24時間は、?ログイン/;
const DATE =
  /2026年\d+月\d+日\([日月火水木金土]\) \d+時\d+分（日本時間）(?=まで(?:は)?ログイン|になると)/g;

describe('where the hold and the second factor meet, mails and pages name one time', () => {
  it.each([
    [2, [], '2026年11月23日(月) 10時01分'],
    [24, [], '2026年11月23日(月) 10時01分'],
    [30, ['2026年11月23日(月) 15時01分（日本時間）'], '2026年11月23日(月) 15時01分'],
  ])('with a hold of %i hours', async (hours, before, end) => {
    running = await startApp({ enrollmentHold: hours * 3_600_000 });
    await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
    const asking = await askingCompany(running);
    const newcomer = running.visitor();
    await applies(newcomer, asking.corporation, asking.suzuki);
    expect(newcomer.page.text).toContain('ログインできる日時は、そのページでご案内します。');
    expect(newcomer.page.text).not.toMatch(DATE);
    const mail = await running.mailbox.mailTo(asking.suzuki.email);
    const toWitness = await running.mailbox.mailTo(asking.sato.email, 'お申し込みがありました');
    await running.clock.advance('1 hour');
    await newcomer.opens(running.mailbox.linkIn(mail));
    for (const { text } of [mail, toWitness, newcomer.page]) {
      expect(text).toMatch(AFTER);
      expect(text.match(DATE) ?? []).toEqual(before);
    }

    const { app } = await completesWithFactor(running, newcomer);
    const after = await running.mailbox.mailTo(asking.sato.email, '追加登録されました');
    for (const { text } of [newcomer.page, after])
      expect(text.match(DATE)).toEqual([`${end}（日本時間）`]);
    const person = running.visitor();
    await signsIn(person, asking.suzuki);
    await gives(person, await app.nextCode());
    expect(person.page.text).toContain(`ログインできるようになる日時${end}`);
  });
});
