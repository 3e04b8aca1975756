/** The people who may use a route: anybody, anybody who is signed in, or administrators. */
export type Access = 'public' | 'everybody' | 'administrators';

/** A plausible request. A value `@kind` is the id of such an object of a company. */
type Values = Readonly<Record<string, string>>;

export interface Route {
  access: Access;
  /** In place of `:name` in the path. */
  params: Values;
  /** The body of a POST, or the query of a GET. */
  fields: Values;
}

const route =
  (access: Access) =>
  (fields: Values = {}, params: Values = {}): Route => ({ access, fields, params });
const open = route('public');
const everybody = route('everybody');
const administrators = route('administrators');

const token = { token: 'A'.repeat(43) };
const numbers = { corporateNumber: '1234567', transferAccountNumber: '0012345' };
const passwords = { password: 'momiji-7342-kawa', passwordConfirmation: 'momiji-7342-kawa' };
const person = { name: '鈴木 一郎', nameKana: 'スズキ', department: '', phone: '' };
const details = { ...person, email: 'i@example.jp', loginId: 'suzuki-i', ...passwords };
const again = { act: 'send-again' };

/** Every route of the application, one line each: one that is missing here fails the tests. */
export const routes: Readonly<Record<string, Route>> = {
  'GET /': everybody(),
  'POST /language': open({ language: 'ja', next: '/' }),
  'GET /login': open(),
  'POST /login': open({ loginId: 'nobody', password: 'sakura-2026-mochi', next: '/' }),
  'POST /logout': open(),
  'GET /session': open(),
  'POST /session': open(),
  'GET /help': open(),
  'GET /help/:name': open({}, { name: 'sign-in' }),
  'GET /contact': open(),
  'POST /contact': open({ message: '質問', name: '鈴木', email: 'suzuki@else.example' }),
  'GET /contact/sent': open(),

  'GET /meisai/initiate': open(),
  'GET /initiate': open(),
  'GET /initiate/numbers': open(),
  'POST /initiate/numbers': open(numbers),
  'GET /initiate/details': open(),
  'POST /initiate/details': open(details),
  'GET /initiate/confirmation': open(),
  'POST /initiate/confirmation': open(),
  'GET /initiate/completed': open(),
  'POST /initiate/completed': open(again),
  'GET /activation': open(),
  'POST /activation': open(again),
  'GET /activation/denial': open(),
  'POST /activation/denial': open(),
  'GET /activation/:token': open({}, token),
  'POST /activation/:token': open({}, token),

  'GET /admin-enrollment': open(),
  'GET /admin-enrollment/numbers': open(),
  'POST /admin-enrollment/numbers': open(numbers),
  'GET /admin-enrollment/details': open(),
  'POST /admin-enrollment/details': open(details),
  'GET /admin-enrollment/confirmation': open(),
  'POST /admin-enrollment/confirmation': open(),
  'GET /admin-enrollment/completed': open(),
  'POST /admin-enrollment/completed': open(again),
  'GET /admin-enrollment/application': open(),
  'POST /admin-enrollment/application': open(),
  'GET /admin-enrollment/application/denial': open(),
  'POST /admin-enrollment/application/denial': open(),
  'GET /admin-enrollment/application/:token': open({}, token),
  'POST /admin-enrollment/application/:token': open({}, token),
  'GET /admin-enrollment/case': open(),
  'POST /admin-enrollment/case': open({ act: 'withdraw' }),
  'GET /admin-enrollment/objection': open(),
  'POST /admin-enrollment/objection': open({ statement: '心当たりがありません。' }),
  'GET /admin-enrollment/objection/:token': open({}, token),
  'POST /admin-enrollment/objection/:token': open({}, token),
  'GET /admin-enrollment/cases': administrators(),
  'GET /admin-enrollment/cases/:id': administrators({}, { id: '@case' }),
  'POST /admin-enrollment/cases/:id': administrators({ act: 'object' }, { id: '@case' }),
  'GET /admin-enrollment/cases/:id/approval': administrators({}, { id: '@case' }),
  'POST /admin-enrollment/cases/:id/approval': administrators({}, { id: '@case' }),

  'GET /password-reset': open(),
  'POST /password-reset': open({ email: 'i@example.jp' }),
  'GET /password-reset/sent': open(),
  'POST /password-reset/sent': open(again),
  'GET /password-reset/code': open(),
  'POST /password-reset/code': open({ email: 'i@example.jp', code: 'K7M2-9QXA' }),
  'GET /password-reset/:token': open({}, token),
  'GET /password-reset/numbers': open(),
  'POST /password-reset/numbers': open(numbers),
  'GET /password-reset/account': open(),
  'POST /password-reset/account': open({ accountId: '@account' }),
  'GET /password-reset/new-password': open(),
  'POST /password-reset/new-password': open(passwords),
  'GET /password-reset/confirmation': open(),
  'POST /password-reset/confirmation': open(),
  'GET /password-reset/completed': open(),

  'GET /accounts': administrators({ q: '伊藤', role: 'staff', state: 'active', page: '1' }),
  'GET /accounts/export': administrators({ role: 'staff' }),
  'POST /accounts/export': administrators({ role: 'staff', encoding: 'shift_jis' }),
  'GET /accounts/deletion': administrators({ accountId: '@account' }),
  'POST /accounts/deletion': administrators({ accountId: '@account' }),
  'GET /accounts/deletion/completed': administrators({ accountId: '@deleted' }),
  'GET /accounts/:id/restoration': administrators({}, { id: '@deleted' }),
  'POST /accounts/:id/restoration': administrators({}, { id: '@deleted' }),
  'GET /accounts/:id/suspension': administrators({}, { id: '@account' }),
  'POST /accounts/:id/suspension': administrators({ act: 'suspend' }, { id: '@account' }),
  'GET /accounts/new': administrators(),
  'POST /accounts/new': administrators({ ...person, email: 'i@example.jp', role: 'staff' }),
  'GET /accounts/invitations/import': administrators(),
  'POST /accounts/invitations/import': administrators({ people: 'i@example.jp' }),
  'GET /accounts/invitations/import/confirmation': administrators({ flow: '@account' }),
  'POST /accounts/invitations/import/confirmation': administrators(),
  'GET /accounts/invitations': administrators({ page: '1' }),
  'POST /accounts/invitations': administrators({ invitationId: '@invitation', ...again }),
  'GET /accounts/invitations/:id': administrators({}, { id: '@invitation' }),
  'GET /accounts/handover': administrators(),
  'POST /accounts/handover': administrators({ act: 'reviewed' }),
  'GET /accounts/:id': administrators({}, { id: '@account' }),
  'POST /accounts/:id': administrators(
    { ...person, role: 'administrator', version: '1' },
    { id: '@account' },
  ),
  'GET /accounts/:id/email': administrators({}, { id: '@account' }),
  'POST /accounts/:id/email': administrators({ email: 'i@example.jp' }, { id: '@account' }),
  'GET /accounts/:id/sign-ins': administrators({ before: '9' }, { id: '@account' }),
  'GET /invitation': open(),
  'POST /invitation': open({ loginId: 'suzuki-i', ...passwords }),
  'GET /invitation/:token': open({}, token),
  'POST /invitation/:token': open({ loginId: 'suzuki-i', ...passwords }, token),

  'GET /me': everybody(),
  'GET /me/profile': everybody(),
  'POST /me/profile': everybody(person),
  'GET /me/language': everybody(),
  'POST /me/language': everybody({ language: 'ja' }),
  'GET /me/email': everybody(),
  'POST /me/email': everybody({ email: 'i@example.jp' }),
  'GET /me/password': everybody(),
  'POST /me/password': everybody({ currentPassword: 'wrong-2026-password', ...passwords }),
  'GET /me/sessions': everybody(),
  'POST /me/sessions': everybody({ sessionId: '@session' }),
  'GET /me/sign-ins': everybody({ before: '1' }),
  'GET /me/log': everybody({ what: 'sign-in' }),
  'GET /me/sign-ins/export': everybody({ encoding: 'shift_jis' }),
  'GET /.well-known/change-password': open(),

  'GET /email-change': open(),
  'POST /email-change': open(),
  'GET /email-change/completed': open(),
  'GET /email-change/:token': open({}, token),
  'POST /email-change/:token': open({}, token),
  'GET /email-change/undo': open(),
  'POST /email-change/undo': open(),
  'GET /email-change/undo/completed': open(),
  'GET /email-change/undo/:token': open({}, token),
  'POST /email-change/undo/:token': open({}, token),

  'GET /log': administrators({ what: 'people', who: '伊藤', address: '198.51.100.5' }),
  'GET /log/export': administrators({ what: 'people' }),
  'POST /log/export': administrators({ what: 'people', format: 'shift_jis' }),
  'GET /ip-restriction': administrators(),
  'GET /ip-restriction/draft': administrators({ network: '198.51.100.0/24' }),
  'POST /ip-restriction/draft': administrators({ act: 'own', edition: '0' }),
  'GET /ip-restriction/draft/check': administrators({ address: '198.51.100.5' }),
  'GET /ip-restriction/trial': administrators({ list: 'draft' }),
  'POST /ip-restriction/trial': administrators({ list: 'draft', edition: '0', minutes: '10' }),
  'GET /ip-restriction/confirmation': administrators(),
  'POST /ip-restriction/confirmation': administrators({ version: '@ipVersion' }),
  'GET /ip-restriction/ending': administrators(),
  'POST /ip-restriction/ending': administrators({ version: '@ipVersion' }),
  'GET /ip-restriction/access': open(),
  'POST /ip-restriction/access': open({ purpose: '出張', until: '2026-12-31' }),
  'GET /ip-restriction/access/request': open(),
  'GET /ip-restriction/requests': administrators(),
  'GET /ip-restriction/requests/:id': administrators({}, { id: '@ipRequest' }),
  'POST /ip-restriction/requests/:id': administrators({ act: 'refuse' }, { id: '@ipRequest' }),
  'GET /ip-restriction/tickets': administrators(),
  'POST /ip-restriction/tickets': administrators(),
  'GET /ip-restriction/tickets/renewal': administrators(),
  'POST /ip-restriction/tickets/renewal': administrators(),
  'GET /ip-restriction/versions': administrators({ page: '1' }),
  'POST /ip-restriction/versions': administrators({ version: '@ipVersion', edition: '0' }),
  'GET /ip-restriction/trial/progress': administrators(),
  'GET /sign-in-report': open(),
  'POST /sign-in-report': open(),
  'GET /sign-in-report/completed': open(),
  'GET /sign-in-report/:token': open({}, token),
  'POST /sign-in-report/:token': open({}, token),

  'GET /*path': open({}, { path: 'no-such-page' }),
  'POST /*path': open({}, { path: 'no-such-page' }),
};
