import { startApp, type RunningApp } from '../support/app.js';
import { startDemo } from '../support/demo.js';
import { signsIn } from '../support/registration.js';
import { routesOf } from '../support/route-walk.js';

let routesOfDemo: string[];
let running: RunningApp;
beforeAll(async () => {
  const demo = await startDemo();
  routesOfDemo = routesOf(demo);
  await demo.stop();
  running = await startApp();
});
afterAll(() => running.stop());

it('outside of the demo none of its routes exists', async () => {
  const routes = routesOfDemo.filter((route) => !routesOf(running).includes(route));
  expect(routes.length).toBeGreaterThan(10);
  expect(routes.filter((route) => !/^(?:GET|POST) \/dev(?:\/|$)/.test(route))).toEqual([]);
  const stranger = running.visitor();
  const statuses = routes.map(async (route) => {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(':number', '1000001').replace(/:\w+/g, 'ja');
    return (await stranger.sends(method, path, method === 'POST' ? { fields: {} } : {})).status;
  });
  expect(new Set(await Promise.all(statuses))).toEqual(new Set([404]));
});

it('outside of the demo no cookie moves anybody elsewhere, and no page speaks of it', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  const sato = { corporation, loginId: 'sato', name: '佐藤 花子' };
  const person = running.visitor({ address: '192.0.2.7' });
  person.jar.cookies.set('elsewhere', { value: '1', attributes: '' });
  expect((await person.opens('/login')).html).not.toContain('/dev');
  await signsIn(person, await running.people.administratorExists(sato));
  const { rows } = await running.pool.query('select host(address) as address from sessions');
  expect(rows).toEqual([{ address: '192.0.2.7' }]);
});
