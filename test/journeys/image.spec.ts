import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { parse } from 'yaml';
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

  it('is built on a base without a digest only where somebody asks for it', () => {
    const [, check] = /^RUN (case "\$PINNED .*)$/m.exec(image)!;
    const builds = (PINNED: string, NODE_IMAGE: string) =>
      spawnSync('sh', ['-c', check!], { env: { PINNED, NODE_IMAGE } }).status === 0;
    const [, pinned = ''] = /^ARG NODE_IMAGE=(\S+)$/m.exec(image)!;
    const [tag = ''] = pinned.split('@');
    expect(pinned).toMatch(/^node:24-slim@sha256:[\da-f]{64}$/);
    expect(image).toMatch(/^ARG PINNED=yes$/m);
    expect([builds('no', tag), builds('no', pinned)]).toEqual([true, true]);
    expect([builds('yes', tag), builds('yes', pinned)]).toEqual([false, true]);
    expect(builds('maybe', pinned)).toBe(false);
  });

  it('stands beside others that are named by their digest, too', () => {
    const { services } = parse(contentOf('compose.yaml'), { merge: true }) as {
      services: Record<string, { image: string }>;
    };
    const images = Object.values(services).map((service) => service.image);
    const foreign = images.filter((name) => !name.startsWith('genkan:'));
    expect(foreign).toHaveLength(3);
    for (const name of foreign) expect(name).toMatch(/^[\w./-]+:[\w.]+@sha256:[\da-f]{64}$/);
  });

  it('has neither npm nor its own compiler', () => {
    const last = image.slice(image.lastIndexOf('\nFROM '));
    expect(last).toMatch(/rm -rf \/usr\/local\/lib\/node_modules/);
    expect(last).not.toMatch(/\bnpm (?:ci|install)\b/);
  });
});
