import { PostsOfClients } from '../../src/limits/posts-of-clients.js';
import type { RunningApp } from './app.js';

/** So many posts came from an address within this minute that the limit at the edge refuses the next. */
export async function postsFlood(running: RunningApp, address: string): Promise<void> {
  const posts = running.app.get(PostsOfClients);
  for (let sent = 0; sent < 12_000; sent += 1) await posts.increment(address, 60_000, 12_000);
}
