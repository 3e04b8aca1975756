import { randomUUID } from 'node:crypto';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { companyExists, signedIn } from '../support/members.js';
import { applicant, entersDetails, entersNumbers, registers } from '../support/registration.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const company = () => {
  companies += 1;
  return running.people.corporationExists({
    corporateNumber: `90${companies}`,
    name: '株式会社さくら',
  });
};

describe('a form that is sent twice', () => {
  it('does the thing once, and both answers lead to the same page', async () => {
    const person = running.visitor();
    const entered = applicant('sato.twice');
    await entersNumbers(person, await company());
    await entersDetails(person, entered);
    const other = person.tab();
    await other.opens(person.page.path);
    const fields = hiddenFields(person.page.root.querySelector('main form')!.outerHTML);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => person.sends('POST', '/initiate/confirmation', { fields })),
    );
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    await running.mailbox.mailTo(entered.email);
    await running.mailbox.nothingFor(entered.email);
  });

  it('shows its notice behind each answer, because the browser follows the last one', async () => {
    const [person, entered] = [running.visitor(), applicant('sato.notice')];
    await registers(person, await company(), entered);
    await person.opens(running.mailbox.linkIn(await running.mailbox.mailTo(entered.email)));
    const fields = hiddenFields(person.page.root.querySelector('main form')!.outerHTML);
    const send = () => person.sends('POST', '/activation', { fields });
    for (const { headers } of await Promise.all([send(), send()])) {
      expect(headers.location).toBe('/login');
      expect(String(headers['set-cookie'])).toMatch(/notice=[\w-]{12}\.[\w-]+;/);
    }
    // The browser has it by now.
    const late = await send();
    expect([late.headers.location, late.headers['set-cookie']]).toEqual(['/login', undefined]);
    await person.opens('/login');
    expect(person.page.notice).toContain('佐藤 花子 様の登録が完了しました');
  });

  it('is done for its owner, whoever else sent it first', async () => {
    const { sato, suzuki } = await companyExists(running);
    const [person, elsewhere, colleague] = await Promise.all(
      [sato, sato, suzuki].map((member) => signedIn(running, member)),
    );
    const fields = { formId: randomUUID(), act: 'end-others' };
    const send = (visitor: Visitor) => visitor.sends('POST', '/me/sessions', { fields });
    for (const visitor of [colleague!, person!])
      expect((await send(visitor)).headers.location).toMatch(/^\/me/);
    await elsewhere!.opens('/me');
    expect(elsewhere!.page.path).toMatch(/^\/login/);
  });

  it('may be sent again with other entries, as from a page that Back brought up', async () => {
    const person = running.visitor();
    await entersNumbers(person, await company());
    const details = person.page;
    const form = details.root.querySelector('main form')!.outerHTML;
    const entered = { ...applicant('sato.again'), passwordConfirmation: 'kaede-1192-tsuki' };
    const send = (email: string) =>
      person.sends('POST', '/initiate/details', {
        fields: { ...entered, email, ...hiddenFields(form) },
      });
    await send('sato@exmaple.jp');
    const { headers } = await send('sato@example.jp');
    await person.opens(headers.location!);
    expect(person.page.facts).toMatchObject({ メールアドレス: 'sato@example.jp' });
  });

  it('may be corrected and sent again after a refusal', async () => {
    const person = running.visitor();
    await entersNumbers(person, await company());
    const form = hiddenFields(person.page.root.querySelector('main form')!.outerHTML);
    const first = await person.sends('POST', '/initiate/details', { fields: form });
    expect(first.status).toBe(422);
    const entered = { ...applicant('sato.ok'), passwordConfirmation: 'kaede-1192-tsuki', ...form };
    const second = await person.sends('POST', '/initiate/details', { fields: entered });
    expect(second.status).toBe(303);
  });
});

function hiddenFields(form: string): Record<string, string> {
  const inputs = form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g);
  return Object.fromEntries([...inputs].map(([, name, value]) => [name!, value!]));
}
