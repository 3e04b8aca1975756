import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { startApp } from '../support/app.js';
import { contentOf } from '../support/sentences.js';

describe('the image', () => {
  const image = contentOf('Dockerfile');

  it('asks its health without a process of Node', async () => {
    const [, asked] = /^HEALTHCHECK [^\n]*\\\n +CMD (\[.*\])$/m.exec(image)!;
    const [program = '', ...args] = JSON.parse(asked!) as string[];
    expect(program).toBe('bash');
    const running = await startApp();
    const PORT = String(running.config.port);
    const [status] = await once(spawn(program, args, { env: { PORT }, stdio: 'ignore' }), 'exit');
    await running.stop();
    expect(status).toBe(0);
    expect(() => execFileSync(program, args, { env: { PORT }, stdio: 'ignore' })).toThrow('failed');
  });

  it('is built on a base without a digest only where nobody asks for one', () => {
    const [, check] = /^RUN (case "\$PINNED .*)$/m.exec(image)!;
    const builds = (PINNED: string, NODE_IMAGE: string) =>
      spawnSync('sh', ['-c', check!], { env: { PINNED, NODE_IMAGE } }).status === 0;
    const [, tag = ''] = /^ARG NODE_IMAGE=(\S+)$/m.exec(image)!;
    const pinned = `${tag}@sha256:${'0'.repeat(64)}`;
    expect([builds('no', tag), builds('no', pinned)]).toEqual([true, true]);
    expect([builds('yes', tag), builds('yes', pinned)]).toEqual([false, true]);
    expect(builds('maybe', pinned)).toBe(false);
  });

  it('has neither npm nor its own compiler', () => {
    const last = image.slice(image.lastIndexOf('\nFROM '));
    expect(last).toMatch(/rm -rf \/usr\/local\/lib\/node_modules/);
    expect(last).not.toMatch(/\bnpm (?:ci|install)\b/);
  });
});
