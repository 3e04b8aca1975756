import { startApp, type RunningApp } from '../support/app.js';
import { invitationTo, invited, invites, office } from '../support/invitation.js';

const WARNING = 'このアドレスでは、鈴木 一郎 様がすでに登録されています。';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** A company with 鈴木, whose mailbox the administrator types. */
async function officeWithSuzuki(email: string) {
  const { corporation, person } = await office(running);
  const loginId = email.split('@')[0]!;
  const { people } = running;
  await people.staffExists({ corporation, loginId, name: '鈴木 一郎', email });
  const other = { loginId: `tanaka-${loginId}`, email: `tanaka-${email}` };
  await people.staffExists({ corporation, name: '田中 健', ...other });
  return person;
}

const SUZUKI_AGAIN = { name: '髙橋 𠮷彦', nameKana: 'タカハシ ヨシヒコ' };

describe('an invitation to a mailbox that somebody of the company has', () => {
  it('is sent after the administrator was asked', async () => {
    const email = 'soumu-1@sakura.example';
    const person = await officeWithSuzuki(email);
    await invites(person, invited(email.toUpperCase(), SUZUKI_AGAIN));
    expect(person.page.status).toBe(422);
    expect(person.page.errorsAt('メールアドレス')).toEqual([WARNING]);
    expect(person.page.field('氏名').getAttribute('value')).toBe('髙橋 𠮷彦');
    await running.mailbox.nothingFor(email);

    await person.presses('招待のメールを送る');
    expect(person.page.errors).toEqual([WARNING]);
    await person.presses('それでも招待する');
    expect(person.page.h1).toBe('招待のメールをお送りしました');
    expect(await invitationTo(running, 'SOUMU-1@sakura.example')).toMatch(/\/invitation\//);
  });

  it('asks again about a mailbox of somebody else', async () => {
    const person = await officeWithSuzuki('soumu-2@sakura.example');
    await invites(person, invited('soumu-2@sakura.example', SUZUKI_AGAIN));
    person.fills('メールアドレス', 'tanaka-soumu-2@sakura.example');
    await person.presses('それでも招待する');
    expect(person.page.errors).toEqual([WARNING.replace('鈴木 一郎', '田中 健')]);
  });

  it('is nothing to ask about in another company', async () => {
    const email = 'soumu-3@sakura.example';
    await officeWithSuzuki(email);
    const { person } = await office(running);
    await invites(person, invited(email));
    expect(person.page.h1).toBe('招待のメールをお送りしました');
  });
});
