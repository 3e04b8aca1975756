import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { NAKAI, TAMURA } from '../../support/desk-people.js';
import {
  activates,
  applicant,
  entersDetails,
  registers,
  signsIn,
} from '../../support/registration.js';
import {
  applies,
  entersNumbers,
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
beforeEach(() => running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00')));
afterAll(() => running.stop());

type Company = Pick<LeftBehind, 'corporation'>;

async function turns(act: 'close' | 'open', { corporation }: Company): Promise<void> {
  const words = ['corporation', act, corporation.corporateNumber, ...TAMURA];
  const turned = await operator.types(...words);
  expect(turned).toMatchObject({ exitCode: 0, err: '' });
}

const linkTo = async (email: string, subject = '') =>
  new URL(running.mailbox.linkIn(await running.mailbox.mailTo(email, subject))).pathname;

async function stagesOf({ corporation }: Company): Promise<string[]> {
  const { rows } = await running.pool.query<{ stage: string }>(
    `select enrollment_stage(kind, state, started_at, release_at, probation_ends_at) as stage
     from enrollments where corporation_id = $1 order by created_at`,
    [corporation.id],
  );
  return rows.map(({ stage }) => stage);
}

async function nobodyYet() {
  const corporation = await running.people.corporationExists({
    corporateNumber: '6900001',
    name: 'かえで株式会社',
  });
  return { corporation, suzuki: applicant('kaede-first') };
}

const opensInvitations = async (person: Visitor) =>
  (await person.sends('GET', '/accounts/new')).status;

describe('while a company is closed', () => {
  it('an application that was filled in before is answered as unknown numbers are', async () => {
    const left = await leftBehind(running);
    const person = running.visitor();
    await entersNumbers(person, left.corporation);
    await entersDetails(person, left.suzuki);
    await turns('close', left);
    await person.presses('登録');
    expect(person.page.status).toBe(422);
    expect(person.page.h1).toBe('番号を確認できませんでした');
    expect(await stagesOf(left)).toEqual([]);
    await running.mailbox.nothingFor(left.suzuki.email);
    const refused = person.page.text;
    const stranger = running.visitor();
    await entersNumbers(stranger, left.corporation);
    expect(refused).toContain(stranger.page.errorsAt('法人番号')[0] ?? stranger.page.text);
  });

  it.each(['/admin-enrollment', '/initiate'])(
    'nobody is activated who came by %s',
    async (door) => {
      const isInitial = door === '/initiate';
      const left = isInitial ? await nobodyYet() : await leftBehind(running);
      const person = running.visitor();
      await (isInitial ? registers : applies)(person, left.corporation, left.suzuki);
      const link = await linkTo(left.suzuki.email);
      await turns('close', left);
      await person.opens(link);
      expect(person.page.status).toBe(410);
      expect(person.page.text).toContain(
        '法人のご利用が停止されているため、今は登録を完了できません',
      );
      expect((await running.visitor().sends('POST', link)).status).toBe(410);
      expect(await stagesOf(left)).toEqual(['awaiting-activation']);
      await turns('open', left);
      await activates(person, link);
      await signsIn(person, left.suzuki);
      expect(person.page.h1).toBe('TOPページ');
    },
  );

  it('a person whom the desk named does not come, and no mail address is proved', async () => {
    const left = await leftBehind(running);
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.opens('/me/email');
    sato.fills('新しいメールアドレス', `moved-${left.sato.email}`);
    await sato.presses('確認のメールを送る');
    const proof = await linkTo(`moved-${left.sato.email}`);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const { rows } = await running.pool.query<{ number: string }>(
      'select case_number as number from enrollments where corporation_id = $1',
      [left.corporation.id],
    );
    const { number } = rows[0]!;
    const email = `ogawa-${left.sato.loginId}@example.jp`;
    const who = ['--name', '小川 恵', '--kana', 'おがわ めぐみ', '--email', email];
    await operator.types('enrollment', 'give', number, ...who, ...TAMURA);
    await operator.types('enrollment', 'confirm', number, '--email', email, ...NAKAI);
    const named = await linkTo(email);
    await turns('close', left);
    for (const [link, sentence] of [
      [named, '今は登録を完了できません'],
      [proof, '今はメールアドレスを変更できません'],
    ] as const) {
      const person = running.visitor();
      await person.opens(link);
      expect([person.page.status, person.page.text]).toEqual([
        410,
        expect.stringContaining(sentence),
      ]);
    }
    expect((await running.visitor().sends('POST', proof)).status).toBe(410);
  });

  it('the desk grants nothing', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const second = applicant(`second-${left.sato.loginId}`);
    const person = running.visitor();
    await applies(person, left.corporation, second);
    await activates(person, await linkTo(second.email));
    const number = person.page.facts.受付番号!;
    await turns('close', left);
    const refused = await operator.types('review', 'grant', number, ...TAMURA);
    expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('closed') });
    expect(await stagesOf(left)).toContain('review');
  });

  it('no probation runs, and it begins anew with a link to object', async () => {
    const left = await leftBehind(running);
    const thief = await takesOver(running, left);
    await running.clock.advance('70 hours');
    await turns('close', left);
    await running.clock.advance('40 days');
    expect(await stagesOf(left)).toEqual(['probation']);
    await running.mailbox.mailTo(left.sato.email, 'が追加登録されました');
    await turns('open', left);
    const told = await running.mailbox.mailTo(left.sato.email, 'が追加登録されました');
    expect(told.text).toContain('1月16日(土) 7時00分');
    await running.clock.advance('71 hours 59 minutes');
    await signsIn(thief, left.suzuki);
    expect(await opensInvitations(thief)).toBe(403);
    await objects(running.visitor(), new URL(running.mailbox.linkIn(told)).pathname);
    expect(await stagesOf(left)).toEqual(['objected']);
  });

  it('an objection stops the newcomer, whenever it comes', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const link = await objectionLink(running, left.sato);
    await turns('close', left);
    await running.clock.advance('20 days');
    await objects(running.visitor(), link);
    expect(await stagesOf(left)).toEqual(['objected']);
    await turns('open', left);
    const thief = running.visitor();
    await signsIn(thief, left.suzuki);
    expect(thief.page.h1).toBe('追加登録のお手続きの状況');
  });
});
