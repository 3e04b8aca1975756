import { Client } from 'pg';
import { migrate } from '../../src/database/migrate.js';
import { emptyDatabase } from '../support/database.js';
import { contentOf } from '../support/sentences.js';
import { contentsOf, type Row } from './catalogue.js';

/** What 0.1.0 said of invitations and cases. */
const STATES_BEFORE = `
  select i.id, invitation_state(i) as state from invitations i
  union all select id, stage from enrollment_stages order by id`;

/** A database of 0.1.0 with people, cases and lists in it, brought up to this version. */
export class Upgraded {
  private constructor(
    readonly url: string,
    readonly client: Client,
    readonly before: Map<string, Row[]>,
    readonly statesBefore: Row[],
    /** The names of the migrations that ran. */
    readonly ran: string[],
    readonly drop: () => Promise<void>,
  ) {}

  static async from010(): Promise<Upgraded> {
    const database = await emptyDatabase();
    const client = await connected(database.url);
    await client.query(contentOf('test/database/0.1.0-schema.sql'));
    await client.query(contentOf('test/database/0.1.0-data.sql'));
    const before = await contentsOf(client);
    const { rows: statesBefore } = await client.query<Row>(STATES_BEFORE);
    const ran = await migrate(database.url);
    return new Upgraded(database.url, client, before, statesBefore, ran, async () => {
      await client.end();
      await database.drop();
    });
  }

  async rows(statement: string): Promise<Row[]> {
    return (await this.client.query<Row>(statement)).rows;
  }
}

export async function connected(url: string): Promise<Client> {
  const opened = new Client(url);
  await opened.connect();
  return opened;
}

/** The id that the data write as `pg_temp.id(short)`. */
export function id(short: string): string {
  return short.padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
