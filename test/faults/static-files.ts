import { createHash } from 'node:crypto';
import { signsIn } from '../support/registration.js';
import type { Application } from './application.js';
import { check } from './fault.js';

const PUBLIC = ['/login', '/help', '/initiate', '/password-reset', '/admin-enrollment'];
const SIGNED_IN = ['/', '/accounts', '/ip-restriction', '/me'];
const TYPES: Record<string, string> = {
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
};

export interface NamedFiles {
  files: number;
  /** Those that `older` does not have, which the proxy asks the other instance for. */
  missing: number;
}

/**
 * The styles and scripts of the pages of each instance must come from whichever is asked.
 * @param older answers 404 for a file of which it has another edition
 */
export async function checkStaticFiles(
  instances: Application[],
  older: Application,
): Promise<NamedFiles> {
  const named = new Set((await Promise.all(instances.map(filesNamedBy))).flat());
  let missing = 0;
  for (const path of named)
    for (const instance of instances) {
      const { status, headers, text } = await instance.ask({ path });
      if (status === 404 && instance === older) missing += 1;
      else {
        const type = TYPES[path.split('.').at(-1)!] ?? 'nothing';
        const isRight = status === 200 && headers['content-type']?.startsWith(type) === true;
        check(isRight, `${path} from port ${instance.port}: ${status} ${headers['content-type']}`);
        // The other version's file of the same name serves, but nobody may keep it.
        const isNamed = path.startsWith(`/static/${hashOf(text)}/`);
        const isKept = headers['cache-control'] !== 'no-store';
        check(isNamed === isKept && text.length > 0, `${path} has another content`);
      }
    }
  return { files: named.size, missing };
}

async function filesNamedBy(instance: Application): Promise<string[]> {
  const visitor = instance.visitor();
  const pages: string[] = [];
  for (const path of PUBLIC) pages.push((await visitor.opens(path)).html);
  await signsIn(visitor, { loginId: 'sato-demo', password: 'genkan-demo-2026' });
  for (const path of SIGNED_IN) pages.push((await visitor.opens(path)).html);
  const files = pages.map((html) => html.match(/\/static\/[\w-]+\/[\w.-]+/g) ?? []);
  check(
    files.every((named) => named.some((file) => file.endsWith('.css'))),
    'a page names no styles',
  );
  return files.flat();
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}
