import { existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface Weight {
  name: string;
  mib: number;
}

/** What an installation without development packages holds here, the heaviest first. */
export function productionDependencies(): Weight[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; link?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link)
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path]) => ({
      name: path.slice('node_modules/'.length),
      mib: bytesOn(join(root, path)) / 2 ** 20,
    }))
    .sort((a, b) => b.mib - a.mib);
}

/** Blocks on the disk; packages inside are counted by their own line of the lock file. */
function bytesOn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .map((entry) => {
      const path = join(folder, entry.name);
      return lstatSync(path).blocks * 512 + (entry.isDirectory() ? bytesOn(path) : 0);
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}
