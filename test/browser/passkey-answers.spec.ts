import type { APIResponse } from 'playwright-core';
import { adds, allAreUnplugged, isAsked, QUESTION, seated, type Seat } from './passkey-seat.js';
import { Stage } from './stage.js';

const stage = Stage.forThisFile();
afterEach(allAreUnplugged);

/** What the form would have sent, which stays here. */
async function answered({ page, person }: Seat): Promise<string> {
  const caught = Promise.withResolvers<string>();
  await page.route(`**${QUESTION}*`, async (route) => {
    caught.resolve(route.request().postData() ?? '');
    await route.abort();
  });
  await person.presses('パスキーを使う');
  const form = new URLSearchParams(await caught.promise);
  await page.unroute(`**${QUESTION}*`, undefined);
  stage.chromium.faults.splice(0);
  return form.get('factorPasskey')!;
}

async function posts({ page }: Seat, passkey: string): Promise<APIResponse> {
  const headers = { 'Sec-Fetch-Site': 'same-origin' };
  const form = { factorPasskey: passkey, code: '', next: '/me' };
  return page.request.post(QUESTION, { form, headers, maxRedirects: 0 });
}

describe('the answer of a passkey', () => {
  it('is for one pending sign-in of one account, once', async () => {
    const [mine, yours] = [await seated(stage), await seated(stage)];
    await adds(mine, 'わたしの鍵');
    await adds(yours, 'あなたの鍵');
    await isAsked(mine);
    const former = await answered(mine);
    await isAsked(mine);
    // Of a pending sign-in that is over, and of somebody else.
    expect((await posts(mine, former)).status()).toBe(422);
    await isAsked(yours);
    expect((await posts(yours, former)).status()).toBe(422);
    const current = await answered(mine);
    for (const broken of ['{}', '[]', 'null', '"x"', '{', current.slice(0, -9), 'x'.repeat(3000)])
      expect([422, 429]).toContain((await posts(mine, broken)).status());
    await stage.genkan.clock.advance('1 minute');
    expect((await posts(mine, current)).status()).toBe(303);
    expect((await posts(mine, current)).headers().location).toMatch(/^\/login\/second-factor\?/);
    await stage.genkan.clock.reset();
  });
});
