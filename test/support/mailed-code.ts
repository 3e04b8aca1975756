import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Corporation, Member } from './people.js';
import { asks, entersCode } from './recovery.js';

export const CODE_PATH = '/password-reset/code';

interface WithCode {
  code: string;
  link: string;
  text: string;
}

/** A recovery whose mail came. */
export interface Coded extends WithCode {
  member: Member;
  /** The browser that asked; it still shows the page behind 送信. */
  person: Visitor;
  /** From where it asked. */
  address: string;
  /** Of its tab. */
  flow: string;
}

let people = 0;

/** Somebody new of the company asks for a mail. */
export async function asksForCode(running: RunningApp, corporation: Corporation): Promise<Coded> {
  people += 1;
  const given = { corporation, loginId: `kato-${people}`, name: '加藤 直樹' };
  const member = await running.people.administratorExists(given);
  const address = `10.77.${people}.5`;
  const person = running.visitor({ address });
  await asks(person, member.email);
  const flow = person.page.url.searchParams.get('flow')!;
  return { member, person, address, flow, ...(await codeTo(running, member.email)) };
}

/** What the next mail to the address says. */
export async function codeTo({ mailbox }: RunningApp, email: string): Promise<WithCode> {
  const mail = await mailbox.mailTo(email);
  const [, code = ''] = /コード：(\S+)/.exec(mail.text)!;
  return { code, link: mailbox.linkIn(mail), text: mail.text };
}

export function isIn({ page }: Visitor): boolean {
  return page.status === 200 && page.path.startsWith('/password-reset/numbers?flow=');
}

/** Opens the page for it, in the tab or browser that asked. @returns whether the code led on */
export async function codeWorks(person: Visitor, code: string): Promise<boolean> {
  await person.opens(CODE_PATH);
  await entersCode(person, code);
  return isIn(person);
}

export function wrongCode({ code }: Pick<Coded, 'code'>): string {
  return code === 'AAAA-AAAA' ? 'BBBB-BBBB' : 'AAAA-AAAA';
}
