import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { holdsAccount } from '../support/held-company.js';
import { asksForEmail, signedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import {
  asked,
  AuthenticatorApp,
  gives,
  sakuraExists,
  setsUpFactor,
  somebodyWithFactor,
} from '../support/second-factor.js';

let running: RunningApp;
let sakura: Member['corporation'];
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
});
afterAll(() => running.stop());

/** Ready to be sent by its owner. */
interface OwnAct {
  member: Member;
  person: Visitor;
  path: string;
  fields: Record<string, string>;
}

let people = 0;
async function suzuki(): Promise<{ member: Member; person: Visitor }> {
  people += 1;
  const given = { corporation: sakura, loginId: `suzuki-${people}`, name: '鈴木 次郎' };
  const member = await running.people.staffExists(given);
  return { member, person: await signedIn(running, member) };
}

async function withFactor() {
  const { member, person } = await suzuki();
  const { app } = await setsUpFactor(running, person);
  return { member, person, app };
}

/** As behind the question before a change of factors. */
async function hasGivenFactor({ id }: Member, act: string): Promise<void> {
  const given = 'update sessions set factor_given_for = $2 where account_id = $1';
  await running.pool.query(given, [id, act]);
}

const simple = (path: string, fields: Record<string, string>) => async (): Promise<OwnAct> => ({
  ...(await suzuki()),
  path,
  fields,
});

const withPasskey = (act: 'rename' | 'remove') => async (): Promise<OwnAct> => {
  const { member, person } = await withFactor();
  const { rows } = await running.pool.query<{ id: string }>(
    `insert into passkeys (account_id, credential_id, public_key, counter, transports, name)
     values ($1::uuid, $1, '\\x00', 0, '{}', '鍵') returning id`,
    [member.id],
  );
  const { id } = rows[0]!;
  const path = '/me/second-factor/passkeys';
  await hasGivenFactor(member, 'passkey-removal');
  if (act === 'remove') return { member, person, path: `${path}/${id}/removal`, fields: {} };
  const fields = { act, passkeyId: id, [`name-${id}`]: '会社の鍵' };
  return { member, person, path, fields };
};

const ofOpenEmailChange = (act: string) => async (): Promise<OwnAct> => {
  const { member, person } = await suzuki();
  await asksForEmail(person, `jiro-${people}@new.example`);
  return { member, person, path: '/me/email', fields: { act } };
};

const ACTS: Record<string, () => Promise<OwnAct>> = {
  'another profile': simple('/me/profile', {
    name: '鈴木 三郎',
    nameKana: 'スズキ サブロウ',
    department: '',
    phone: '03-1234-5678',
  }),
  'another language': simple('/me/language', { language: 'en' }),
  'another mail address': simple('/me/email', { email: 'jiro@elsewhere.example' }),
  'the mail to the new address once more': ofOpenEmailChange('send-again'),
  'the end of a change of the mail address': ofOpenEmailChange('cancel'),
  'another password': async () => {
    const { member, person } = await suzuki();
    const password = 'yama-no-ue-2031';
    const fields = {
      currentPassword: member.password,
      password,
      passwordConfirmation: password,
    };
    return { member, person, path: '/me/password', fields };
  },
  'the end of other sessions': simple('/me/sessions', { act: 'end-others' }),
  'the end of one session': async () => {
    const { member, person } = await suzuki();
    const other = await signedIn(running, member);
    const sessionId = other.jar.cookies.get('session')!.value.split('.')[0]!;
    return { member, person, path: '/me/sessions', fields: { sessionId } };
  },
  'the end of trust in a browser': async () => {
    const { member, app } = await somebodyWithFactor(running, sakura);
    const person = await asked(running, member);
    person.checks('今お使いの端末では、30日間、確認コードの入力を省略する');
    await gives(person, await app.code());
    const deviceId = person.jar.cookies.get('device')!.value.split('.')[0]!;
    return { member, person, path: '/me/sessions', fields: { act: 'end-trust', deviceId } };
  },
  'an authenticator app': async () => {
    const { member, person } = await suzuki();
    await person.opens('/me/second-factor/totp');
    const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
    const fields = { newFactorCode: await app.code() };
    return { member, person, path: '/me/second-factor/totp', fields };
  },
  'a try of the app': async () => {
    const { member, person, app } = await withFactor();
    const fields = { testedFactorCode: await app.nextCode() };
    return { member, person, path: '/me/second-factor', fields };
  },
  'the removal of the second factor': async () => {
    const { member, person } = await withFactor();
    await hasGivenFactor(member, 'removal');
    return { member, person, path: '/me/second-factor/removal', fields: {} };
  },
  'new recovery codes': async () => {
    const { member, person } = await withFactor();
    await hasGivenFactor(member, 'recovery-codes');
    const path = '/me/second-factor/recovery-codes/renewal';
    await person.opens(path);
    const sheet = person.page.content('[name=sheet]').getAttribute('value')!;
    return { member, person, path, fields: { sheet } };
  },
  'another name of a passkey': withPasskey('rename'),
  'the removal of a passkey': withPasskey('remove'),
};

const ENDS = {
  'the session': 'delete from sessions where id = $1',
  'the account': `update accounts set state = 'suspended'
                  where id = (select account_id from sessions where id = $1)`,
};

/** What an act would add to the log, and the sessions that it would end. */
async function tracesOf({ id }: Member, own: string) {
  const { rows } = await running.pool.query<object>(
    `select (select count(*)::int from audit_entries
             where account_id = $1 and reason = 'done') as entries,
            (select count(*)::int from sessions where account_id = $1 and id <> $2) as others`,
    [id, own],
  );
  return rows[0]!;
}

describe.each(Object.entries(ACTS))('%s', (_, begin) => {
  it.each(Object.entries(ENDS))('is not done when %s ended before its turn', async (_end, end) => {
    const { member, person, path, fields } = await begin();
    await signedIn(running, member);
    const own = person.jar.cookies.get('session')!.value.split('.')[0]!;
    const before = await tracesOf(member, own);
    const held = await holdsAccount(running, member);
    const sent = person.sends('POST', path, { fields });
    // A refusal does not wait.
    await Promise.race([held.isWaitedFor(1), sent]);
    await held.holder.query(end, [own]);
    await held.letsGo();
    const answer = await sent;
    expect([answer.status, answer.headers.location]).toEqual([303, '/login?next=%2F']);
    expect(await tracesOf(member, own)).toEqual(before);
  });
});
