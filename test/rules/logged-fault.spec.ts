import { logOptions } from '../../src/server/logged-fault.js';

const told = logOptions.serializers.err;

it('a value that the server quotes stands in no log, nor in that of a fault around it', () => {
  const words = 'invalid input syntax for type uuid: "sato@example.jp"';
  const quoting = Object.assign(new Error(words), { code: '22P02', detail: 'sato@example.jp' });
  const around = new Error('The page could not be drawn', { cause: quoting });
  expect(told(around)).toMatchObject({
    message: 'The page could not be drawn',
    cause: { code: '22P02', message: 'invalid input syntax for type uuid: "…"' },
  });
  expect(JSON.stringify(told(around))).not.toContain('sato');
});

it('names that the server quotes stay', () => {
  const words = 'duplicate key value violates unique constraint "accounts_login_id_key"';
  const fault = Object.assign(new Error(words), { code: '23505' });
  expect(told(fault).message).toBe(words);
  expect(told('thrown as a text')).toMatchObject({ type: 'Error', message: 'thrown as a text' });
});
