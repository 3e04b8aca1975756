import { isUnavailable } from '../../src/database/faults.js';

const withCode = (code: string) => Object.assign(new Error('words'), { code });

describe('a fault that a moment heals', () => {
  it.each([
    ['08006', 'a connection that failed'],
    ['25006', 'a database that takes no writes'],
    ['25P03', 'a transaction that waited for too long'],
    ['40001', 'a serialization failure'],
    ['40P01', 'a deadlock'],
    ['53100', 'a full disk'],
    ['53300', 'a server without connections'],
    ['57014', 'a statement that took too long'],
    ['57P01', 'a server that stops'],
    ['57P03', 'a server that starts'],
    ['58030', 'an error of the disk'],
    ['EAI_AGAIN', 'a name that is not found now'],
    ['ECONNREFUSED', 'a closed port'],
    ['ECONNRESET', 'a connection that was cut'],
    ['EHOSTUNREACH', 'a host without a way to it'],
    ['ENETUNREACH', 'a network without a way to it'],
    ['ENOTFOUND', 'a name that is not found'],
    ['EPIPE', 'a connection whose other end is gone'],
    ['ETIMEDOUT', 'a host that says nothing'],
  ])('%s is one: %s', (code) => {
    expect(isUnavailable(withCode(code))).toBe(true);
    expect(isUnavailable(new Error('outer', { cause: withCode(code) }))).toBe(true);
  });

  it('a UNIX socket that is away is one, and no other file', () => {
    const away = Object.assign(withCode('ENOENT'), { syscall: 'connect' });
    expect(isUnavailable(new Error('outer', { cause: away }))).toBe(true);
    expect(isUnavailable(Object.assign(withCode('ENOENT'), { syscall: 'open' }))).toBe(false);
  });

  it.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout expired',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'Cannot use a pool after calling end on the pool',
  ])('the driver says without a code: %s', (words) => {
    expect(isUnavailable(new Error(words))).toBe(true);
  });

  it.each(['22001', '23505', '25001', '42P01', '28P01', 'GK001', 'XX000', 'ENOENT', 'EACCES'])(
    '%s is none',
    (code) => expect(isUnavailable(withCode(code))).toBe(false),
  );

  it('is no fault whose words only quote such a fault', () => {
    const quoting = Object.assign(new Error('Connection terminated'), { code: '23505' });
    expect(isUnavailable(quoting)).toBe(false);
    expect(isUnavailable(new Error('undefined is not a function'))).toBe(false);
    expect(isUnavailable('Connection terminated')).toBe(false);
  });
});
