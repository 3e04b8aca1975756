import { strangeSource } from '../../src/limits/source.js';
import { Passwords } from '../../src/auth/passwords/passwords.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Answer } from '../support/http.js';
import { judgeProcess } from '../support/judge-process.js';
import type { Corporation } from '../support/people.js';
import { applicant, entersNumbers, type Applicant } from '../support/registration.js';

const PASSWORD = 'sakura-2026-mochi';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  // One hash takes long enough for a crowd to gather behind it.
  running = await startApp({ argon2MemoryKiB: 65_536, argon2Passes: 2 });
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  for (const loginId of ['sato', 'suzuki'])
    await running.people.administratorExists({ corporation: sakura, loginId, name: '佐藤 花子' });
});
afterAll(() => running.stop());

const enters = (loginId: string, password: string, person: Visitor = running.visitor()) =>
  person.sends('POST', '/login', { fields: { loginId, password } });

/** A hundred at once from one address, each with a login ID that nobody has. */
function crowd(address: string): Promise<Answer[]> {
  return Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      enters(`nobody-${index}`, 'wrong-1234', running.visitor({ address })),
    ),
  );
}

describe('a crowd behind one address', () => {
  it('is compared while it need not wait too long, and never kept away', async () => {
    const own = running.visitor();
    expect((await enters('suzuki', PASSWORD, own)).status).toBe(303);
    const gathered = crowd('203.0.110.1');
    const [known, stranger] = await Promise.all([
      enters('suzuki', PASSWORD, own),
      enters('sato', PASSWORD),
    ]);
    expect([known.status, stranger.status]).toEqual([303, 303]);
    const answers = await gathered;
    const refused = answers.filter(({ status }) => status !== 422);
    // Whether there are any depends on how busy the machine is.
    for (const { status, headers } of refused)
      expect([status, headers['retry-after']]).toEqual([503, '5']);
  });

  it('does not keep out a known browser behind the same address', async () => {
    const address = '203.0.111.2';
    const own = running.visitor({ address });
    expect((await enters('suzuki', PASSWORD, own)).status).toBe(303);
    const gathered = crowd(address);
    expect((await enters('suzuki', PASSWORD, own)).status).toBe(303);
    await gathered;
  });
});

describe('a room that one address filled', () => {
  it('refuses it before anything else, and nobody elsewhere', async () => {
    const [address, site] = ['203.0.112.3', '203.0.112.0/24'];
    const passwords = running.app.get(Passwords);
    const end = Promise.withResolvers<undefined>();
    const source = strangeSource('', { site, client: address });
    const over = Promise.allSettled(
      Array.from({ length: 600 }, () => passwords.inTurn(source, () => end.promise)),
    );
    const refused = await enters('sato', PASSWORD, running.visitor({ address }));
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
    expect(refused.text).toContain('ただいま混み合っています');
    expect(refused.text).not.toContain('gk-blank');
    const alert = await running.visitor({ address }).sends('POST', '/login', {
      fields: { loginId: 'sato', password: PASSWORD },
      headers: { 'hx-request': 'true', 'hx-request-type': 'partial' },
    });
    expect([alert.status, alert.headers['hx-retarget']]).toEqual([503, '#main']);
    expect(alert.text).toMatch(/^<div class="gk-summary".*ただいま混み合っています/su);
    const elsewhere = enters('sato', PASSWORD);
    end.resolve(undefined);
    expect((await elsewhere).status).toBe(303);
    await over;
    expect((await enters('sato', PASSWORD, running.visitor({ address }))).status).toBe(303);
  });
});

