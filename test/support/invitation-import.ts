import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Corporation } from './people.js';

export const HEADER = '氏名,フリガナ,部署,電話番号,メールアドレス,権限';

let lists = 0;

/** A list of people whom nobody else invites, with the addresses in it. */
export function listOf(count: number, role = '担当者'): { text: string; emails: string[] } {
  lists += 1;
  const emails = Array.from({ length: count }, (_, n) => `list-${lists}-${n + 1}@sakura.example`);
  const lines = emails.map(
    (email, n) => `中村 ${n + 1}郎,なかむら,総務部,03-1234-5678,${email},${role}`,
  );
  return { text: [HEADER, ...lines].join('\n'), emails };
}

/** The first page, up to its answer. */
export async function pastes(person: Visitor, text: string): Promise<void> {
  await person.opens('/accounts/invitations/import');
  person.fills('一覧の貼り付け', text);
  await person.presses('内容を確認する');
}

export async function uploads(person: Visitor, file: Uint8Array): Promise<void> {
  await person.opens('/accounts/invitations/import');
  person.attaches('CSVファイル', file);
  await person.presses('内容を確認する');
}

/** The lines of the table that a page shows. */
export function linesOn({ page }: Visitor): string[] {
  return page.root
    .querySelectorAll('tbody tr')
    .map(({ structuredText }) => structuredText.replaceAll(/\s+/g, ' ').trim());
}

/** How many people of the company were ever invited. */
export async function invitedOf({ pool }: RunningApp, { id }: Corporation): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int from invitations where corporation_id = $1',
    [id],
  );
  return rows[0]!.count;
}
