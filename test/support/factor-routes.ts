import { administrators, everybody, open, type Route } from './route.js';

const token = { token: 'A'.repeat(43) };
const numbers = { corporateNumber: '1234567', transferAccountNumber: '0012345' };

/** Those about the second factor, as in routes.ts. */
export const factorRoutes: Readonly<Record<string, Route>> = {
  'GET /login/second-factor': open({ next: '/' }),
  'POST /login/second-factor': open({ code: '123456', next: '/' }),
  'GET /second-factor-report': open(),
  'POST /second-factor-report': open(),
  'GET /second-factor-report/completed': open(),
  'GET /second-factor-report/:token': open({}, token),
  'POST /second-factor-report/:token': open({}, token),
  'GET /lost-factor': open(),
  'POST /lost-factor': open(),
  'GET /lost-factor/sent': open(),
  'GET /lost-factor/numbers': open(),
  'POST /lost-factor/numbers': open(numbers),
  'GET /lost-factor/begun': open(),
  'GET /lost-factor/:token': open({}, token),
  'GET /lost-factor/objection': open(),
  'POST /lost-factor/objection': open(),
  'GET /lost-factor/objection/completed': open(),
  'GET /lost-factor/objection/:token': open({}, token),
  'POST /lost-factor/objection/:token': open({}, token),
  'GET /lost-factor/enrolment': open(),
  'POST /lost-factor/enrolment': open({ password: 'momiji-7342-kawa' }),
  'GET /lost-factor/enrolment/:token': open({}, token),
  'GET /lost-factor/running': everybody(),
  'POST /lost-factor/running': everybody({ removalId: '@removal' }),
  'GET /accounts/:id/second-factor': administrators({}, { id: '@account' }),
  'POST /accounts/:id/second-factor': administrators({}, { id: '@account' }),
  'GET /me/second-factor': everybody(),
  'POST /me/second-factor': everybody({ testedFactorCode: '123456' }),
  'GET /me/second-factor/totp': everybody(),
  'POST /me/second-factor/totp': everybody({ newFactorCode: '123456' }),
  'GET /me/second-factor/passkeys': everybody(),
  'POST /me/second-factor/passkeys': everybody({ name: '鍵', passkey: '{}' }),
  'GET /me/second-factor/recovery-codes': everybody(),
  'POST /me/second-factor/recovery-codes': everybody({ act: 'renew', sheet: 'x' }),
  'GET /me/second-factor/removal': everybody(),
  'POST /me/second-factor/removal': everybody(),
};
