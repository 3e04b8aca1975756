import { ReviewList } from '../../src/admin-enrollment/applications/review-list.js';
import { Reviews } from '../../src/admin-enrollment/applications/reviews.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { BY_TAMURA } from '../support/desk-people.js';
import type { Corporation } from '../support/people.js';
import { appliesByMail, isUsed, provesBehind } from '../support/proof.js';
import {
  activates,
  applicant,
  entersDetails,
  entersNumbers,
  signsIn,
} from '../support/registration.js';

const CASE = /[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}/;

let running: RunningApp;
let sakura: Corporation;
let early: Visitor;
let wrongGuesses: number;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  early = running.visitor();
  const keyaki = { corporateNumber: '7654321', name: 'けやき株式会社' };
  await entersNumbers(early, await running.people.corporationExists(keyaki));
  wrongGuesses = await sprays();
});
afterAll(() => running.stop());

/** One wrong guess at each company, each from another network, until one is accepted. */
async function sprays(): Promise<number> {
  for (let guess = 0; guess < 200; guess += 1) {
    const robot = running.visitor({ address: `100.64.${guess}.1` });
    const { status } = await robot.sends('POST', '/initiate/numbers', {
      fields: { corporateNumber: `90${guess}`, transferAccountNumber: '0012345' },
    });
    if (status === 303) return guess;
    expect(status).toBe(422);
  }
  throw new Error('200 wrong guesses alarmed nobody');
}

const reviews = () => running.app.get(Reviews);
const grants = (caseNumber: string) => inUnitOfWork(() => reviews().grant(caseNumber, BY_TAMURA));
const waiting = () =>
  inUnitOfWork(async () =>
    (await running.app.get(ReviewList).read()).waiting.map(
      ({ enrollment: { caseNumber, corporation } }) => [caseNumber, corporation?.name],
    ),
  );

/** Somebody applies where strangers used up page and mail. @returns the case number of the page */
async function applies(loginId: string, corporation: Corporation): Promise<string> {
  const { corporateNumber: number } = corporation;
  await isUsed(running, 10, `proof:company:${number}`, `proof:mail:others:${number}`);
  const person = running.visitor();
  await provesBehind(await appliesByMail(running, corporation, applicant(loginId)), person);
  expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
  return person.page.facts.受付番号!;
}

const unknown = (): Corporation => ({ ...sakura, corporateNumber: '404404' });

async function accountsOf(loginId: string): Promise<number> {
  const { rowCount } = await running.pool.query('select from accounts where login_id = $1', [
    loginId,
  ]);
  return rowCount!;
}

describe('a spray of wrong guesses', () => {
  it('moves the proof of the numbers into the mail', () => {
    expect(wrongGuesses).toBeGreaterThanOrEqual(90);
    expect(wrongGuesses).toBeLessThan(130);
  });

  it('does not hinder who proved the numbers before', async () => {
    const entered = applicant('keyaki.sato');
    await entersDetails(early, entered);
    expect(early.page.facts).toMatchObject({ 法人名: 'けやき株式会社' });
    await early.presses('登録');
    await activates(early, running.mailbox.linkIn(await running.mailbox.mailTo(entered.email)));
    expect(early.page.path).toBe('/login');
  });
});

describe('while the desk reviews', () => {
  it('a case number is on the page, in the mail to the applicant and in the one to the desk', async () => {
    const caseNumber = await applies('review.sato', sakura);
    expect(caseNumber).toMatch(CASE);
    const mail = await running.mailbox.mailTo('review.sato@example.jp');
    expect(mail.text).toContain(`受付番号：${caseNumber}`);
    expect(mail.text).not.toMatch(/https?:|株式会社さくら|1234567/);
    let desk = await running.mailbox.mailTo(running.config.deskMail);
    while (!desk.text.includes(`受付番号：${caseNumber}`))
      desk = await running.mailbox.mailTo(running.config.deskMail);
    expect(desk.text).not.toMatch(/佐藤|review\.sato|1234567/);
    expect(await accountsOf('review.sato')).toBe(0);
    const person = running.visitor();
    await signsIn(person, applicant('review.sato'));
    expect(person.page.status).toBe(422);
  });

  it('a granted case goes on with its activation mail', async () => {
    const ume = { corporateNumber: '111', name: 'うめ株式会社' };
    const corporation = await running.people.corporationExists(ume);
    const caseNumber = await applies('ume.sato', corporation);
    await running.mailbox.mailTo('ume.sato@example.jp');
    expect(await waiting()).toContainEqual([caseNumber, 'うめ株式会社']);
    expect(await grants(caseNumber)).toEqual({ ok: true });
    expect(await grants(caseNumber)).toEqual({ ok: false, reason: 'case-unknown' });

    const link = running.mailbox.linkIn(await running.mailbox.mailTo('ume.sato@example.jp'));
    const person = running.visitor();
    await activates(person, link);
    await signsIn(person, applicant('ume.sato'));
    expect(person.page.header).toContain('うめ株式会社');
  });

  it('a refused case is told to the applicant and is over', async () => {
    const caseNumber = await applies('momo.sato', sakura);
    await running.mailbox.mailTo('momo.sato@example.jp');
    expect(await inUnitOfWork(() => reviews().refuse(caseNumber, BY_TAMURA))).toEqual({ ok: true });
    const mail = await running.mailbox.mailTo('momo.sato@example.jp');
    expect(mail.text).toContain(`（受付番号：${caseNumber}）`);
    expect(mail.text).toContain('お受けできませんでした');
    expect(await grants(caseNumber)).toEqual({ ok: false, reason: 'case-unknown' });
    await running.mailbox.nothingFor('momo.sato@example.jp');
  });

  it('a case whose numbers match no company cannot be granted, and stays open', async () => {
    const caseNumber = await applies('nashi.sato', unknown());
    await running.mailbox.mailTo('nashi.sato@example.jp');
    expect(await grants(caseNumber)).toEqual({ ok: false, reason: 'numbers-unmatched' });
    expect(await waiting()).toContainEqual([caseNumber, undefined]);
    await running.mailbox.nothingFor('nashi.sato@example.jp');
  });

  it('of two cases of one company both may be granted: whoever activates first wins', async () => {
    const take = { corporateNumber: '222', name: 'たけ株式会社' };
    const corporation = await running.people.corporationExists(take);
    const cases = [await applies('take.one', corporation), await applies('take.two', corporation)];
    for (const caseNumber of cases) expect(await grants(caseNumber)).toEqual({ ok: true });
    const links = [];
    for (const name of ['take.one', 'take.two']) {
      await running.mailbox.mailTo(`${name}@example.jp`);
      links.push(running.mailbox.linkIn(await running.mailbox.mailTo(`${name}@example.jp`)));
    }
    const late = running.visitor();
    await activates(running.visitor(), links[1]!);
    await late.opens(links[0]!);
    expect([late.page.status, late.page.h1]).toEqual([410, 'すでに管理者が登録されています']);
  });
});

it('ends an hour after the guesses: the numbers are compared on the page again', async () => {
  await running.clock.advance('61 minutes');
  const person = running.visitor();
  await entersNumbers(person, { ...sakura, corporateNumber: '404405' });
  expect(person.page.status).toBe(422);
});