describe('a browser that claims to be known', () => {
  it('is believed for the login ID that it signed in with, and once after it was forgotten', async () => {
    const own = running.visitor();
    expect((await enters('suzuki', PASSWORD, own)).status).toBe(303);
    await own.sends('POST', '/logout', { fields: {} });
    const { believed, end } = believedBy(running.app.get(Passwords));
    expect((await enters('sato', 'wrong-1234', own)).status).toBe(422);
    expect((await enters('suzuki', 'wrong-1234', own)).status).toBe(422);
    await running.pool.query('delete from devices');
    expect((await enters('suzuki', 'wrong-1234', own)).status).toBe(422);
    expect((await enters('suzuki', PASSWORD, own)).status).toBe(303);
    expect(believed).toEqual([false, true, true, false]);
    end();
  });

  it('is not believed with a cookie of its own making', async () => {
    const own = running.visitor();
    expect((await enters('suzuki', PASSWORD, own)).status).toBe(303);
    const [id, secret] = own.jar.cookies.get('device')!.value.split('.');
    const { believed, end } = believedBy(running.app.get(Passwords));
    for (const claim of ['', `.${'A'.repeat(22)}`])
      await running.visitor().sends('POST', '/login', {
        fields: { loginId: 'suzuki', password: PASSWORD },
        headers: { cookie: `device=${id}.${secret}${claim}` },
      });
    expect(believed).toEqual([false, false]);
    end();
  });
});

describe('the order of networks', () => {
  it('hears of a wrong password of a stranger, and of a right one, and of nothing else', async () => {
    const address = '203.0.116.1';
    const { notes, end } = notesOf(running.app.get(Passwords));
    const own = running.visitor({ address });
    await enters('suzuki', 'wrong-1234', own);
    expect((await enters('suzuki', PASSWORD, own)).status).toBe(303);
    await own.sends('POST', '/logout', { fields: {} });
    await enters('suzuki', 'wrong-1234', own);
    for (let time = 0; time < 7; time += 1)
      await enters('unknown', 'wrong-1234', running.visitor({ address }));
    const account = await accountIdOf('suzuki');
    const company = expect.any(String) as string;
    const wrong = [expect.objectContaining({ network: '203.0.116.0/24', client: address })];
    expect(notes).toEqual([
      wrong,
      [...wrong, { account, company }],
      ...Array.from({ length: 6 }, () => wrong),
    ]);
    end();
  });
});

describe('judging new passwords', () => {
  it('has a line of its own, where one client holds four places', async () => {
    const { person, entered } = await atDetails();
    const flow = person.page.url.searchParams.get('flow')!;
    const judged = (index: number) => {
      const password = `${index}4@a4@a4@a4@a4@a4@a4@a4@a4@a4@`;
      const fields = { ...entered, password, passwordConfirmation: password, flow };
      return person.sends('POST', '/initiate/details', { fields });
    };
    await judged(12);
    const judge = await judgeProcess();
    process.kill(judge, 'SIGSTOP');
    const posts = Array.from({ length: 12 }, (_, index) => judged(index));
    expect((await Promise.race(posts)).status).toBe(503);
    expect((await enters('sato', PASSWORD)).status).toBe(303);
    process.kill(judge, 'SIGCONT');
    const refused = (await Promise.all(posts)).filter(({ status }) => status === 503);
    expect(refused.length).toBeLessThanOrEqual(8);
  });
});

/** Whether each that asks for a turn is believed to be known. */
function believedBy(passwords: Passwords) {
  const believed: boolean[] = [];
  const { inTurn } = passwords;
  passwords.inTurn = (source, act) => {
    believed.push(source.isKnown);
    return inTurn.call(passwords, source, act) as ReturnType<typeof act>;
  };
  return { believed, end: () => (passwords.inTurn = inTurn) };
}

function notesOf(passwords: Passwords) {
  const notes: unknown[][] = [];
  const { note } = passwords;
  passwords.note = (...given) => {
    notes.push(given);
    note.apply(passwords, given);
  };
  return { notes, end: () => (passwords.note = note) };
}

async function accountIdOf(loginId: string): Promise<string> {
  const { rows } = await running.pool.query<{ id: string }>(
    'select id from accounts where login_id_key = $1',
    [loginId],
  );
  return rows[0]!.id;
}

async function atDetails(): Promise<{ person: Visitor; entered: Applicant }> {
  const keyaki = { corporateNumber: '7654321', name: 'けやき株式会社' };
  const person = running.visitor();
  await entersNumbers(person, await running.people.corporationExists(keyaki));
  return { person, entered: applicant('tanaka') };
}
