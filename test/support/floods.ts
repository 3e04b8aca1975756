import { PostsOfClients } from '../../src/limits/posts-of-clients.js';
import type { RunningApp } from './app.js';

/** So many posts came from an address within this minute that the limit at the edge refuses the next. */
export async function postsFlood(running: RunningApp, address: string): Promise<void> {
  const posts = running.app.get(PostsOfClients);
  for (let sent = 0; sent < 12_000; sent += 1) await posts.increment(address, 60_000, 12_000);
}

/** So many passwords were wrong in the networks of the last failures that their new browsers wait. */
export async function networkWaits({ pool }: RunningApp, span: string): Promise<void> {
  await pool.query(
    `update waiting_times set waits_until = genkan_now() + $1::interval where key like 'network:%'`,
    [span],
  );
}
