import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { copyDatabase, type DatabaseCopy } from '../support/database.js';
import { Program } from '../support/program.js';

let database: DatabaseCopy;
let program: Program;
beforeAll(async () => {
  database = await copyDatabase();
});
afterAll(() => database.drop());

describe('SIGHUP', () => {
  let notices: string;
  beforeEach(async () => {
    notices = join(await mkdtemp(join(tmpdir(), 'genkan-hang-up-')), 'notices.json');
    await writeFile(notices, '[]');
  });
  afterEach(async () => {
    await program.stop();
    await rm(dirname(notices), { recursive: true });
  });

  it('does not end a start that waits for its database', async () => {
    const away = 'postgres://u@127.0.0.1:1/x';
    program = await Program.start({ DATABASE_URL: away, START_WAIT_SECONDS: '3' });
    await program.says('Waits up to 3 s for the database');
    program.signal('SIGHUP');
    expect(await program.exit).toEqual([1, null]);
    expect(program.err).toContain('does not answer');
  });

  it.each(['1', '2'])('names the variable of a wrong file, in %s processes', async (processes) => {
    const settings = { NOTICES_FILE: notices, WEB_CONCURRENCY: processes };
    program = await Program.start({ DATABASE_URL: database.url, ...settings });
    await program.serves(Number(processes));
    await writeFile(notices, '[{ "title": "A" }]');
    program.signal('SIGHUP');
    const wrong = 'the former tiles and notices stay: NOTICES_FILE: entry 1: "text" must be a text';
    expect(await program.line(({ msg }) => msg === wrong)).toMatchObject({ level: 50 });
  });
});

describe('SIGTERM', () => {
  it('ends a start by a listener of its own, without which the first process of a container would go on', async () => {
    const away = 'postgres://u@127.0.0.1:1/x';
    program = await Program.start({ DATABASE_URL: away, START_WAIT_SECONDS: '30' });
    await program.says('Waits up to 30 s for the database');
    program.signal('SIGTERM');
    expect(await program.exit).toEqual([0, null]);
    await program.stop();
  });
});
