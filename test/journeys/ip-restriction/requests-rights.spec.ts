import type { Visitor } from '../../support/browser.js';
import { listExists } from '../../support/ip-lists.js';
import { HOME, inDays, OFFICE, Restricted } from '../../support/restricted.js';

const stage = Restricted.forThisFile();
const REQUESTS = '/ip-restriction/requests';

async function asks(person: Visitor, purpose = '在宅勤務のため', days = 7): Promise<void> {
  person.fills('目的', purpose);
  person.fills('利用終了日', await inDays(stage.running, days));
  await person.presses('依頼を送る');
}

/** Another member of staff, each with requests of their own, at an address that is not admitted. */
let members = 0;
async function somebodyAt(address = '203.0.113.66') {
  members += 1;
  const loginId = `staff-${members}`;
  const name = `担当 ${members}号`;
  const member = await stage.running.people.staffExists({
    corporation: stage.sakura,
    loginId,
    name,
  });
  return { member, person: await stage.visits(member, address) };
}

it('staff decide nothing, and another company sees nothing', async () => {
  const { person, member } = await somebodyAt('203.0.113.80');
  await asks(person);
  const { rows } = await stage.running.pool.query<{ id: string }>(
    'select id from ip_requests where account_id = $1',
    [member.id],
  );
  const path = `${REQUESTS}/${rows[0]!.id}`;
  const staff = await stage.visits(stage.suzuki);
  for (const each of [REQUESTS, path]) expect((await staff.sends('GET', each)).status).toBe(403);
  const fields = { act: 'approve' };
  expect((await staff.sends('POST', path, { fields })).status).toBe(403);

  const corporation = await stage.running.people.corporationExists({
    corporateNumber: '7654321',
    name: '株式会社もみじ',
  });
  const tanaka = await stage.running.people.administratorExists({
    corporation,
    loginId: 'tanaka',
    name: '田中 一郎',
  });
  await listExists(stage.running, corporation, ['198.51.100.0/24']);
  const stranger = await stage.visits(tanaka);
  expect((await stranger.opens(REQUESTS)).text).not.toContain(member.name);
  expect((await stranger.sends('GET', path)).status).toBe(404);
  expect((await stranger.sends('POST', path, { fields })).status).toBe(404);
  const refusal = { act: 'refuse', word: 'いいえ' };
  expect((await stranger.sends('POST', path, { fields: refusal })).status).toBe(404);
  for (const id of ['1', 'x', '00000000-0000-4000-8000-000000000000'])
    expect((await stranger.sends('GET', `${REQUESTS}/${id}`)).status).toBe(404);

  const parked = await stage.visits(stage.sato);
  parked.movesTo('203.0.113.81');
  expect((await parked.sends('POST', path, { fields })).status).toBe(403);
  parked.movesTo(OFFICE);
  await stage.running.clock.advance('6 minutes');
  const asked = await parked.sends('POST', path, { fields });
  expect([asked.status, asked.text.includes('現在のパスワード')]).toEqual([403, true]);
  await stage.running.clock.reset();
});

it('strangers are led to the sign-in, whatever they send', async () => {
  const stranger = stage.running.visitor({ address: HOME });
  for (const method of ['GET', 'POST']) {
    const fields = method === 'POST' ? { act: 'request', purpose: 'x', until: '' } : undefined;
    const answer = await stranger.sends(method, '/ip-restriction/access', { fields: fields! });
    expect([answer.status, answer.headers.location]).toEqual([303, '/login']);
  }
});
