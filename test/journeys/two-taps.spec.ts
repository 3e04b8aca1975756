import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { newLinkOf } from '../support/factor-recovery.js';
import { CHOSEN_PASSWORD, invitationTo, invited, invites, office } from '../support/invitation.js';
import { NEW_PASSWORD, newLink } from '../support/recovery.js';
import {
  applicant,
  entersDetails,
  entersNumbers,
  registers,
  signsIn,
} from '../support/registration.js';
import { hasFactor } from '../support/second-factor.js';
import { leftBehind, objectionLink, takesOver } from '../support/succession.js';
import {
  filled,
  isDoneBehind,
  numbersOf,
  twoTapsLeadWhereOneLeads,
  typedTwice,
  workplace,
  type Story,
} from '../support/two-taps.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp({ enrollmentHold: 3_600_000 });
});
afterAll(() => running.stop());

const newcomer = () => running.visitor({ cookies: 'none' });

const company = () => {
  companies += 1;
  const given = { corporateNumber: `96${companies}`, name: '株式会社もみじ' };
  return running.people.corporationExists(given);
};

async function inRecovery(): Promise<Visitor> {
  const { corporation, sato } = await workplace(running);
  return filled(newcomer(), await newLink(running, sato.email), numbersOf(corporation));
}

async function inRecoveryBehindNumbers(): Promise<Visitor> {
  const person = await inRecovery();
  await person.presses('確認');
  const fields = { 新パスワード: NEW_PASSWORD, パスワード確認: NEW_PASSWORD };
  return filled(person, person.page.path, fields);
}

/** Of somebody's own run or link. */
const ownSteps: Record<string, Story> = {
  'the last page of a registration': async () => {
    const person = newcomer();
    await entersNumbers(person, await company());
    await entersDetails(person, applicant(`last-page-${companies}`));
    return [person, '登録'];
  },
  'an activation': async () => {
    const entered = applicant(`activation-${companies}`);
    await registers(running.visitor(), await company(), entered);
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(entered.email));
    return [await filled(newcomer(), link, {}), '登録を完了する'];
  },
  'an objection': async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const words = { 担当窓口へのご説明: '身に覚えがありません。' };
    const link = await objectionLink(running, left.sato);
    return [await filled(newcomer(), link, words), '異議を申し立てる'];
  },
  'the numbers of a recovery': async () => [await inRecovery(), '確認'],
  'the factor of a recovery': async () => {
    const { corporation, sato } = await workplace(running);
    const { app } = await hasFactor(running, sato);
    const link = await newLinkOf(running, sato);
    const person = await filled(newcomer(), link, numbersOf(corporation));
    await person.presses('確認');
    return [await filled(person, person.page.path, { 確認コード: await app.nextCode() }), '確認'];
  },
  'the new password of a recovery': async () => [await inRecoveryBehindNumbers(), '確認'],
  'the last page of a recovery': async () => {
    const person = await inRecoveryBehindNumbers();
    await person.presses('確認');
    return [person, '登録'];
  },
  'the report of a lost factor': async () => {
    const { sato } = await workplace(running);
    await hasFactor(running, sato);
    const person = newcomer();
    await signsIn(person, sato);
    await person.follows('確認コードを入力できない方');
    return [person, 'お手続きのご案内を受け取る'];
  },
  'an invitation': async () => {
    const { corporation, person } = await office(running);
    const email = `mori@${corporation.corporateNumber}.example`;
    await invites(person, invited(email));
    const login = { ログインID: `mori-${corporation.corporateNumber}` };
    const fields = { ...login, ...typedTwice(CHOSEN_PASSWORD) };
    return [await filled(newcomer(), await invitationTo(running, email), fields), '登録'];
  },
};

/** Anybody may begin with them. */
const beginnings: Record<string, Story> = {
  'the numbers of a registration': async () => [
    await filled(newcomer(), '/initiate/numbers', numbersOf(await company())),
    '確認',
  ],
  'the numbers of a succession': async () => {
    const { corporation } = await leftBehind(running);
    const person = newcomer();
    return [await filled(person, '/admin-enrollment/numbers', numbersOf(corporation)), '確認'];
  },
  'the request for a recovery': async () => [
    await filled(newcomer(), '/password-reset', { メールアドレス: 'nobody@example.jp' }),
    '送信',
  ],
  'a question to the desk': async () => {
    const fields = { 氏名: '山田', メールアドレス: 'y@example.jp', お問い合わせの内容: '質問' };
    return [await filled(newcomer(), '/contact', fields), '送信'];
  },
  'the language beside entries': async () => [
    await filled(newcomer(), '/contact', { 氏名: '山田', お問い合わせの内容: '質問' }),
    'English',
  ],
};

/** Each of somebody whose first visit it is. */
describe.each(Object.entries({ ...ownSteps, ...beginnings }))(
  'two taps without JavaScript on %s',
  (_, begin) => {
    it('lead where one leads', () => twoTapsLeadWhereOneLeads(begin));
  },
);

describe.each(Object.entries(ownSteps))('%s', (_, begin) => {
  it('is done, whoever sent its form first', () => {
    const stranger = running.visitor({ address: '10.97.0.1', browser: 'curl/8', cookies: 'none' });
    return isDoneBehind(stranger, begin);
  });
});

it('the answer to a form, sent again from another browser, brings none of its cookies', async () => {
  const person = await filled(newcomer(), '/initiate/numbers', numbersOf(await company()));
  const form = person.page.root.querySelector('main form')!;
  const hidden = form
    .querySelectorAll('input')
    .map((input) => [input.getAttribute('name')!, input.getAttribute('value') ?? '']);
  const numbers = { ...Object.fromEntries(hidden), ...numbersByName(await company()) };
  const browser = { address: '10.99.0.10', cookies: 'none' } as const;
  const send = async (options: object) => {
    const { headers } = await running
      .visitor({ ...browser, ...options })
      .sends('POST', '/initiate/numbers', { fields: numbers });
    return [headers.location, headers['set-cookie']] as const;
  };
  const [location, cookies] = await send({});
  expect(String(cookies)).toMatch(/^flow=/);
  expect(await send({})).toEqual([location, cookies]);
  for (const other of [{ address: '10.98.0.10' }, { browser: 'curl/8' }, { cookies: 'had' }]) {
    const [led, set] = await send(other);
    expect([led?.split('&')[0], set]).toEqual([location?.split('&')[0], undefined]);
  }
});

const numbersByName = ({
  corporateNumber,
  transferAccounts,
}: Awaited<ReturnType<typeof company>>) => ({
  corporateNumber,
  transferAccountNumber: transferAccounts[0]!,
});
