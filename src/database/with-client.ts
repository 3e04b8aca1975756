import { Client, type ClientConfig } from 'pg';

/** Works on a connection of its own, beside any pool. */
export async function withClient<T>(
  options: ClientConfig,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client(options);
  // A lost connection fails the query in flight; without this it would end the process as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}
