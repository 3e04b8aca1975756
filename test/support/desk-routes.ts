import { clerks, deskEntrance, leads, type Route } from './route.js';

const token = { token: 'A'.repeat(43) };
const passwords = { password: 'momiji-7342-kawa', passwordConfirmation: 'momiji-7342-kawa' };
const operator = { id: '@operator' };
const corporation = { id: '@corporation' };
const account = { id: '@account' };
const importRun = { id: '00000000-0000-4000-8000-00000000000a' };

/** Those of the desk, as in routes.ts. */
export const deskRoutes: Readonly<Record<string, Route>> = {
  'GET /desk': clerks(),
  'GET /desk/login': deskEntrance({ next: '/desk' }),
  'POST /desk/login': deskEntrance({ loginId: 'nobody', password: 'sakura-2026-mochi' }),
  'POST /desk/logout': deskEntrance(),
  'POST /desk/language': deskEntrance({ language: 'ja' }),
  'GET /desk/login/second-factor': deskEntrance(),
  'POST /desk/login/second-factor': deskEntrance({ code: '123456' }),
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
  'POST /desk/confirmation': clerks({ code: '123456' }),
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
  'GET /desk/imports': leads(),
  'POST /desk/imports': leads({ kind: 'invoices' }),
  'GET /desk/imports/:id': leads({}, importRun),
  'POST /desk/imports/:id': leads({ act: 'discard' }, importRun),
  'GET /desk/imports/:id/progress': leads({}, importRun),
  'GET /desk/imports/:id/report': leads({}, importRun),
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
