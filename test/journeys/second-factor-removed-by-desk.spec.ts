import { MailedLinks } from '../../src/auth/mailed-links/mailed-links.js';
import { EnrolmentLinks } from '../../src/auth/lost-factor/enrolment-links.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { atDesk } from '../support/desk-case.js';
import { NAKAI, TAMURA } from '../support/desk-people.js';
import { proved } from '../support/factor-recovery.js';
import {
  lossMail,
  newsMail,
  outcomeOf,
  provesCompany,
  reportsLoss,
  smallCompany,
  type SmallCompany,
} from '../support/lost-factor.js';
import { changesEmail, isSignedIn } from '../support/own-account.js';
import { choosesPassword, NEW_PASSWORD } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';
import { asked, gives } from '../support/second-factor.js';

let running: RunningApp;
let company: SmallCompany;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  company = await smallCompany(running);
});
afterEach(() => running.clock.reset());

async function twoOfTheDesk(): Promise<void> {
  const operator = new Operator(running);
  for (const by of [TAMURA, NAKAI]) {
    const { exitCode } = await operator.types(
      'account',
      'remove-factor',
      company.sato.loginId,
      ...by,
    );
    expect(exitCode).toBe(0);
  }
}

/** Whoever has the factor signs in with it; a thief may have set it up. */
async function usesFactor(): Promise<void> {
  const person = await asked(running, company.sato);
  await gives(person, await company.equipped.app.nextCode());
  expect(await isSignedIn(person)).toBe(true);
}

async function timePasses(): Promise<void> {
  await running.clock.advance('72 hours');
  await inUnitOfWork(() => running.app.get(EnrolmentLinks).run());
}

it('a use of the factor ends the desk’s first removal, and not the one that it begins anew', async () => {
  const { sato, yamada } = company;
  await twoOfTheDesk();
  const { text } = await newsMail(running, sato.email);
  expect(text).toContain('を使うと、お手続きは取り消されます');
  await usesFactor();
  expect(await outcomeOf(running, sato)).toBe('cancelled');
  await newsMail(running, yamada.email);
  await twoOfTheDesk();
  await usesFactor();
  expect(await outcomeOf(running, sato)).toBeNull();
  const again = await newsMail(running, sato.email);
  expect(again.text).not.toContain('を使うと、お手続きは取り消されます');
});

it('ends with no factor and no password, and a recovery by mailbox and numbers leads on', async () => {
  const { sato, yamada } = company;
  await twoOfTheDesk();
  await usesFactor();
  await twoOfTheDesk();
  const thief = await asked(running, sato);
  await gives(thief, await company.equipped.app.nextCode());
  await timePasses();
  expect(await outcomeOf(running, sato)).toBe('completed');
  expect(await isSignedIn(thief)).toBe(false);
  await signsIn(thief, sato);
  expect(thief.page.status).toBe(422);
  const { text } = await running.mailbox.mailTo(sato.email, '2段階認証を解除しました');
  expect(text).toContain('担当窓口で承った');
  await running.mailbox.mailTo(yamada.email, '2段階認証の解除の手続きが終わりました');
  const owner = await proved(running, sato);
  await choosesPassword(owner);
  await owner.presses('登録');
  await signsIn(owner, { ...sato, password: NEW_PASSWORD });
  expect(await isSignedIn(owner)).toBe(true);
});

async function movesAway(): Promise<void> {
  const person = await asked(running, company.sato);
  await gives(person, await company.equipped.app.nextCode());
  await running.mailbox.isReadBy(company.sato.email);
  await changesEmail(running, person, company.sato.email, `new-${company.sato.email}`);
}
const moved = () => ({ ...company.sato, email: `new-${company.sato.email}` });

