import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { onlyCase, TAMURA, uphold } from '../../support/desk-people.js';
import { chooses } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
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
      await objects(running.visitor(), await objectionLink(running, sato));
      expect(await stateOf(hayashi.id)).toBe('suspended');
      await signsIn(running.visitor(), hayashi);
      expect((await operator.types('account', 'freeze', loginId, ...TAMURA)).exitCode).toBe(1);
      expect((await operator.types('account', 'release', loginId, ...TAMURA)).exitCode).toBe(0);
      expect(await stateOf(hayashi.id)).toBe('active');
    },
  );

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
