import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { BY_TAMURA, NAKAI, onlyCase, TAMURA, uphold } from '../../support/desk-people.js';
import { signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterAll(() => running.stop());

const caseOf = async (left: LeftBehind) => (await onlyCase(running, left)).number;
const stageOf = async (left: LeftBehind) => (await onlyCase(running, left)).state;

const upholds = (number: string, words: string[]) =>
  operator.types('enrollment', 'uphold', number, ...words);

describe('a newcomer whom the desk lets stay', () => {
  afterEach(() => running.clock.reset());

  it('takes one person of the desk, a day after the proof and without any objection', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await running.mailbox.everythingIsSent();
    await running.clock.advance('25 hours');
    const upheld = await upholds(await caseOf(left), TAMURA);
    expect(upheld).toMatchObject({ exitCode: 0, out: expect.stringContaining('stays') });
    expect(await stageOf(left)).toBe('approved');
  });

  const disputes: Record<string, (left: LeftBehind) => Promise<unknown>> = {
    'on the first day': async () => undefined,
    async 'after an objection'(left) {
      await objects(running.visitor(), await objectionLink(running, left.sato));
      await running.clock.advance('25 hours');
    },
    async 'when no witness is left alone'({ sato }) {
      await running.clock.advance('25 hours');
      const text = `update accounts set state = 'suspended' where id = $1`;
      await running.pool.query(text, [sato.id]);
    },
    async 'when the mails told nobody'({ corporation }) {
      await running.clock.advance('25 hours');
      const text = `update mail_deliveries set state = 'bounced' where corporation_id = $1`;
      await running.pool.query(text, [corporation.id]);
    },
  };
  it.each(Object.keys(disputes))('takes two people %s', async (dispute) => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await running.mailbox.everythingIsSent();
    await disputes[dispute]!(left);
    const [number, before] = [await caseOf(left), await stageOf(left)];
    const first = await upholds(number, TAMURA);
    expect(first).toMatchObject({ exitCode: 0, out: expect.stringContaining('takes two') });
    const second = await upholds(number, ['--operator', 'ＴＡＭＵＲＡ', '--reason', '確認']);
    expect(second.exitCode).toBe(0);
    expect(await stageOf(left)).toBe('approved');
    expect(before).not.toBe('approved');
  });

  it('is upheld anew by two people when a second witness speaks in between', async () => {
    const left = await leftBehind(running);
    const { corporation, sato } = left;
    const given = { corporation, loginId: `tanaka-${sato.loginId}`, name: '田中 健' };
    const tanaka = await running.people.administratorExists(given);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, sato));
    const number = await caseOf(left);
    expect((await upholds(number, TAMURA)).out).toContain('takes two');
    const second = running.visitor();
    await second.opens(await objectionLink(running, tanaka));
    second.fills('担当窓口へのご説明', '私も、鈴木を知りません。');
    await second.presses('担当窓口へ送る');
    expect((await upholds(number, NAKAI)).out).toContain('takes two');
    expect(await stageOf(left)).toBe('objected');
  });

  it('is not upheld by one person twice, nor after the company was given elsewhere', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const number = await caseOf(left);
    await upholds(number, TAMURA);
    expect((await operator.types('enrollment', 'show', number)).out).toContain('upheld by 田村');
    const twice = await upholds(number, ['--operator', '田_村', ...TAMURA.slice(2)]);
    expect(twice).toMatchObject({ exitCode: 1, err: expect.stringContaining('Somebody else') });
    const person = ['--name', '小川 恵', '--kana', 'おがわ', '--email', 'ogawa@example.jp'];
    await operator.types('enrollment', 'give', number, ...person, ...TAMURA);
    expect((await upholds(number, NAKAI)).out).toContain('takes two');
    expect(await stageOf(left)).toBe('running');
  });
});

describe('the people of the desk', () => {
  afterEach(() =>
    running.pool.query(
      `update desk_cases set assignee_id = null;
       delete from desk_case_entries;
       delete from operators`,
    ),
  );

  it.each(['a', '', '-_', '田村\u3164', '田\u200b村', '田村\u{13441}', '田村<1>', 'あ'.repeat(61)])(
    'are not called %j',
    async (name) => {
      const words = ['--operator', name, '--reason', '確認'];
      for (const act of ['uphold', 'dismiss'])
        expect((await operator.types('enrollment', act, 'K7M2-9QXA', ...words)).exitCode).toBe(2);
    },
  );

  it('decide nothing without name and reason', async () => {
    for (const words of [
      ['enrollment', 'uphold', 'K7M2-9QXA'],
      ['enrollment', 'dismiss', 'K7M2-9QXA', ...TAMURA.slice(0, 2)],
      ['enrollment', 'confirm', 'K7M2-9QXA', ...TAMURA],
      ['review', 'grant', 'K7M2-9QXA'],
      ['review', 'refuse', 'K7M2-9QXA', ...TAMURA.slice(2)],
    ])
      expect([words, (await operator.types(...words)).exitCode]).toEqual([words, 2]);
  });

  it('are those whom create-operator knows, once it knows any', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const number = await caseOf(left);
    const email = ['--email', 'tamura@desk.example', '--operator', 'root'];
    await operator.types('create-operator', 'tamura', '--name', '田村 ゆき', ...email);
    const stranger = await upholds(number, NAKAI);
    expect(stranger).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('create-operator'),
    });
    const words = ['--operator', '田村ゆき', '--reason', BY_TAMURA.why];
    expect((await upholds(number, words)).exitCode).toBe(1);
    await running.pool.query(
      'update operators set must_change_password = false, second_factor_since = genkan_now()',
    );
    expect((await upholds(number, words)).exitCode).toBe(0);
    expect((await operator.types('enrollment', 'show', number)).out).toContain(
      'upheld by 田村 ゆき',
    );
  });
});

describe('genkan account', () => {
  it.each(['freeze', 'erase'])('%s leaves no newcomer alone with the company', async (act) => {
    const left = await leftBehind(running);
    await takesOverAndSignsIn(running, left);
    const acted = await operator.types('account', act, left.sato.loginId, ...TAMURA);
    expect(acted.exitCode).toBe(1);
    const newcomer = await operator.types('account', 'freeze', left.suzuki.loginId, ...TAMURA);
    expect(newcomer).toMatchObject({ exitCode: 0, err: '' });
    await uphold(operator, await caseOf(left));
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    expect(sato.page.h1).toBe('TOPページ');
  });

  it('freezes one of two administrators from before', async () => {
    const left = await leftBehind(running, 1);
    await takesOver(running, left);
    const acted = await operator.types('account', 'freeze', left.sato.loginId, ...TAMURA);
    expect(acted).toMatchObject({ exitCode: 0, err: '' });
  });
});

describe('a newcomer whom an objection stopped', () => {
  it('reads that the desk has decided, where a statement comes too late', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const suzuki = running.visitor();
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.h1).toBe('追加登録のお手続きの状況');
    await operator.types('enrollment', 'dismiss', await caseOf(left), ...TAMURA);
    suzuki.fills('担当窓口へのご説明', '後任です。');
    await suzuki.presses('担当窓口へ送る');
    expect(suzuki.page.notice).toContain('担当窓口がすでに判断した');
  });
});
