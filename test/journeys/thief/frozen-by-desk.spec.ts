import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { dismiss, onlyCase, TAMURA, uphold } from '../../support/desk-people.js';
import { chooses } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  takesOverAndSignsIn,
} from '../../support/succession.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterAll(() => running.stop());

const stateOf = async (id: string) => {
  const text = 'select state from accounts where id = $1';
  return (await running.pool.query<{ state: string }>(text, [id])).rows[0]!.state;
};

describe('a stolen account that the desk freezes', () => {
  it.each(['削除', '利用を停止'])(
    'after a newcomer’s 「%s」 stays frozen after an objection',
    async (way) => {
      const left = await leftBehind(running);
      const { corporation, sato } = left;
      const loginId = `hayashi-${sato.loginId}`;
      const hayashi = await running.people.staffExists({ corporation, loginId, name: '林 三郎' });
      const newcomer = await takesOverAndSignsIn(running, left);
      if (way === '削除') await chooses(newcomer, hayashi);
      else await newcomer.opens(`/accounts/${hayashi.id}/suspension`);
      await newcomer.presses(way);
      const frozen = await operator.types('account', 'freeze', loginId, ...TAMURA);
      expect(frozen).toMatchObject({ exitCode: 0, err: '' });
      const shown = await operator.types('account', 'show', loginId);
      expect(shown.out).toMatch(
        way === '削除'
          ? /^State: Deleted$[^]*^Frozen by the desk: stays frozen when it is restored\.$/m
          : /^State: Suspended$[^]*^Frozen by the desk: "genkan account release" alone/m,
      );
      const objector = running.visitor();
      await objects(objector, await objectionLink(running, sato));
      expect(objector.page.text).toContain('担当窓口が利用を停止した方は、停止したままです');
      expect(await stateOf(hayashi.id)).toBe('suspended');
      await signsIn(running.visitor(), hayashi);
      expect((await operator.types('account', 'freeze', loginId, ...TAMURA)).exitCode).toBe(1);
      expect((await operator.types('account', 'release', loginId, ...TAMURA)).exitCode).toBe(0);
      expect(await stateOf(hayashi.id)).toBe('active');
    },
  );

  it('is frozen also where no other administrator is left, with an option that says so', async () => {
    const { corporation, sato } = await leftBehind(running);
    const loginId = `hayashi-${sato.loginId}`;
    const hayashi = await running.people.staffExists({ corporation, loginId, name: '林 三郎' });
    const freezes = (...options: string[]) =>
      operator.types('account', 'freeze', sato.loginId, ...TAMURA, ...options);
    const refused = await freezes();
    expect(refused).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('frozen at once with "--leaves-no-administrator"'),
    });
    expect(await stateOf(sato.id)).toBe('active');
    const frozen = await freezes('--leaves-no-administrator');
    expect(frozen).toMatchObject({ exitCode: 0, err: '' });
    expect(frozen.out).toContain('While nobody administers the company');
    expect(await stateOf(sato.id)).toBe('suspended');
    const line = `nobody administers  ${corporation.corporateNumber}  ${corporation.name}`;
    const listed = async () => (await operator.types('enrollment', 'list')).out;
    expect(await listed()).toContain(`${line}  its administrator is frozen by the desk`);
    const person = running.visitor();
    await signsIn(person, hayashi);
    expect(person.page.h1).toBe('TOPページ');
    expect((await operator.types('account', 'release', sato.loginId, ...TAMURA)).exitCode).toBe(0);
    expect(await listed()).not.toContain(line);
    expect(await stateOf(sato.id)).toBe('active');
  });

  it('is frozen also beside a newcomer on probation alone, and erased not', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const { loginId, id } = left.sato;
    const option = '--leaves-no-administrator';
    const refused = await operator.types('account', 'freeze', loginId, ...TAMURA);
    expect(refused.err).toContain('Only an administrator on probation');
    expect(refused.err).toContain(option);
    await operator.types('account', 'freeze', loginId, ...TAMURA, option);
    expect(await stateOf(id)).toBe('suspended');
    expect((await operator.types('account', 'erase', loginId, ...TAMURA, option)).exitCode).toBe(2);
    const { number } = await onlyCase(running, left);
    expect((await dismiss(operator, number)).exitCode).toBe(0);
    expect((await operator.types('account', 'release', loginId, ...TAMURA)).exitCode).toBe(0);
    expect(await stateOf(id)).toBe('active');
  });

  it('is released as an administrator only after the case at the desk', async () => {
    const left = await leftBehind(running, 1);
    const { corporation, sato } = left;
    const loginId = `leaver-${sato.loginId}`;
    const leaver = await running.people.administratorExists({ corporation, loginId, name: '前田' });
    await operator.types('account', 'freeze', loginId, ...TAMURA);
    await takesOverAndSignsIn(running, left);
    const link = await objectionLink(running, sato);
    await objects(running.visitor(), link);
    const refused = await operator.types('account', 'release', loginId, ...TAMURA);
    expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('case') });
    expect(await stateOf(leaver.id)).toBe('suspended');
    expect((await operator.types('account', 'release', sato.loginId, ...TAMURA)).exitCode).toBe(0);
  });

  it('is opened again by no administrator of the company, who reads whom to ask', async () => {
    const { corporation, sato } = await leftBehind(running);
    const loginId = `hayashi-${sato.loginId}`;
    const hayashi = await running.people.staffExists({ corporation, loginId, name: '林 三郎' });
    await operator.types('account', 'freeze', loginId, ...TAMURA);
    const person = running.visitor();
    await signsIn(person, sato);
    const path = `/accounts/${hayashi.id}/suspension`;
    await person.opens(path);
    expect(person.page.status).toBe(409);
    expect(person.page.text).toContain('担当窓口が利用を停止している');
    expect(person.page.text).toContain(running.config.deskPhone);
    expect((await person.sends('POST', path, { fields: { act: 'release' } })).status).toBe(409);
    expect(await stateOf(hayashi.id)).toBe('suspended');
    await operator.types('account', 'release', loginId, ...TAMURA);
    expect(await stateOf(hayashi.id)).toBe('active');
  });

  it('stays frozen where it is a newcomer’s, whom the desk lets stay after an objection', async () => {
    const left = await leftBehind(running, 1);
    await takesOverAndSignsIn(running, left);
    await operator.types('account', 'freeze', left.suzuki.loginId, ...TAMURA);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const upheld = await uphold(operator, (await onlyCase(running, left)).number);
    expect(upheld).toMatchObject({ exitCode: 0, err: '' });
    const suzuki = running.visitor();
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.status).toBe(403);
    await operator.types('account', 'release', left.suzuki.loginId, ...TAMURA);
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.h1).toBe('TOPページ');
  });
});
