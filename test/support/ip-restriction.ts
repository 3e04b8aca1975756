import type { NestExpressApplication } from '@nestjs/platform-express';
import { Config } from '../../src/config.js';
import { createApp } from '../../src/server/app.js';
import { Visitor } from './browser.js';
import type { RunningApp } from './app.js';
import type { Corporation, Member } from './people.js';
import { signsIn } from './registration.js';

export const OFFICE = '198.51.100.7';
export const BRANCH = '192.0.2.20';
export const HOME = '203.0.113.9';

export interface Sakura {
  corporation: Corporation;
  sato: Member;
  tanaka: Member;
  suzuki: Member;
}

let companies = 0;

/** A company with two administrators and one member of staff. */
export async function newCompany({ people }: RunningApp): Promise<Sakura> {
  companies += 1;
  const corporation = await people.corporationExists({
    corporateNumber: String(5_000_000 + companies),
    name: '株式会社さくら',
  });
  const member = (name: string, loginId: string) => ({
    corporation,
    loginId: `${loginId}-${companies}`,
    name,
  });
  return {
    corporation,
    sato: await people.administratorExists(member('佐藤 花子', 'sato')),
    tanaka: await people.administratorExists(member('田中 一郎', 'tanaka')),
    suzuki: await people.staffExists(member('鈴木 次郎', 'suzuki')),
  };
}

/** Somebody who just signed in from there. */
export async function signedIn(
  running: RunningApp,
  member: Member,
  address = OFFICE,
): Promise<Visitor> {
  const person = running.visitor({ address });
  await signsIn(person, member);
  return person;
}

/** Adds lines `network,label` to the draft. */
export async function drafts(person: Visitor, ...lines: string[]): Promise<void> {
  await person.opens('/ip-restriction/draft');
  person.fills('貼り付ける行', lines.join('\n'));
  await person.presses('貼り付けた行を追加');
}

/** The cells of the lines of the draft on the page. */
export function draftRows({ page }: Visitor): string[][] {
  return page.root
    .querySelectorAll('tbody tr')
    .map((row) =>
      row.querySelectorAll('th, td').map((cell) => cell.structuredText.trim().replace(/\s+/g, ' ')),
    );
}

/** Up to the page with the deadline. */
export async function startsTrial(person: Visitor, minutes = '10'): Promise<void> {
  await person.opens('/ip-restriction/trial');
  person.fills('試行する時間', minutes);
  await person.presses('試行を始める');
}

/** True when a signed-in person gets a page at the present address. */
export async function getsIn(person: Visitor): Promise<boolean> {
  const { status } = await person.sends('GET', '/');
  if (status !== 200 && status !== 403) throw new Error(`The TOP page answered ${status}`);
  return status === 200;
}

/** Another process with the same database; it does no jobs. */
export async function secondInstance({ config }: RunningApp): Promise<{
  app: NestExpressApplication;
  visitor(person: Visitor, address: string): Visitor;
  stop(): Promise<void>;
}> {
  const app = await createApp(Object.assign(new Config(), config));
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  return {
    app,
    visitor: (person, address) => new Visitor(`http://127.0.0.1:${port}`, { address }, person.jar),
    stop: () => app.close(),
  };
}
