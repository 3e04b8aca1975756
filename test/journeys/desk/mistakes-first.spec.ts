import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { onlyCase } from '../../support/desk-people.js';
import { deskPersonExists, provesAtDesk, signsInAtDesk } from '../../support/desk.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  type LeftBehind,
} from '../../support/succession.js';

const NO_REASON = '理由を入力してください。';

let running: RunningApp;
let lead: Visitor;
let left: LeftBehind;
let disputed: string;
let colleague: string;
beforeAll(async () => {
  running = await startApp();
  const tamura = { loginId: 'tamura', name: '田村', role: 'lead' };
  lead = running.visitor();
  await signsInAtDesk(lead, await deskPersonExists(running, tamura));
  await deskPersonExists(running, { loginId: 'nakai', name: '中井' });
  left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  disputed = (await onlyCase(running, left)).number;
  const { rows } = await running.pool.query<{ id: string }>(
    `select id from operators where login_id_key = 'nakai'`,
  );
  colleague = rows[0]!.id;
});
afterAll(() => running.stop());

type Fields = Record<string, string>;

const FORMS: Record<string, [path: () => string, fields: Fields, mistake: string]> = {
  'a notice': [() => '/desk/notices/new', {}, '見出しを入力してください。'],
  'a notice that ends before it begins': [
    () => '/desk/notices/new',
    { title: '休業', text: '本文', audience: 'everybody', from: '2026-12-31', until: '2026-12-01' },
    '掲載を終える日は、始める日以降にしてください。',
  ],
  'a service': [() => '/desk/applications/new', {}, '名前を入力してください。'],
  'a colleague': [() => '/desk/operators/new', {}, NO_REASON],
  'an act on a colleague': [() => `/desk/operators/${colleague}`, { act: 'reset' }, NO_REASON],
  'a decision': [() => `/desk/cases/${disputed}/decisions/dismiss`, {}, NO_REASON],
  'a named person': [
    () => `/desk/cases/${disputed}/decisions/give`,
    { why: '確認しました' },
    '氏名を入力してください。',
  ],
  'an act on a person': [() => `/desk/accounts/${left.sato.id}/acts/freeze`, {}, NO_REASON],
  'an act on a company': [
    () => `/desk/corporations/${left.corporation.id}/acts/suspend-ip-restriction`,
    { hours: '1' },
    NO_REASON,
  ],
};

it.each(Object.keys(FORMS))(
  'what is wrong with the form of %s is said before a factor is asked for',
  async (which) => {
    const [path, fields, mistake] = FORMS[which]!;
    await lead.opens(path());
    await provesAtDesk(lead);
    await running.clock.advance('6 minutes');
    const { status, text } = await lead.sends('POST', path(), { fields });
    expect([status, text]).toEqual([422, expect.stringContaining(mistake)]);
  },
);

it('a form without a mistake is asked about as before', async () => {
  await running.clock.advance('6 minutes');
  const path = `/desk/accounts/${left.sato.id}/acts/freeze`;
  const sent = await lead.sends('POST', path, { fields: { why: '確認しました' } });
  expect(sent.headers.location).toMatch(/^\/desk\/confirmation\?/);
  const { rows } = await running.pool.query<{ state: string }>(
    'select state from accounts where id = $1',
    [left.sato.id],
  );
  expect(rows).toEqual([{ state: 'active' }]);
});
