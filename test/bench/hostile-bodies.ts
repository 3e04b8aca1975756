/** What a customer's administrator or a stranger posts to hold the process, and who waits for it. */
import { setTimeout as wait } from 'node:timers/promises';
import { signInOf, type Application } from './application.ts';
import { addCompany } from './company.ts';
import { Connection, requestBytes } from './connection.ts';
import type { Round, Stage } from './stage.ts';

interface Hostile {
  path: string;
  fields: Record<string, string>;
}

const PEOPLE = 20;
const PROBE_EVERY_MS = 5;
const BOUNDARY = 'genkan-bench-0123456789-0123456789';
const MARKS = `a${'\u0327\u0301'.repeat(50_000)}`;
const HEADER = '氏名,フリガナ,部署,電話番号,メールアドレス,権限\n';

const people = (text: string): Hostile => ({
  path: '/accounts/invitations/import',
  fields: { people: text },
});
const networks = (pasted: string): Hostile => ({
  path: '/ip-restriction/draft',
  fields: { act: 'paste', edition: '0', pasted },
});

const hostile: Record<string, Hostile> = {
  'marks in a cell': people(`${HEADER}${MARKS},a,a,a,a,a`),
  'marks in the header': people(`${MARKS}\na`),
  'U+FDFA × 150,000': people(`${HEADER}${'\uFDFA'.repeat(150_000)}`),
  'a line of 128,000 cells': people('"a",'.repeat(128_000)),
  'a header of 52,000 columns': people('氏名,'.repeat(52_000)),
  '250,000 wrong quotes': people('a"'.repeat(250_000)),
  'a header of ligatures': people(Array.from({ length: 42 }, () => '\uFDFA'.repeat(4_000)).join()),
  '10,000 lines of one cell': people(`a,b\n${'a\n'.repeat(9_990)}`),
  '250,000 lines of a comma': networks(',\n'.repeat(250_000)),
  '28,000 networks': networks(
    Array.from({ length: 28_000 }, (_, n) => `8.${n >> 8}.${n & 255}.8/32,a`).join('\n'),
  ),
  'a question of 16,000 letters': { path: '/contact', fields: { message: 'x'.repeat(16_000) } },
};

export async function hostileBodies({ application, databaseUrl }: Stage): Promise<Round> {
  const { loginId } = await addCompany(databaseUrl, PEOPLE);
  const cookie = await application.signIn(signInOf(loginId));
  return async (round) => {
    const waits: [number, string][] = [];
    for (const [name, body] of Object.entries(hostile))
      waits.push([await longestWait(application, () => post(application, body, cookie)), name]);
    const [longest, name] = waits.toSorted(([a], [b]) => b - a)[0]!;
    round.add({ hostileWait: longest });
    console.error(`bench: ${name} held the login page for ${longest.toFixed(0)} ms`);
  };
}

/** Of the login page, for somebody else, while the act goes on. */
async function longestWait({ port }: Application, act: () => Promise<void>): Promise<number> {
  const connection = new Connection(port);
  const login = requestBytes({ path: '/login' });
  const state = { isOver: false };
  const done = act().finally(() => (state.isOver = true));
  let longest = 0;
  while (!state.isOver) {
    const from = performance.now();
    await connection.ask(login);
    longest = Math.max(longest, performance.now() - from);
    await wait(PROBE_EVERY_MS);
  }
  connection.close();
  await done;
  return longest;
}

async function post({ port }: Application, { path, fields }: Hostile, cookie: string) {
  const isFile = path !== '/contact';
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie,
      'sec-fetch-site': 'same-origin',
      'content-type': isFile
        ? `multipart/form-data; boundary=${BOUNDARY}`
        : 'application/x-www-form-urlencoded',
    },
    body: isFile ? multipart(fields) : new URLSearchParams(fields).toString(),
  });
  await response.arrayBuffer();
  if (response.status !== 422) throw new Error(`${path} answered ${response.status}`);
}

function multipart(fields: Record<string, string>): string {
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}
