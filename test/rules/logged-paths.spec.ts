import { withoutSecrets } from '../../src/server/logging.js';
import { routes } from '../support/routes.js';

const KEY = 'CCNlBYWprRfKf7FF0U8aZvfMWZX7-TTtCBtgR13C4Xo';
const ofLinks = Object.keys(routes)
  .filter((route) => route.endsWith('/:token'))
  .map((route) => route.replace(/^\w+ /, ''));

it.each([...new Set(ofLinks)])('the log has no key of %s', (path) => {
  expect(withoutSecrets(path.replace(':token', KEY))).toBe(path.replace(':token', '…'));
});
