import { startApp, type RunningApp } from '../support/app.js';
import { Visitor } from '../support/browser.js';
import { freePort } from '../support/free-port.js';
import type { Member } from '../support/people.js';
import { proxyKinds, ReverseProxy, type ProxyOptions } from '../support/proxy.js';

const PROXY = '127.0.0.9';
const FARTHER_PROXY = '127.0.0.8';
const CLIENT = '127.0.0.21';

let running: RunningApp;
let proxy: ReverseProxy | undefined;
let sato: Member;
let port: number;
beforeAll(async () => {
  port = await freePort();
  running = await startApp({ publicUrl: `http://localhost:${port}`, trustProxy: [`${PROXY}/32`] });
  const corporation = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  sato = await running.people.administratorExists({
    corporation,
    loginId: 'sato',
    name: '佐藤 花子',
  });
});
afterEach(async () => {
  await proxy?.stop();
  proxy = undefined;
});
afterAll(() => running.stop());

const startProxy = async (options: Partial<ProxyOptions> = {}) => {
  const target = `http://127.0.0.1:${running.config.port}`;
  proxy = await ReverseProxy.start({ port, target, address: PROXY, ...options });
};

/** Signs in behind the proxy, and reads from the log where that came from. */
async function addressOf(forged?: string): Promise<string | number> {
  const person = new Visitor(running.url, { from: CLIENT, address: forged! });
  const { loginId, password } = sato;
  const answer = await person.sends('POST', '/login', { fields: { loginId, password } });
  if (answer.status !== 303) return answer.status;
  const { rows } = await running.pool.query<{ address: string }>(
    `select host(address) as address from audit_entries where act = 'sign-in' order by id desc limit 1`,
  );
  return rows[0]!.address;
}

describe.each(proxyKinds)('behind %s', (kind) => {
  it.each([
    undefined,
    '192.0.2.1',
    '192.0.2.1, 192.0.2.2',
    `192.0.2.1, ${PROXY}`,
    '::ffff:192.0.2.1',
    'nonsense',
    ' , ,',
  ])('the client is who connects, whatever it says itself: %j', async (forged) => {
    await startProxy({ kind });
    expect(await addressOf(forged)).toBe(CLIENT);
  });

  it('the proxy is the client while nobody says that it is one', async () => {
    await running.restart({ trustProxy: [] });
    await startProxy({ kind });
    expect(await addressOf('192.0.2.1')).toBe(PROXY);
    await running.restart({ trustProxy: [`${PROXY}/32`] });
  });

  it('of a chain, the first proxy that is not known is the client', async () => {
    const farther = await freePort();
    await startProxy({ kind, target: `http://127.0.0.1:${farther}` });
    const target = `http://127.0.0.1:${running.config.port}`;
    const second = await ReverseProxy.start({ port: farther, target, address: FARTHER_PROXY });
    await running.restart({ trustProxy: [`${FARTHER_PROXY}/32`] });
    expect(await addressOf('192.0.2.1')).toBe(PROXY);
    await running.restart({ trustProxy: [`${FARTHER_PROXY}/32`, `${PROXY}/32`] });
    expect(await addressOf('192.0.2.1')).toBe(CLIENT);
    await second.stop();
    await running.restart({ trustProxy: [`${PROXY}/32`] });
  });
});

it('a proxy may write IPv4 addresses as IPv6', async () => {
  await startProxy({ kind: 'own', writes: (client) => `::ffff:${client}` });
  expect(await addressOf()).toBe(CLIENT);
});

it.each(['unknown', '', '192.0.2.1:x', 'fe80::1%eth0', '192.0.2.01'])(
  'a known proxy that writes %j is refused',
  async (written) => {
    await startProxy({ kind: 'own', writes: () => written });
    expect(await addressOf()).toBe(400);
  },
);
