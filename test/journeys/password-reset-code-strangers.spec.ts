import { startApp, type RunningApp } from '../support/app.js';
import {
  asksForCode,
  CODE_PATH,
  codeTo,
  codeWorks,
  isIn,
  wrongCode,
  type Coded,
} from '../support/mailed-code.js';
import type { Corporation } from '../support/people.js';
import { asks, entersCode, withoutIds } from '../support/recovery.js';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  const name = '株式会社さくら';
  sakura = await running.people.corporationExists({ corporateNumber: '1234567', name });
});
afterAll(() => running.stop());

/** Strangers know the address and, at worst, the tab; one is in the same network. */
async function attacked() {
  const coded = await asksForCode(running, sakura);
  const strangers = [running.visitor(), running.visitor({ address: coded.address })];
  return { coded, strangers };
}

async function typesItsCode({ person, code }: Coded): Promise<boolean> {
  await entersCode(person, code);
  return isIn(person);
}

describe('the code in the browser that asked for it works', () => {
  it('whatever strangers type', async () => {
    const { coded, strangers } = await attacked();
    const { email } = coded.member;
    const tries = [{ email }, { flow: coded.flow }, { flow: coded.flow, email }];
    for (const stranger of strangers)
      for (const known of tries)
        for (let times = 0; times < 5; times += 1) {
          const fields = { ...known, code: wrongCode(coded) } as Record<string, string>;
          const { status, headers } = await stranger.sends('POST', CODE_PATH, { fields });
          expect([status, headers.location]).toEqual([303, '/password-reset']);
        }
    await running.clock.advance('16 minutes');
    expect(await typesItsCode(coded)).toBe(true);
  });

  it('though strangers ask for mails to the same address, and fail at their codes', async () => {
    const { coded, strangers } = await attacked();
    for (const stranger of strangers) {
      await asks(stranger, coded.member.email);
      await codeTo(running, coded.member.email);
      for (let times = 0; times < 6; times += 1)
        expect(await codeWorks(stranger, coded.code)).toBe(false);
    }
    expect(await typesItsCode(coded)).toBe(true);
  });
});

it('strangers learn nothing from the right code', async () => {
  const { coded } = await attacked();
  const { flow, code } = coded;
  const expected = await heard({ flow: crypto.randomUUID(), code: wrongCode(coded) });
  expect(await heard({ email: coded.member.email, code })).toEqual(expected);
  expect(await heard({ flow, code })).toEqual(expected);
});

async function heard(fields: Record<string, string>): Promise<unknown[]> {
  const { status, headers, text } = await running.visitor().sends('POST', CODE_PATH, { fields });
  const cookies = String(headers['set-cookie']).replace(/Expires=[^;]+/, '');
  return [status, headers.location, cookies, withoutIds(text)];
}
