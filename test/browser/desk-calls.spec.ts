import { deskPersonExists, type DeskPerson } from '../support/desk.js';
import { becomes, STATES } from '../support/door-stage.js';
import { listExists } from '../support/ip-lists.js';
import { companyExists, type Company } from '../support/members.js';
import type { Corporation, Member } from '../support/people.js';
import { registers, signsIn } from '../support/registration.js';
import { gives, hasFactor } from '../support/second-factor.js';
import { outsideOf } from './first-screens.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const stage = Stage.forThisFile();

let nakai: DeskPerson;
let way: Way;
beforeAll(async () => {
  nakai = await deskPersonExists(stage.genkan, { loginId: 'nakai', name: '中井' });
});

const pageOf = ({ id }: Pick<Member, 'id'>) => `/desk/accounts/${id}`;

async function registered(email: string): Promise<string> {
  const { genkan } = stage;
  const { corporation, entered } = await stage.newcomer();
  const { corporateNumber } = corporation;
  const loginId = `registered-${corporateNumber}`;
  await registers(genkan.visitor(), corporation, { ...entered, email, loginId });
  await genkan.mailbox.everythingIsSent();
  return pageOf(await newcomerOf(corporation));
}

async function newcomerOf({ id }: Corporation): Promise<Member> {
  const { rows } = await stage.genkan.pool.query<Member>(
    'select id from accounts where corporation_id = $1',
    [id],
  );
  return rows[0]!;
}

async function restricted(): Promise<Company> {
  const company = await companyExists(stage.genkan);
  await listExists(stage.genkan, company.corporation, ['198.51.100.0/24']);
  return company;
}

/** Who calls, and what the first screen of their page has to show besides the sentence and the act. */
const CALLS: Record<string, [() => Promise<string>, string]> = {
  'wrong passwords': [
    async () => {
      const { suzuki } = await companyExists(stage.genkan);
      await becomes(stage.genkan, suzuki, { state: STATES.active, isWaiting: true });
      return pageOf(suzuki);
    },
    '待ち時間',
  ],
  'a registration that is not finished': [() => registered('sato@midori.example'), '登録の完了'],
  'an activation mail that came back': [
    () => {
      stage.genkan.mailbox.refuses('sato@aobaa.example', 550, '5.1.2 No such domain');
      return registered('sato@aobaa.example');
    },
    '登録の完了',
  ],
  'an account that the desk froze': [
    async () => {
      const { suzuki } = await companyExists(stage.genkan);
      await becomes(stage.genkan, suzuki, { state: STATES['frozen by the desk'] });
      return pageOf(suzuki);
    },
    'アカウントの状態',
  ],
  'a successor who is held': [
    async () => {
      const { suzuki } = await companyExists(stage.genkan);
      await becomes(stage.genkan, suzuki, { state: STATES.held });
      return pageOf(suzuki);
    },
    'アカウントの状態',
  ],
  'a list of addresses that is wrong': [
    async () => {
      const { sato } = await restricted();
      await signsIn(stage.genkan.visitor(), sato);
      return pageOf(sato);
    },
    'IPアドレス制限',
  ],
  'a list of addresses on trial': [
    async () => {
      const { corporation, sato } = await restricted();
      await stage.genkan.pool.query(
        `update ip_versions set confirmed_at = null, confirmed_by_name = null,
           trial_ends_at = genkan_now() + interval '10 minutes' where corporation_id = $1`,
        [corporation.id],
      );
      await signsIn(stage.genkan.visitor(), sato);
      return pageOf(sato);
    },
    'IPアドレス制限',
  ],
  'a factor that is lost': [
    async () => {
      const { sato } = await companyExists(stage.genkan);
      const { app } = await hasFactor(stage.genkan, sato);
      const caller = stage.genkan.visitor();
      await signsIn(caller, sato);
      await gives(caller, await app.wrongCode());
      return pageOf(sato);
    },
    '2段階認証',
  ],
  'a mailbox that is gone': [
    async () => {
      const { sato } = await companyExists(stage.genkan);
      await becomes(stage.genkan, sato, { state: STATES.active, hasBounced: true });
      return pageOf(sato);
    },
    'ログインを妨げるものはありません',
  ],
  'a suspension beside a list that is wrong': [
    async () => {
      const { sato } = await restricted();
      await signsIn(stage.genkan.visitor(), sato);
      await becomes(stage.genkan, sato, { state: STATES['frozen by the desk'] });
      return pageOf(sato);
    },
    'アカウントの状態',
  ],
  'a mailbox that is gone behind a list': [
    async () => {
      const { sato } = await restricted();
      await becomes(stage.genkan, sato, { state: STATES.active, hasBounced: true });
      return pageOf(sato);
    },
    'メールが届かず、IPアドレス制限もあります',
  ],
  'an address that nobody knows': [
    async () => pageOf((await restricted()).suzuki),
    '接続元のIPアドレスによって変わります',
  ],
};

beforeEach(async () => {
  way = await stage.newWay('ja');
  await way.opens('/desk/login');
  await way.submits({ loginId: nakai.loginId, password: nakai.password });
  await way.submits({ code: await nakai.app.nextCode() });
});

describe.each(Object.entries(CALLS))('%s', (_name, [call, verdict]) => {
  it('is answered on the first screen: why, what to say, what to do', async () => {
    const path = await call();
    // Long enough for a line of its own on a telephone.
    const named = "update corporations set name = '東日本さくら物流サービス株式会社'";
    await stage.genkan.pool.query(named);
    const { page } = way;
    await way.shows(path);
    expect(await page.textContent('.gk-diagnosis__verdict')).toContain(verdict);
    const parts = ['verdict', 'sentence', 'answer .gk-actions'];
    const outside = await outsideOf(
      page,
      parts.map((part) => `.gk-diagnosis__${part}`),
    );
    expect(outside).toEqual([]);
  });
});

it.each([
  ['a number that no company has', '5100999', 'main [name=q]'],
  ['the successor of somebody who left', '高田純 さくら', '.gk-diagnosis__sentence'],
])('%s is answered on the first screen', async (_who, typed, last) => {
  const { page } = way;
  await companyExists(stage.genkan);
  await way.shows(`/desk/search?q=${encodeURIComponent(typed)}`);
  expect(
    await outsideOf(page, ['.gk-diagnosis__verdict', '.gk-diagnosis__sentence', last]),
  ).toEqual([]);
});
