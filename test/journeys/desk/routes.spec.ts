import { startApp, type RunningApp } from '../../support/app.js';
import { Visitor } from '../../support/browser.js';
import { deskPersonExists, signsInAtDesk } from '../../support/desk.js';
import { asks, companyOf, PARTIAL, told, type Company } from '../../support/route-walk.js';
import { isOfDesk, type Route } from '../../support/route.js';
import { routes } from '../../support/routes.js';

/** What may be seen without signing in at the desk; nothing joins this list by accident. */
const ENTRANCES = [
  'GET /desk/login',
  'POST /desk/login',
  'POST /desk/logout',
  'POST /desk/language',
  'GET /desk/login/second-factor',
  'POST /desk/login/second-factor',
  'GET /desk/session',
  'POST /desk/session',
  'GET /desk/set-up',
  'POST /desk/set-up',
  'GET /desk/set-up/second-factor',
  'POST /desk/set-up/second-factor',
  'GET /desk/set-up/recovery-codes',
  'POST /desk/set-up/recovery-codes',
  'GET /desk/set-up/:token',
  'GET /desk/*path',
  'POST /desk/*path',
];
const all = (id: string) => ({ operator: id, corporation: id, account: id, deskCase: id });
const NOTHING = all('00000000-0000-4000-8000-00000000000a');

let running: RunningApp;
let company: Company;
let clerk: Visitor;
let lead: Visitor;
beforeAll(async () => {
  running = await startApp({ deskNetworks: ['10.0.0.0/8'] });
  const tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  const nakai = await deskPersonExists(running, { loginId: 'nakai', name: '中井' });
  company = await companyOf(running);
  [lead, clerk] = [running.visitor(), running.visitor()];
  await signsInAtDesk(lead, tamura);
  await signsInAtDesk(clerk, nakai);
});
afterAll(() => running.stop());

const ofDesk = Object.entries(routes).filter(([, route]) => isOfDesk(route));
const names = ([name]: [string, Route]) => name;

it("below /desk there are none but the desk's, and none of them elsewhere", () => {
  const below = Object.keys(routes).filter((name) => /^\w+ \/desk(?:\/|$)/.test(name));
  expect(ofDesk.map(names).sort()).toEqual(below.sort());
});

it('has a closed list of entrances', () => {
  const open = ofDesk.filter(([, { access }]) => access === 'desk-entrance');
  expect(open.map(names).sort()).toEqual(ENTRANCES.toSorted());
});

describe.each(ofDesk)('%s', (name, route) => {
  const isClosed = route.access !== 'desk-entrance';

  it('asks strangers and customers to sign in at the desk, unless it is an entrance', async () => {
    for (const who of [running.visitor(), company.staff, company.administrator]) {
      const answer = await asks(who, name, route, NOTHING);
      const partial = await asks(who, name, route, NOTHING, PARTIAL);
      const isLedAway = answer.headers.location?.startsWith('/desk/login?next=') ?? false;
      if (isClosed) expect([isLedAway, partial.status]).toEqual([true, 401]);
      expect(answer.status).toBeLessThan(500);
      expect(answer.text).not.toContain('田村');
    }
  });

  it('is as if it were not there for other networks, whoever asks', async () => {
    const method = name.split(' ')[0]!;
    const absent = `${method} /*path`;
    for (const who of [running.visitor(), company.administrator, clerk]) {
      const elsewhere = new Visitor(running.url, { address: '192.0.2.77' }, who.jar);
      // A notice that waits for the next page is shown now.
      await elsewhere.opens('/help');
      for (const headers of [{}, PARTIAL]) {
        const answer = await asks(elsewhere, name, route, NOTHING, headers);
        const nothing = await asks(elsewhere, absent, routes[absent]!, NOTHING, headers);
        expect(answer.status).toBe(404);
        expect(Object.keys(answer.headers).sort()).toEqual(Object.keys(nothing.headers).sort());
        expect(withoutPaths(told(answer))).toBe(withoutPaths(told(nothing)));
      }
    }
  });

  it('is closed to clerks where it is for leads', async () => {
    if (name === 'POST /desk/logout') return;
    const { status, text } = await asks(clerk, name, route, NOTHING);
    expect([status === 403, text.includes('責任者のページです')]).toEqual(
      Array.from({ length: 2 }, () => route.access === 'leads'),
    );
    expect(status).toBeLessThan(500);
  });

  it('refuses posts that another site caused', async () => {
    if (!name.startsWith('POST ')) return;
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const { status } = await asks(lead, name, route, NOTHING, foreign);
    expect(status).toBe(403);
  });

  it('fails for nobody, whatever stands where an id should', async () => {
    if (name === 'POST /desk/logout') return;
    for (const id of ['x', "'", '\0', '神', 'A'.repeat(300)]) {
      const { status } = await asks(lead, name, route, all(id));
      expect([id, status < 500]).toEqual([id, true]);
    }
  });
});

/** Where the page would lead back to is the path that was asked for. */
function withoutPaths(text: string): string {
  return text.replace(/(?:from=|next=|value="|href="\/(?=desk|\*path))[^"]*/g, 'PATH');
}

it('refuses a path that cannot be decoded elsewhere as it does any other', async () => {
  const stranger = running.visitor({ address: '198.51.100.9' });
  const statuses = [];
  for (const path of ['/desk/%E0%A4%A', '/nobody/%E0%A4%A'])
    statuses.push((await stranger.sends('GET', path)).status);
  expect(statuses).toEqual([400, 400]);
});

it('a clerk at a page of leads stands in the log of the desk, by name', async () => {
  await clerk.sends('GET', '/desk/operators/new');
  const { rows } = await running.pool.query(
    `select reason, host(address) as address, facts->>'path' as path, facts->>'operator' as name
     from audit_entries where act = 'page-access' order by id desc limit 1`,
  );
  const address = expect.stringMatching(/^10\./);
  expect(rows).toEqual([
    { reason: 'not-lead', address, path: '/desk/operators/new', name: '中井' },
  ]);
});
