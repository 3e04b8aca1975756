import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../../src/config.js';
import { startApp, type RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import { deskPersonExists, pressesAtDesk, signsInAtDesk, type DeskPerson } from './desk.js';
import { rows } from './master-data.js';

export interface DeskStage {
  running: RunningApp;
  tamura: DeskPerson;
  lead: Visitor;
}

/** 田村, who is a lead, sits at the desk. */
export async function leadAtDesk(overrides: Partial<Config> = {}): Promise<DeskStage> {
  const running = await startApp(overrides);
  const tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  const lead = running.visitor();
  await signsInAtDesk(lead, tamura);
  return { running, tamura, lead };
}

/** With the mails to them, once they are sent. */
export async function forgetCompanies({ running }: DeskStage): Promise<void> {
  await running.mailbox.everythingIsSent();
  await running.pool.query(
    'delete from mail_deliveries where corporation_id is not null; delete from corporations',
  );
}

const others = new WeakMap<RunningApp, Visitor>();

/** 中井, another lead, sits at the desk, too. */
export async function otherLead({ running }: DeskStage): Promise<Visitor> {
  const known = others.get(running);
  if (known) return known;
  const given = { loginId: 'nakai', name: '中井', role: 'lead' };
  const nakai = await deskPersonExists(running, given);
  const lead = running.visitor();
  await signsInAtDesk(lead, nakai);
  others.set(running, lead);
  return lead;
}

/** 中井 chose the file, and 田村 reads what it would change. */
export async function readsFileOfOther(
  stage: DeskStage,
  file: string | Uint8Array,
  kind?: string,
): Promise<void> {
  const other = await otherLead(stage);
  await uploads(other, file, kind);
  await stage.lead.opens(other.page.url.href);
}

/** Up to the page that shows what the file would change. */
export async function uploads(
  lead: Visitor,
  file: string | Uint8Array,
  kind = '法人の一覧',
): Promise<void> {
  await lead.opens('/desk/imports');
  await lead.follows(kind);
  lead.attaches('CSVファイル', typeof file === 'string' ? Buffer.from(file) : file);
  await lead.presses('ファイルの内容を確認する');
  await isThrough(lead);
}

/** Follows the link of the page until the job is done. */
export async function isThrough(lead: Visitor): Promise<void> {
  for (let looks = 0; looks < 600; looks += 1) {
    if (!lead.page.html.includes('最新の状況を表示する')) return;
    await delay(50);
    await lead.follows('最新の状況を表示する');
  }
  throw new Error(`The import is still at work: ${lead.page.text}`);
}

/** From the file to the end. */
export async function imports(stage: DeskStage, ...lines: string[]): Promise<void> {
  await uploads(stage.lead, rows(...lines));
  await presses(stage, '取り込む');
  await isThrough(stage.lead);
}

/** With the second factor once more, where it is asked. */
export async function presses({ lead }: DeskStage, button: string): Promise<void> {
  await pressesAtDesk(lead, button);
}

/** A fact of the page by its name. */
export function fact({ page }: Visitor, name: string): string {
  const terms = page.root.querySelectorAll('dt');
  const term = terms.find(({ text }) => text.trim() === name);
  return term?.nextElementSibling?.structuredText.replaceAll(/\s+/g, ' ').trim() ?? '';
}

/** The rows of the page's table. */
export function tableOf({ page }: Visitor): string[] {
  return page.root
    .querySelectorAll('tbody tr')
    .map(({ structuredText }) => structuredText.replaceAll(/\s+/g, ' ').trim());
}

/** How many pieces of the page's file are kept. */
export async function piecesOf({ running }: DeskStage, { page }: Visitor): Promise<number> {
  const id = page.path.split('/').at(-1);
  const kept = await running.pool.query('select from desk_import_pieces where run_id = $1', [id]);
  return kept.rowCount!;
}
