import { OperatorNews } from '../../src/accounts/top/operator-news.js';
import type { Config } from '../../src/config.js';
import type { Visitor } from './browser.js';
import { leadAtDesk, type DeskStage } from './desk-imports.js';
import { signsIn } from './registration.js';

export interface ContentStage extends DeskStage {
  staff: Visitor;
  administrator: Visitor;
}

/** 田村 at the desk, and customers who see what she edits. */
export async function editorAtDesk(overrides: Partial<Config> = {}): Promise<ContentStage> {
  const stage = await leadAtDesk(overrides);
  const { people } = stage.running;
  const number = { corporateNumber: '1000001', name: '青葉商事株式会社' };
  const at = { corporation: await people.corporationExists(number), name: '佐藤 花子' };
  const [administrator, staff] = [stage.running.visitor(), stage.running.visitor()];
  await signsIn(administrator, await people.administratorExists({ ...at, loginId: 'sato-1' }));
  await signsIn(staff, await people.staffExists({ ...at, loginId: 'suzuki-1' }));
  return { ...stage, administrator, staff };
}

/** As if the desk had never edited anything. */
export async function forgetsContent({ running }: DeskStage): Promise<void> {
  await running.pool.query('delete from operator_contents');
  await running.app.get(OperatorNews).refresh();
}

export async function topOf(person: Visitor): Promise<string> {
  return (await person.opens('/')).text;
}

/** The entries of the list at the desk. */
export function titlesOn({ page }: Visitor): string[] {
  return page.root.querySelectorAll('tbody th a').map(({ text }) => text.trim());
}
