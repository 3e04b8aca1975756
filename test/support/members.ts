import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Corporation, Member } from './people.js';
import { signsIn } from './registration.js';

let companies = 0;

/** A company with two administrators, 佐藤 and 田中, and 鈴木 of the staff. */
export interface Company {
  corporation: Corporation;
  sato: Member;
  tanaka: Member;
  suzuki: Member;
}

export async function companyExists({ people }: RunningApp): Promise<Company> {
  companies += 1;
  const corporation = await people.corporationExists({
    corporateNumber: String(70_000 + companies),
    name: '株式会社さくら',
  });
  const at = (loginId: string, name: string, nameKana: string) => ({
    corporation,
    loginId: `${loginId}-${companies}`,
    name,
    nameKana,
  });
  return {
    corporation,
    sato: await people.administratorExists(at('sato', '佐藤 花子', 'サトウ ハナコ')),
    tanaka: await people.administratorExists(at('tanaka', '田中 健', 'タナカ ケン')),
    suzuki: await people.staffExists(at('suzuki', '鈴木 一郎', 'スズキ イチロウ')),
  };
}

/** Somebody at the TOP page, with a password that was given just now. */
export async function signedIn(running: RunningApp, member: Member): Promise<Visitor> {
  const visitor = running.visitor();
  await signsIn(visitor, member);
  return visitor;
}

/** ① and ②: from the TOP page to the confirmation. */
export async function chooses(visitor: Visitor, ...people: Pick<Member, 'name'>[]): Promise<void> {
  await visitor.opens('/');
  await visitor.follows('担当者情報変更', 'よくある質問');
  for (const { name } of people) visitor.checks(name);
  await visitor.presses('削除');
}

/** 佐藤 deletes somebody, who hears of it. */
export async function deletes(
  running: RunningApp,
  { sato }: Company,
  gone: Member,
): Promise<Visitor> {
  const person = await signedIn(running, sato);
  await chooses(person, gone);
  await person.presses('削除');
  await running.mailbox.mailTo(gone.email);
  return person;
}
