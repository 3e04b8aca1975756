import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { HEADER, listOf } from '../support/invitation-import.js';
import { companyExists, signedIn, type Company } from '../support/members.js';

const IMPORT = '/accounts/invitations/import';
const LARGE = 480_000;
const HEAD = '--b\r\nContent-Disposition: form-data; name="people"; filename="a.csv"\r\n\r\n';
const TYPE = 'multipart/form-data; boundary=b';

let running: RunningApp;
let company: Company;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  company = await companyExists(running);
});

const cookieOf = ({ jar }: Visitor) => `session=${jar.cookies.get('session')!.value}`;

const uploads = (person: Visitor, text: string) =>
  person.sends('POST', IMPORT, {
    raw: `${HEAD}${text}\r\n--b--\r\n`,
    headers: { 'content-type': TYPE },
  });

/** Sends the body in pieces with a pause before each. */
async function posts(cookie: string, pieces: string[], pause = 0): Promise<string> {
  const { port, host } = new URL(running.url);
  const socket = connect(Number(port), '127.0.0.1');
  let received = '';
  socket.on('data', (part) => (received += part.toString()));
  const length = Buffer.byteLength(pieces.join(''));
  socket.write(
    [
      `POST ${IMPORT} HTTP/1.1`,
      `Host: ${host}`,
      'X-Forwarded-For: 198.51.100.1',
      `Origin: ${running.url}`,
      `Cookie: ${cookie}`,
      `Content-Type: ${TYPE}`,
      `Content-Length: ${length}`,
      'Connection: close',
      '\r\n',
    ].join('\r\n'),
  );
  for (const piece of pieces) {
    await wait(pause);
    socket.write(piece);
  }
  await once(socket, 'close');
  return received;
}

it.each(['staff', 'a stranger with a forged cookie'])(
  'nothing is read of a file from %s: the answer comes before its end',
  async (who) => {
    const isStaff = who === 'staff';
    const person = isStaff ? await signedIn(running, company.suzuki) : undefined;
    const { port, host } = new URL(running.url);
    const socket = connect(Number(port), '127.0.0.1');
    const cookie = person ? cookieOf(person) : 'session=of.somebody';
    const head = [
      `POST ${IMPORT} HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-For: 198.51.100.1`,
      `Origin: ${running.url}\r\nCookie: ${cookie}`,
      `Content-Type: ${TYPE}\r\nContent-Length: ${LARGE}\r\n\r\n`,
    ];
    socket.write(`${head.join('\r\n')}${HEAD}`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toContain(isStaff ? 'HTTP/1.1 403' : 'HTTP/1.1 303');
    socket.destroy();
  },
);

it.each(['&', '"a\n', '<\n', 'a\n'])(
  'a refused text that is too long to be corrected is not sent back: %j',
  async (part) => {
    const person = await signedIn(running, company.sato);
    const { status, text } = await uploads(person, part.repeat(LARGE / part.length));
    expect(status).toBe(422);
    expect(text).toContain('長い一覧のため、下の欄には表示していません。');
    expect(text.length).toBeLessThan(64 * 1024);
  },
);

it('nor in the cells that are named, nor in the list of addresses', async () => {
  const person = await signedIn(running, company.sato);
  const long = '&'.repeat(3_900);
  const lines = Array.from({ length: 100 }, () => `${long},カ,,,x,担当者`);
  const list = await uploads(person, [HEADER, ...lines].join('\n'));
  expect(list.text.length).toBeLessThan(512 * 1024);
  const fields = { act: 'paste', edition: '0', pasted: '&'.repeat(64_000) };
  const raw = Object.entries(fields)
    .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`)
    .concat('x'.repeat(2_000), '--b--\r\n')
    .join('\r\n');
  const draft = await person.sends('POST', '/ip-restriction/draft', {
    raw,
    headers: { 'content-type': TYPE },
  });
  expect(draft.status).toBe(422);
  expect(draft.text).toContain('長い一覧のため、下の欄には表示していません。');
  expect(draft.text.length).toBeLessThan(64 * 1024);
});

it('the largest list goes in, also on a slow line, beside one of a colleague', async () => {
  const sato = await signedIn(running, company.sato);
  const { text } = listOf(500);
  const wide = text.replaceAll('総務部', '総務部'.repeat(30));
  const whole = `${HEAD}${wide}\r\n--b--\r\n`;
  const piece = Math.ceil(whole.length / 8);
  const pieces = Array.from({ length: 8 }, (_, n) => whole.slice(n * piece, (n + 1) * piece));
  const slow = posts(cookieOf(sato), pieces, 250);
  const [first, second] = await Promise.all([
    uploads(sato, listOf(500).text),
    uploads(sato, listOf(3).text),
  ]);
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(await slow).toMatch(/^HTTP\/1.1 303 [^]*confirmation\?flow=/);
});

it('of five lists that a person sends at once, three are read, and a colleague of another company notices nothing', async () => {
  const sato = await signedIn(running, company.sato);
  const other = await companyExists(running);
  const person = await signedIn(running, other.sato);
  const mine = Array.from({ length: 5 }, () => uploads(sato, listOf(500).text));
  const theirs = await uploads(person, listOf(3).text);
  expect(theirs.status).toBe(303);
  const statuses = (await Promise.all(mine)).map(({ status }) => status).toSorted();
  expect(statuses).toEqual([303, 303, 303, 503, 503]);
});
