import { Reviews } from '../../../src/admin-enrollment/applications/reviews.js';
import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { CompanyStates, unregistered, type Unregistered } from '../../support/company-states.js';
import { atDesk, decides } from '../../support/desk-case.js';
import { BY_TAMURA, upholdBy } from '../../support/desk-people.js';
import {
  activates,
  applicant,
  registers,
  signsIn,
  type Applicant,
} from '../../support/registration.js';
import { provesForReview } from '../../support/succession.js';

let running: RunningApp;
let states: CompanyStates;
beforeAll(async () => {
  running = await startApp();
  states = new CompanyStates(running);
});
afterAll(() => running.stop());

/** By the door to the desk. @returns the number that the mailbox got */
async function comesBeside({ corporation, honest }: Unregistered): Promise<string> {
  const person = running.visitor();
  await registers(person, corporation, honest);
  expect(person.page.status).toBe(200);
  return provesForReview(running, person, honest, await states.linkTo(honest.email));
}

/** By the link of the mail that the desk's word sends. */
async function comesIn(honest: Applicant): Promise<Visitor> {
  const person = running.visitor();
  await activates(person, await states.linkTo(honest.email));
  await signsIn(person, honest);
  return person;
}

describe('beside a first registration that is at the desk', () => {
  it('the honest applicant is led by the dead link and the sign-in to the door, and waits with a number', async () => {
    const company = await unregistered(running);
    const { corporation, honest } = company;
    await registers(running.visitor(), corporation, honest);
    const link = await states.linkTo(honest.email);
    await states.isDisputed(company);
    const person = running.visitor();
    await person.opens(link);
    expect([person.page.status, person.page.h1]).toEqual([410, 'お申し込みは終わっています']);
    expect(person.page.text).toContain('登録をはじめからやり直してください。');
    await signsIn(person, honest);
    expect(person.page.text).toContain(
      '同じログインIDとメールアドレスで、もう一度お申し込みいただけます。',
    );
    await person.follows('新規登録へ進む');
    expect(person.page.path).toBe('/initiate');
    await registers(person, corporation, honest);
    expect([person.page.status, person.page.h1]).toEqual([200, '新規登録受付完了']);
    const completed = person.page.path;
    expect(person.page.text).not.toMatch(/担当窓口が|山田/);
    const again = await states.linkTo(honest.email);
    const number = await provesForReview(running, running.visitor(), honest, again);
    await person.opens(completed);
    expect(person.page.facts.受付番号).toBe(number);
    expect(await states.administratorsOf(corporation)).toEqual([]);
  });

  it('the door takes the right pair, and the desk sees both and decides', async () => {
    const company = await unregistered(running);
    const { corporation, honest, thief } = company;
    const number = await states.isDisputed(company);
    const waiting = await comesBeside(company);
    const clerk = await atDesk(running, 'tamura-1', '田村 一');
    await clerk.opens(`/desk/cases/${number}`);
    expect(clerk.page.text).toContain('この法人のほかのお申し込み');
    expect(clerk.page.text).toContain(honest.email);
    await clerk.follows(waiting);
    expect(clerk.page.path).toBe(`/desk/cases/${waiting}`);
    expect(clerk.page.text).toContain(thief.email);
    await decides(clerk, number, '登録を取り消す');
    await decides(clerk, waiting, 'お申し込みを承認する');
    expect((await comesIn(honest)).page.h1).toBe('TOPページ');
    expect(await states.administratorsOf(corporation)).toEqual([honest.loginId]);
  });

  it('nobody passes the one who waits, and whom the desk let begin, by pressing faster', async () => {
    const company = await unregistered(running);
    const { corporation, honest, thief } = company;
    const number = await states.isDisputed(company);
    const [again, third] = [applicant(`2-${thief.loginId}`), applicant(`3-${thief.loginId}`)];
    for (const each of [again, third]) await registers(running.visitor(), corporation, each);
    const links = [await states.linkTo(again.email), await states.linkTo(third.email)];
    const waiting = await comesBeside(company);
    await running.app.get(DeskDecisions).dismiss(number, BY_TAMURA);
    await provesForReview(running, running.visitor(), again, links[0]!);
    await running.app.get(Reviews).grant(waiting, BY_TAMURA);
    await provesForReview(running, running.visitor(), third, links[1]!);
    await comesIn(honest);
    expect(await states.administratorsOf(corporation)).toEqual([honest.loginId]);
  });

  it('whoever the desk lets begin waits for the decision, and comes beside a newcomer who stays', async () => {
    const company = await unregistered(running);
    const { corporation, honest, thief } = company;
    const number = await states.isDisputed(company);
    const waiting = await comesBeside(company);
    expect(await running.app.get(Reviews).grant(waiting, BY_TAMURA)).toEqual({
      ok: true,
      isQueued: true,
    });
    expect((await running.mailbox.mailTo(honest.email)).text).toContain(waiting);
    await upholdBy(running.app.get(DeskDecisions), number);
    expect((await comesIn(honest)).page.h1).toBe('TOPページ');
    const administrators = await states.administratorsOf(corporation);
    expect(administrators).toEqual([honest.loginId, thief.loginId]);
    const mail = running.mailbox.all().findLast(({ to }) => to === thief.email);
    expect(mail?.text).toContain('正直 花子');
  });

  it('somebody whom the desk names comes in, and the other is refused by mail', async () => {
    const company = await unregistered(running);
    const { corporation, honest } = company;
    const named = await states.isNamed(company);
    const waiting = await comesBeside(company);
    const ogawa = running.visitor();
    await ogawa.opens(await states.linkTo(named));
    ogawa.fills('ログインID', 'sumire-ogawa');
    ogawa.fills('パスワード', 'momiji-7342-kawa');
    ogawa.fills('パスワード確認', 'momiji-7342-kawa');
    await ogawa.presses('登録を完了する');
    expect(await states.administratorsOf(corporation)).toEqual(['sumire-ogawa']);
    expect(await running.app.get(Reviews).refuse(waiting, BY_TAMURA)).toEqual({ ok: true });
    const refused = await running.mailbox.mailTo(honest.email, 'お申し込みについてのお知らせ');
    expect(refused.text).toContain(waiting);
  });
});
