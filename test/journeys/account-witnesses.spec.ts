import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { TAMURA } from '../support/desk-people.js';
import { invited, invites } from '../support/invitation.js';
import { chooses, signedIn } from '../support/members.js';
import type { Member } from '../support/people.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../support/succession.js';

const REMOVALS_REST =
  '管理者の追加登録を確認中です。確認が終わるまで、以前からの管理者の方や、別のお手続きで登録された方の削除・利用停止・権限の変更はできません。';
const AT_DESK =
  '異議申し立てがあり、担当窓口が確認しています。確認が終わるまで、この操作はできません。';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function tanakaOf({ corporation }: LeftBehind): Promise<Member> {
  const loginId = `tanaka-${corporation.corporateNumber}`;
  return running.people.administratorExists({ corporation, loginId, name: '田中 健' });
}

async function hayashiOf({ corporation }: LeftBehind): Promise<Member> {
  const loginId = `hayashi.${corporation.corporateNumber}@hinoki.example`;
  return running.people.staffExists({ corporation, loginId, name: '林 次郎' });
}

describe('administrators of before', () => {
  it('do not remove each other or themselves while the case is open, but others', async () => {
    const left = await leftBehind(running);
    const [tanaka, hayashi] = [await tanakaOf(left), await hayashiOf(left)];
    await takesOverAndSignsIn(running, left);
    const person = await signedIn(running, left.sato);
    for (const target of [tanaka, left.sato]) {
      await chooses(person, target);
      expect(person.page.status).toBe(409);
      expect(person.page.text).toContain(REMOVALS_REST);
    }
    const fields = { accountId: tanaka.id };
    expect((await person.sends('POST', '/accounts/deletion', { fields })).status).toBe(409);
    await person.opens(`/accounts/${tanaka.id}/suspension`);
    expect(person.page.status).toBe(409);
    expect(person.page.text).toContain(REMOVALS_REST);
    await person.opens(`/accounts/${tanaka.id}`);
    person.checks('担当者（ご自分の情報だけを変更できます）');
    await person.presses('変更を保存する');
    expect([person.page.status, person.page.errors]).toEqual([422, [REMOVALS_REST]]);
    const desk = person.page.content('.gk-card > .gk-desk').text;
    for (const named of [running.config.deskPhone, running.config.deskHours])
      expect(desk).toContain(named);

    await chooses(person, hayashi);
    await person.presses('削除');
    expect(person.page.h1).toBe('削除完了');
  });

  it('make nobody an administrator while the desk looks into an objection', async () => {
    const left = await leftBehind(running);
    const [tanaka, hayashi] = [await tanakaOf(left), await hayashiOf(left)];
    const person = await signedIn(running, left.sato);
    await chooses(person, tanaka);
    await person.presses('削除');
    await takesOverAndSignsIn(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    await person.opens(`/accounts/${tanaka.id}/restoration`);
    expect(person.page.status).toBe(409);
    expect(person.page.text).toContain(AT_DESK);
    await person.opens(`/accounts/${hayashi.id}`);
    const details = {
      name: '林 次郎',
      nameKana: 'ハヤシ',
      department: '',
      phone: '',
      version: '1',
    };
    const promotion = await person.sends('POST', `/accounts/${hayashi.id}`, {
      fields: { ...details, role: 'administrator' },
    });
    expect(promotion.status).toBe(422);
    expect(promotion.text).toContain(AT_DESK);
  });

  it('use up no mail of a mailbox that they could not invite meanwhile', async () => {
    const left = await leftBehind(running);
    const person = await signedIn(running, left.sato);
    await takesOverAndSignsIn(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const whom = invited(`mori-${left.corporation.corporateNumber}@hinoki.example`);
    const fields = { ...whom, role: 'administrator' };
    for (let times = 0; times < 3; times += 1) {
      const { text } = await person.sends('POST', '/accounts/new', { fields });
      expect(text).toContain(AT_DESK);
    }
    await invites(person, whom);
    await running.mailbox.mailTo(whom.email);
  });

  it('are offered nothing that rests, and advised to nothing that they cannot do', async () => {
    const left = await leftBehind(running);
    const hayashi = await hayashiOf(left);
    const offers = async () => {
      const found: boolean[] = [];
      for (const path of ['/accounts/new', `/accounts/${hayashi.id}`]) {
        await person.opens(path);
        const choices = person.page.root.querySelectorAll('[name=role]');
        found.push(choices.some((choice) => choice.getAttribute('value') === 'administrator'));
      }
      for (const path of ['/', '/accounts']) {
        await person.opens(path);
        found.push(/管理者がお一人だけ|管理者が1名だけ/.test(person.page.text));
      }
      return found;
    };
    const person = await signedIn(running, left.sato);
    expect(await offers()).toEqual([true, true, true, true]);
    await takesOverAndSignsIn(running, left);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    expect(await offers()).toEqual([false, false, false, false]);
    await person.opens('/accounts/new');
    expect(person.page.text).toContain('管理者を増やせません');
    const { rows } = await running.pool.query<{ number: string }>(
      'select case_number as number from enrollments where corporation_id = $1',
      [left.corporation.id],
    );
    await new Operator(running).types('enrollment', 'dismiss', rows[0]!.number, ...TAMURA);
    expect(await offers()).toEqual([true, true, true, true]);
  });
});

it('a newcomer reads how to reach the desk where nobody else could administer the company', async () => {
  const left = await leftBehind(running);
  const newcomer = await takesOverAndSignsIn(running, left);
  await chooses(newcomer, left.sato);
  await newcomer.presses('削除');
  await chooses(newcomer, left.suzuki);
  expect(newcomer.page.status).toBe(409);
  expect(newcomer.page.text).toContain('ほかの方を管理者にすることもできません。');
  const desk = newcomer.page.content('.gk-card > .gk-desk').text;
  for (const named of [running.config.deskPhone, running.config.deskHours])
    expect(desk).toContain(named);
});
