import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Corporation } from './people.js';
import type { Door } from './proof.js';
import { activates, registers, signsIn, type Applicant } from './registration.js';
import { applies } from './succession.js';

const ENTERS = { '/initiate': registers, '/admin-enrollment': applies };
export const DOORS = Object.keys(ENTERS) as Door[];

export const ACCEPTED = {
  '/initiate': '新規登録受付完了',
  '/admin-enrollment': '管理者追加登録完了',
};
export const IN_REVIEW = '登録のお申し込みを受け付けました';

export const answerIn = ({ page }: Visitor) => `${page.status} ${page.h1}`;

/** The doors to which a page leads. */
export const leadsOf = ({ page }: Visitor) =>
  DOORS.filter((door) => page.html.includes(`href="${door}"`));

/** As far as the door lets somebody go. */
export async function entersBy(
  door: Door,
  person: Visitor,
  corporation: Corporation,
  who: Applicant,
): Promise<void> {
  await ENTERS[door](person, corporation, who).catch((error: unknown) => {
    if (person.page.status === 200) throw error;
  });
}

/**
 * Does what the page says, up to the proof of the mailbox. Of two doors that a page names, the wrong
 * one leads on to the other. @returns where that ends
 */
export async function followsPage(
  running: RunningApp,
  person: Visitor,
  corporation: Corporation,
  who: Applicant,
  steps = 2,
): Promise<string> {
  const { h1, status } = person.page;
  if (status === 200 && Object.values(ACCEPTED).includes(h1)) {
    const mail = await running.mailbox.mailTo(who.email);
    await activates(person, new URL(running.mailbox.linkIn(mail)).pathname);
    if (person.page.h1 !== IN_REVIEW) await signsIn(person, who);
    else expect(person.page.facts.受付番号).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    return person.page.h1;
  }
  const [door] = leadsOf(person);
  if (!door || steps === 0) throw new Error(`${h1} leads to no door that lets somebody in`);
  await entersBy(door, person, corporation, who);
  return followsPage(running, person, corporation, who, steps - 1);
}
