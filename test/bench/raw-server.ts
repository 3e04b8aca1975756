/** What the pages are compared with: a server that does nothing else. `raw-server.ts KIND [URL]` */
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Express, Response } from 'express';
import { Pool } from 'pg';

export type RawServer = 'http' | 'express' | 'select';

const PAGE = `<!doctype html><title>4 KB</title>${'x'.repeat(4096 - 34)}`;
const ROWS = 1000;

const [kind, databaseUrl] = process.argv.slice(2) as [RawServer, string];
const server = await { http, express, select }[kind]();
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit(0));

function http(): Server {
  return createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Length', PAGE.length);
    response.end(PAGE);
  });
}

/** The very Express that Nest uses. */
function express(): Server {
  const nest = createRequire(createRequire(import.meta.url).resolve('@nestjs/platform-express'));
  const app = (nest('express') as () => Express)();
  app.get('/', (_request: unknown, response: Response) => void response.send(PAGE));
  return createServer(app);
}

async function select(): Promise<Server> {
  const pool = new Pool({ connectionString: databaseUrl, max: 20 });
  await pool.query(
    `create table if not exists bench as
       select gen_random_uuid() as id, n, repeat('x', 100) as name from generate_series(1, ${ROWS}) n`,
  );
  await pool.query('create unique index if not exists bench_id on bench (id)');
  await pool.query('analyze bench');
  const { rows } = await pool.query<{ id: string }>('select id from bench order by n');
  let turn = 0;
  return createServer(async (_request, response) => {
    turn = (turn + 1) % rows.length;
    const text = 'select id, n, name from bench where id = $1';
    const found = await pool.query({ name: 'one', text, values: [rows[turn]!.id] });
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(found.rows[0]));
  });
}
