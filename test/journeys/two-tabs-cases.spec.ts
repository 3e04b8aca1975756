import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { applicant, entersDetails, registers, signsIn } from '../support/registration.js';
import {
  applies,
  entersNumbers,
  leftBehind,
  objectionLink,
  takesOver,
} from '../support/succession.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp({ enrollmentHold: 3_600_000 });
});
afterAll(() => running.stop());

/** What one link, or one sign-in, is about. */
interface Story {
  opens: (person: Visitor) => Promise<unknown>;
  presses: string;
  hasHappened: () => Promise<boolean>;
}

async function valueOf(text: string, values: unknown[]): Promise<unknown> {
  const { rows } = await running.pool.query<{ value: unknown }>(text, values);
  return rows[0]?.value;
}

const stateOf = (loginId: string) =>
  valueOf('select state as value from accounts where login_id_key = $1', [loginId]);

const stories: Record<string, () => Promise<Story>> = {
  'an activation': async () => {
    companies += 1;
    const corporation = await running.people.corporationExists({
      corporateNumber: `66${companies}`,
      name: `けやき第${companies}株式会社`,
    });
    const entered = applicant(`tabs-${companies}`);
    await registers(running.visitor(), corporation, entered);
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(entered.email));
    return {
      opens: (person) => person.opens(link),
      presses: '登録を完了する',
      hasHappened: async () => (await stateOf(entered.loginId)) === 'active',
    };
  },

  'an objection': async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const link = await objectionLink(running, left.sato);
    return {
      opens: (person) => person.opens(link),
      presses: '異議を申し立てる',
      hasHappened: async () => (await stateOf(left.suzuki.loginId)) === 'suspended',
    };
  },

  'the own case': async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    return {
      opens: (person) => signsIn(person, left.suzuki),
      presses: 'お申し込みを取り消す',
      hasHappened: async () => (await stateOf(left.suzuki.loginId)) === undefined,
    };
  },

  'an unfinished registration': async () => {
    const left = await leftBehind(running);
    await applies(running.visitor(), left.corporation, left.suzuki);
    await running.mailbox.mailTo(left.suzuki.email);
    await running.clock.advance('4 minutes');
    return {
      opens: (person) => signsIn(person, left.suzuki),
      presses: 'メールを再送する',
      hasHappened: async () => {
        await running.mailbox.everythingIsSent();
        return running.mailbox.unread(left.suzuki.email).length > 0;
      },
    };
  },
};

describe.each(Object.keys(stories))('%s in two tabs', (kind) => {
  it('acts for what its page showed, or not at all', async () => {
    const [first, second] = [await stories[kind]!(), await stories[kind]!()];
    const one = running.visitor();
    await first.opens(one);
    const other = one.tab();
    await second.opens(other);

    await one.presses(first.presses);
    expect([await first.hasHappened(), await second.hasHappened()]).toEqual([false, false]);
    expect(one.page.status).toBe(409);
    expect(one.page.notice).toContain('操作はまだ行っていません。');
    // What the first tab shows now is what the second one opened.
    await one.presses(second.presses);
    expect([await first.hasHappened(), await second.hasHappened()]).toEqual([false, true]);
  });
});

it('a run of the wizard is acted on by its own pages only', async () => {
  const [one, two] = [await leftBehind(running), await leftBehind(running)];
  const first = running.visitor();
  await entersNumbers(first, one.corporation);
  await entersDetails(first, one.suzuki);
  const second = first.tab();
  await entersNumbers(second, two.corporation);
  await entersDetails(second, two.suzuki);
  const unnamed = await first.sends('POST', '/admin-enrollment/confirmation', { fields: {} });
  expect(unnamed.headers.location).toBe('/admin-enrollment');
  await first.presses('登録');
  expect(first.page.text).toContain(one.suzuki.email);
  expect(await stateOf(two.suzuki.loginId)).toBeUndefined();
});

it('an approval that is pressed in two tabs is told the second time with who approved', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  const sato = running.visitor();
  await signsIn(sato, left.sato);
  await sato.opens('/admin-enrollment/cases');
  await sato.follows('鈴木 一郎');
  await sato.follows('承認へ進む');
  const tab = sato.tab();
  await tab.opens(sato.page.path);
  await sato.presses('承認する');
  await tab.presses('承認する');
  expect(tab.page.notice).toBe('鈴木 一郎 様の追加登録は、佐藤 花子 様がすでに承認しています。');
});
