/**
 * Packs what the server and the commands load into few files beside the built modules: a start
 * read 3,000 files before, and half of its time went there.
 */
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './prepare.js';

/** What packages look for and work without. */
const notInstalled = [/^@nestjs\/(?:microservices|websockets)/, 'tinyglobby'];

/** @returns what it wrote */
export async function bundle() {
  const built = await rolldown({
    cwd: root,
    input: { main: 'dist/src/main.js', cli: 'dist/src/cli.js' },
    platform: 'node',
    external: notInstalled,
  });
  const { output } = await built.write({
    dir: 'dist/src',
    chunkFileNames: 'bundle/[name].js',
    sourcemap: true,
    sourcemapExcludeSources: true,
    keepNames: true,
    comments: false,
    // A source with one other character takes two bytes for each.
    charset: 'ascii',
  });
  return output.map(({ fileName }) => join('dist', 'src', fileName));
}
