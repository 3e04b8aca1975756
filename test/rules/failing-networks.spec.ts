import { FailingNetworks } from '../../src/auth/sign-in/failing-networks.js';
import { strangeSource } from '../../src/limits/source.js';

const from = (site: string) => strangeSource('', { client: '192.0.2.1', site });
const OFFICE = from('192.0.2.0/24');

function failed(times: number, now = 0): FailingNetworks {
  const networks = new FailingNetworks();
  for (let time = 0; time < times; time += 1) networks.note(OFFICE, now);
  return networks;
}

it('is answered late after ten failures within a minute', () => {
  expect(failed(9).note(OFFICE, 59_999)).toBe(false);
  expect(failed(10).note(OFFICE, 59_999)).toBe(true);
});

it('begins anew a minute after the first failure', () => {
  expect(failed(10).note(OFFICE, 60_000)).toBe(false);
});

it('is nobody elsewhere', () => {
  expect(failed(100).note(from('198.51.100.0/24'), 0)).toBe(false);
});