describe('a mailbox that was changed lately', () => {
  it('begins no removal while the change can be undone, and the page names the desk', async () => {
    await movesAway();
    const { id } = company.sato;
    const issue = () => running.app.get(MailedLinks).issue('lost-factor', id, { hours: 24 });
    const person = running.visitor();
    await person.opens(`/lost-factor/${(await inUnitOfWork(issue)).token}`);
    expect([person.page.status, person.page.h1]).toEqual([
      410,
      '変更されたばかりのメールアドレスからは始められません',
    ]);
    expect(person.page.text).toContain('担当窓口までご連絡ください');
    const posted = await person.sends('POST', '/lost-factor/numbers', { fields: {} });
    expect([posted.status, await outcomeOf(running, company.sato)]).toEqual([410, null]);
  });

  it('gets no link that would begin none, and reads why', async () => {
    await movesAway();
    await running.clock.advance('5 minutes');
    await reportsLoss(running, moved());
    const { text } = await lossMail(running, moved());
    expect(text).not.toContain('/lost-factor/');
    expect(text).not.toContain('72時間後に新しい認証アプリを設定できます');
    expect(text).toContain('メールで2段階認証の解除の手続きを始められません');
  });

  it('leaves the former one among those that are told and may object, for 30 days', async () => {
    await movesAway();
    await running.clock.advance('72 hours');
    const person = await reportsLoss(running, moved());
    await person.opens(running.mailbox.linkIn(await lossMail(running, moved())));
    await provesCompany(person, company.corporation);
    expect(person.page.h1).toBe('お手続きを受け付けました');
    const link = running.mailbox.linkIn(await newsMail(running, company.sato.email));
    await person.opens(link);
    await person.presses('異議を申し立てる');
    expect(await outcomeOf(running, company.sato)).toBe('objected');
    const desk = await running.mailbox.mailTo(running.config.deskMail, '異議申し立て');
    expect(desk.text).not.toContain('ご請求先');
  });
});

it('needs two words anew after the factor was used, which both people of the desk read', async () => {
  const { sato } = company;
  const operator = new Operator(running);
  const says = (by: string[]) => operator.types('account', 'remove-factor', sato.loginId, ...by);
  await says(TAMURA);
  await usesFactor();
  const { exitCode } = await says(NAKAI);
  expect(exitCode).toBe(0);
  const { rows } = await running.pool.query<{ outcome: string | null; began: boolean }>(
    `select outcome, began_at is not null as began from factor_removals r
     join accounts a on a.id = r.account_id where a.login_id = $1 order by r.created_at`,
    [sato.loginId],
  );
  expect(rows).toEqual([
    { outcome: 'cancelled', began: false },
    { outcome: null, began: false },
  ]);
  // From here on, whoever gives a command is somebody of the desk.
  const desk = await atDesk(running, 'reads-desk', '小林');
  const found = await running.pool.query<{ number: string }>(
    `select case_number as number from desk_cases c join accounts a on a.id = c.subject
     where a.login_id = $1`,
    [sato.loginId],
  );
  for (const page of ['', '/decisions/remove-factor']) {
    await desk.opens(`/desk/cases/${found.rows[0]!.number}${page}`);
    expect(desk.page.text).toMatch(/ご本人は2段階認証を.+に使っています。/);
  }
  await desk.opens(`/desk/cases/${found.rows[0]!.number}`);
  expect(desk.page.text).toMatch(/1人目の判断[\s\S]*1人目の判断[\s\S]*効力がなくなりました/);
  expect(desk.page.text.match(/効力がなくなりました/g)).toHaveLength(1);
  const person = await running.pool.query<{ id: string; corporation: string }>(
    'select id, corporation_id as corporation from accounts where login_id = $1',
    [sato.loginId],
  );
  const { id, corporation } = person.rows[0]!;
  for (const page of [`accounts/${id}`, `corporations/${corporation}`]) {
    await desk.opens(`/desk/${page}`);
    expect(desk.page.text.match(/1人目の判断の効力がなくなりました/g)).toHaveLength(1);
    expect(desk.page.text).toContain('2段階認証が使われたため');
  }
  const thief = await asked(running, sato);
  await gives(thief, await company.equipped.app.nextCode());
  for (const [page, isTold] of [
    ['/me/log', false],
    ['/log', true],
  ] as const) {
    await thief.opens(page);
    expect(thief.page.text.includes('1人目')).toBe(isTold);
  }
});
