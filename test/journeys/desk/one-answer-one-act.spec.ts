import { randomUUID } from 'node:crypto';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { deskPersonExists, provesFor, signsInAtDesk, type DeskPerson } from '../../support/desk.js';

let running: RunningApp;
let tamura: DeskPerson;
let lead: Visitor;
beforeAll(async () => {
  running = await startApp();
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  await deskPersonExists(running, { loginId: 'nakai', name: '中井' });
});
beforeEach(async () => {
  await running.clock.advance('1 hour');
  lead = running.visitor();
  await signsInAtDesk(lead, tamura);
});
afterAll(() => running.stop());

const ASKED = '/desk/confirmation';

/** All at the same moment, as from tabs of their own. @returns where each led, or its status */
async function sendAtOnce(forms: { path: string; fields: Record<string, string> }[]) {
  const sent = forms.map(({ path, fields }) =>
    lead.sends('POST', path, { fields: { formId: randomUUID(), ...fields } }),
  );
  const answers = await Promise.all(sent);
  return answers.map(({ headers, status }) => headers.location?.split('?')[0] ?? status);
}

function added(name: string, loginId: string) {
  const person = { name, loginId, email: `${loginId}@desk.example`, role: 'clerk' };
  return { path: '/desk/operators/new', fields: { ...person, why: '増員のため' } };
}

const namesLike = async (start: string) => {
  const { rows } = await running.pool.query<{ name: string }>(
    `select name from operators where login_id like $1 || '%'`,
    [start],
  );
  return rows.length;
};

it('adds one of several people who are sent at once, and asks before the others', async () => {
  await provesFor(lead, '/desk/operators/new');
  const names = ['西村', '土呂', '東野', '北見'];
  const led = await sendAtOnce(names.map((name, at) => added(name, `new-${at}`)));
  expect(led.toSorted()).toEqual([ASKED, ASKED, ASKED, '/desk/operators']);
  expect(await namesLike('new-')).toBe(1);
});

it('does one of two acts on a colleague', async () => {
  const { rows } = await running.pool.query<{ id: string }>(
    `select id from operators where login_id_key = 'nakai'`,
  );
  const path = `/desk/operators/${rows[0]!.id}`;
  await provesFor(lead, path);
  const forms = ['lead', 'reset'].map((act) => ({ path, fields: { act, why: '確認' } }));
  expect((await sendAtOnce(forms)).toSorted()).toEqual([ASKED, '/desk/operators']);
});

it('gives the answer back with an act that was refused', async () => {
  await provesFor(lead, '/desk/operators/new');
  expect(await sendAtOnce([added('田 村', 'another')])).toEqual([422]);
  expect(await sendAtOnce([added('南 太郎', 'minami')])).toEqual(['/desk/operators']);
  expect(await sendAtOnce([added('北 花子', 'kita')])).toEqual([ASKED]);
});

it('says of a login ID that two leads give at once that it is taken', async () => {
  const sakai = await deskPersonExists(running, { loginId: 'sakai', name: '酒井', role: 'lead' });
  const other = running.visitor();
  await signsInAtDesk(other, sakai);
  await running.clock.advance('1 minute');
  const sent: ReturnType<Visitor['sends']>[] = [];
  for (const person of [lead, other]) await provesFor(person, '/desk/operators/new');
  for (const [person, name] of [
    [lead, '谷口'],
    [other, '岡本'],
  ] as const) {
    const { path, fields } = added(name, 'same');
    const own = { ...fields, email: `of-${person.jar === lead.jar ? 1 : 2}@desk.example` };
    sent.push(person.sends('POST', path, { fields: { ...own, formId: randomUUID() } }));
  }
  const answers = await Promise.all(sent);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422]);
  expect(answers.find(({ status }) => status === 422)!.text).toContain(
    'このログインIDはすでに使われています',
  );
});
