import { clerks, deskEntrance, leads, type Route } from './route.js';

const token = { token: 'A'.repeat(43) };
const passwords = { password: 'momiji-7342-kawa', passwordConfirmation: 'momiji-7342-kawa' };
const operator = { id: '@operator' };
const corporation = { id: '@corporation' };
const account = { id: '@account' };
const deskCase = { number: '@deskCase' };

/** Those of the desk, as in routes.ts. */
export const deskRoutes: Readonly<Record<string, Route>> = {
  'GET /desk': clerks(),
  'GET /desk/login': deskEntrance({ next: '/desk' }),
  'POST /desk/login': deskEntrance({ loginId: 'nobody', password: 'sakura-2026-mochi' }),
  'POST /desk/logout': deskEntrance(),
  'POST /desk/language': deskEntrance({ language: 'ja' }),
  'GET /desk/login/second-factor': deskEntrance(),
  'POST /desk/login/second-factor': deskEntrance({ factorCode: '123456' }),
  'GET /desk/session': deskEntrance(),
  'POST /desk/session': deskEntrance(),
  'GET /desk/set-up': deskEntrance(),
  'POST /desk/set-up': deskEntrance(passwords),
  'GET /desk/set-up/second-factor': deskEntrance(),
  'POST /desk/set-up/second-factor': deskEntrance({ newFactorCode: '123456' }),
  'GET /desk/set-up/recovery-codes': deskEntrance(),
  'POST /desk/set-up/recovery-codes': deskEntrance(),
  'GET /desk/set-up/:token': deskEntrance({}, token),
  'GET /desk/confirmation': clerks({ next: '/desk' }),
  'POST /desk/confirmation': clerks({ factorCode: '123456' }),
  'GET /desk/me': clerks(),
  'POST /desk/me': clerks({ act: 'end-others' }),
  'GET /desk/me/password': clerks(),
  'POST /desk/me/password': clerks({ currentPassword: 'wrong-2026-password', ...passwords }),
  'GET /desk/me/second-factor': clerks(),
  'POST /desk/me/second-factor': clerks({ act: 'remove-app' }),
  'GET /desk/me/recovery-codes': clerks(),
  'POST /desk/me/recovery-codes': clerks({ act: 'renew', sheet: 'x' }),
  'GET /desk/operators': leads(),
  'GET /desk/operators/new': leads(),
  'POST /desk/operators/new': leads({ name: '中井', loginId: 'nakai', email: 'n@desk.example' }),
  'GET /desk/operators/:id': leads({}, operator),
  'POST /desk/operators/:id': leads({ act: 'reset', why: '確認' }, operator),
  'GET /desk/cases': clerks({ who: 'mine' }),
  'GET /desk/cases/new': clerks({ account: '@account' }),
  'POST /desk/cases/new': clerks({ account: '@account', why: '確認' }),
  'GET /desk/cases/:number': clerks({}, deskCase),
  'POST /desk/cases/:number': clerks({ act: 'note', note: '電話済み' }, deskCase),
  'GET /desk/cases/:number/answer': clerks({ template: 'received' }, deskCase),
  'POST /desk/cases/:number/answer': clerks(
    { to: 'asker', answer: '確認しています。', after: 'stay' },
    deskCase,
  ),
  'GET /desk/cases/:number/decisions/:decision': clerks({}, { ...deskCase, decision: 'uphold' }),
  'POST /desk/cases/:number/decisions/:decision': clerks(
    { why: '確認' },
    { ...deskCase, decision: 'dismiss' },
  ),
  'GET /desk/search': clerks({ q: '佐藤' }),
  'GET /desk/corporations/:id': clerks({}, corporation),
  'GET /desk/corporations/:id/acts/:act': clerks({}, { ...corporation, act: 'close' }),
  'POST /desk/corporations/:id/acts/:act': clerks({ why: '確認' }, { ...corporation, act: 'open' }),
  'GET /desk/accounts/:id': clerks({}, account),
  'GET /desk/accounts/:id/acts/:act': clerks({}, { ...account, act: 'freeze' }),
  'POST /desk/accounts/:id/acts/:act': clerks({ why: '確認' }, { ...account, act: 'end-waits' }),
  'GET /desk/*path': deskEntrance({}, { path: 'no-such-page' }),
  'POST /desk/*path': deskEntrance({}, { path: 'no-such-page' }),
};
