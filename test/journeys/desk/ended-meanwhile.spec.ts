import type { PoolClient } from 'pg';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import {
  deskPersonExists,
  isInvited,
  provesAtDesk,
  provesFor,
  setsUp,
  setUpLink,
  signsInAtDesk,
  type DeskPerson,
} from '../../support/desk.js';
import { AuthenticatorApp } from '../../support/second-factor.js';
import { lockIsWaitedFor } from '../../support/until.js';

let running: RunningApp;
let tamura: DeskPerson;
let nakai: DeskPerson;
let person: Visitor;
beforeAll(async () => {
  running = await startApp();
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  nakai = await deskPersonExists(running, { loginId: 'nakai', name: '中井' });
});
beforeEach(async () => {
  person = running.visitor();
  await signsInAtDesk(person, nakai);
});
afterAll(() => running.stop());

const idOf = async ({ loginId }: { loginId: string }) => {
  const { rows } = await running.pool.query<{ id: string }>(
    'select id from operators where login_id_key = $1',
    [loginId],
  );
  return rows[0]!.id;
};

const lastReason = async (act: string) => {
  const { rows } = await running.pool.query<{ reason: string }>(
    'select reason from audit_entries where act = $1 order by id desc limit 1',
    [act],
  );
  return rows[0]?.reason;
};

/** Whoever changes something of theirs waits until the returned connection commits. */
async function isHeld(who: { loginId: string }): Promise<PoolClient> {
  const holder = await running.pool.connect();
  await holder.query('begin');
  await holder.query('select from operators where id = $1 for update', [await idOf(who)]);
  return holder;
}

const areWaiting = (times: number) => lockIsWaitedFor(running.pool, { times });

async function goesOn(holder: PoolClient): Promise<void> {
  await holder.query('commit');
  holder.release();
}

it('adds no factor to somebody whom a lead resets in the same moment', async () => {
  const lead = running.visitor();
  await signsInAtDesk(lead, tamura);
  const path = `/desk/operators/${await idOf(nakai)}`;
  await provesFor(lead, path);
  await person.opens('/desk/me/second-factor/app');
  await provesAtDesk(person);
  const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
  const fields = { newFactorCode: await app.code() };
  const holder = await isHeld(nakai);
  const reset = { act: 'reset', why: '端末の紛失' };
  const done = lead.sends('POST', path, { fields: reset });
  await areWaiting(1);
  const added = person.sends('POST', '/desk/me/second-factor/app', { fields });
  await areWaiting(2);
  await goesOn(holder);
  expect((await done).status).toBe(303);
  expect((await added).headers.location).toBe('/desk/me/second-factor');
  expect((await person.opens('/desk/me/second-factor')).path).toMatch(/^\/desk\/login/);
  const left = await running.pool.query('select from totp_secrets where operator_id = $1', [
    await idOf(nakai),
  ]);
  expect([left.rowCount, await lastReason('desk-factor')]).toEqual([0, 'sign-in-over']);
  nakai = await setsUp(running, running.visitor(), nakai, 'kaede-8453-yama');
});

it('confirms no session that ended in the same moment, and uses no code up for it', async () => {
  await running.clock.advance('6 minutes');
  const fields = { code: await nakai.app.nextCode(), next: '/desk/me' };
  const holder = await isHeld(nakai);
  await holder.query('delete from operator_sessions where operator_id = $1', [await idOf(nakai)]);
  const confirmed = person.sends('POST', '/desk/confirmation', { fields });
  await areWaiting(1);
  await goesOn(holder);
  expect((await confirmed).headers.location).toBe('/desk/me');
  expect(await lastReason('desk-confirmation')).toBe('sign-in-over');
  expect((await person.opens('/desk/me')).path).toMatch(/^\/desk\/login/);
});

it('leaves no factor from before behind a new link', async () => {
  const miura = await isInvited(running, { loginId: 'miura', name: '三浦' });
  await running.pool.query(
    `insert into passkeys (operator_id, credential_id, public_key, counter, transports, name)
     select id, 'of-another', 'key', 0, '[]', '前の端末' from operators where login_id_key = 'miura'`,
  );
  await setsUp(running, running.visitor(), miura);
  const left = await running.pool.query(`select from passkeys where credential_id = 'of-another'`);
  expect(left.rowCount).toBe(0);
});

it('sets nothing up behind a link that was replaced in the same moment', async () => {
  const ohno = await isInvited(running, { loginId: 'ohno', name: '大野' });
  const newcomer = running.visitor();
  await newcomer.opens(await setUpLink(running, ohno.email));
  newcomer.fills('パスワード', 'momiji-7342-kawa');
  newcomer.fills('パスワード確認', 'momiji-7342-kawa');
  await newcomer.presses('次へ進む');
  const app = new AuthenticatorApp(running, newcomer.page.content('#totp-key').text);
  newcomer.fills('確認コード', await app.code());
  const holder = await isHeld(ohno);
  await holder.query('update mailed_links set replaced_at = genkan_now() where subject = $1', [
    await idOf(ohno),
  ]);
  const done = newcomer.presses('確認して設定する');
  await areWaiting(1);
  await goesOn(holder);
  expect((await done).status).toBe(410);
  expect(await lastReason('desk-set-up')).toBe('link-replaced');
});

it('closes the company of the page, whatever its number became in the same moment', async () => {
  const given = { corporateNumber: '1234567', name: '株式会社さくら' };
  const { id } = await running.people.corporationExists(given);
  const holder = await running.pool.connect();
  await holder.query('begin');
  await holder.query(`update corporations set corporate_number = '7654321' where id = $1`, [id]);
  const fields = { why: '解約のため' };
  const done = person.sends('POST', `/desk/corporations/${id}/acts/close`, { fields });
  await areWaiting(1);
  await goesOn(holder);
  expect((await done).status).toBe(303);
  const { rows } = await running.pool.query('select id from corporations where state = $1', [
    'closed',
  ]);
  expect(rows).toEqual([{ id }]);
});
