import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { MikroORM } from '@mikro-orm/postgresql';
import { databaseOptions } from '../../mikro-orm.config.js';
import { encryptionFindings } from '../../src/cli/doctor/database.js';
import { Config } from '../../src/config.js';

/** The first message of a client that wants TLS. */
const ASKS_FOR_TLS = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

it('the pool of all pages asks for TLS where DATABASE_URL does', async () => {
  const said: Buffer[] = [];
  const server = createServer((socket) =>
    socket.once('data', (bytes) => {
      said.push(bytes);
      // No TLS here.
      socket.end('N');
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `postgres://genkan:secret@127.0.0.1:${port}/genkan?sslmode=verify-full`;
  const orm = new MikroORM(databaseOptions(url));
  await expect(orm.em.execute('select 1')).rejects.toThrow('does not support SSL');
  await orm.close();
  server.close();
  expect(said).toEqual([ASKS_FOR_TLS]);
});

const told = (databaseUrl: string) =>
  encryptionFindings(Object.assign(new Config(), { databaseUrl })).map(({ level }) => level);

it.each([
  ['postgres://genkan@localhost/genkan', []],
  ['postgres://genkan@127.0.0.1:5433/genkan', []],
  ['postgres://genkan@[::1]/genkan', []],
  ['postgres://genkan@/genkan?host=/var/run/postgresql', []],
  ['postgres://genkan@db.example/genkan', ['warn']],
  ['postgres://genkan@127.0.0.1/genkan?host=db.example', ['warn']],
  ['postgres://genkan@db.example/genkan?sslmode=disable', ['warn']],
  ['postgres://genkan@db.example/genkan?sslmode=no-verify', ['warn']],
  ['postgres://genkan@db.example/genkan?sslmode=require&uselibpqcompat=true', ['warn']],
  ['postgres://genkan@db.example/genkan?sslmode=verify-full', ['ok']],
])('the doctor looks at %s', (url, levels) => {
  expect(told(url)).toEqual(levels);
});
