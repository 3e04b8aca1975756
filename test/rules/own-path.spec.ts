import { ownPath } from '../../src/web/own-path.js';

it.each(['/', '/accounts', '/accounts?q=%E4%BD%90&page=2', '/me/sessions', '/help#topic', '/a//b'])(
  'goes to %s',
  (path) => {
    expect(ownPath(path)).toBe(path);
  },
);

it.each([
  ['/a/../accounts', '/accounts'],
  ['/./help?next=/../x#y', '/help?next=/../x#y'],
  ['/%2E/help', '/help'],
  ['/..', '/'],
])('goes from %s to %s, as a browser reads it', (typed, path) => {
  expect(ownPath(typed)).toBe(path);
  expect(ownPath(ownPath(typed))).toBe(path);
});

it.each([
  undefined,
  '',
  'accounts',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https://evil.example/',
  'HTTPS:evil.example',
  'javascript:alert(1)',
  ' /accounts',
  '/ /evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\nSet-Cookie:a=b',
  '/\u0000',
  '/%2fevil.example',
  '/%2Fevil.example',
  '/%5cevil.example',
  '/%5Cevil.example',
  '/%09/evil.example',
  '/.//evil.example/x',
  '/..//evil.example',
  '/x/..//evil.example',
  '/%2e//evil.example',
  '/a/%2e%2E//evil.example',
  '/./%2fevil.example',
  '/x/..%5c/evil.example',
  '/%0d%0aSet-Cookie:a=b',
  '/accounts\\..\\..',
  '/%',
  '/%E4%BD',
  '/佐藤',
  '/\u202e',
])('goes to / instead of %j', (path) => {
  expect(ownPath(path)).toBe('/');
});

it.each([
  '/accounts',
  '//evil.example',
  '/\\evil.example',
  '/%2f/evil.example',
  '/\t//evil.example',
])('stays on the own site for %j, as a browser reads it', (path) => {
  const site = 'https://front.example.jp';
  expect(new URL(ownPath(path), site).origin).toBe(site);
});
