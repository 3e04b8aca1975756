import type { Pool } from 'pg';
import { Visitor } from '../support/browser.js';
import { accepts, CHOSEN_PASSWORD, invited, invites } from '../support/invitation.js';
import { drafts, startsTrial } from '../support/ip-restriction.js';
import type { Mailbox } from '../support/mailbox.js';
import { chooses } from '../support/members.js';
import type { Member } from '../support/people.js';
import { asks, finishes, NEW_PASSWORD } from '../support/recovery.js';
import { activates, applicant, registers, signsIn } from '../support/registration.js';
import { check } from './fault.js';

/** The demo's company with people, as its invoice names it. */
const MINATO = { corporateNumber: '2000002', transferAccounts: ['2345678'] };
const PASSWORD = 'genkan-demo-2026';

/** What people do in the course of a day, each step by the page of one instance and the post of another. */
export class TwoVersionFlows {
  constructor(
    private readonly pool: Pool,
    private readonly mailbox: Mailbox,
    private readonly origin: string,
    /** Tells people, companies and addresses of one run from those of others. */
    private readonly run: number,
  ) {}

  async all(administrator: string): Promise<void> {
    await this.#registers();
    const person = await this.#signsIn(administrator, PASSWORD);
    const newcomer = await this.#invites(person);
    await this.#changes(person, newcomer);
    await this.#deletes(person, newcomer);
    await this.#restricts(person);
    await this.#recovers(`${administrator}@minato.example`);
    await this.#signsOut(await this.#signsIn(administrator, NEW_PASSWORD));
  }

  /** The company of this run, which has nobody yet. */
  async #registers(): Promise<void> {
    const company = { corporateNumber: `${8_000_000 + this.run}`, transferAccounts: ['7000000'] };
    const entered = applicant(`first-${this.run}`);
    const person = this.#visitor();
    await registers(person, { ...company, id: '', name: '' }, entered);
    await activates(person, await this.#link(entered.email));
    this.#ends(person, 'the activation', '/login');
    await this.#signsIn(entered.loginId, entered.password);
  }

  async #invites(person: Visitor): Promise<Member> {
    const loginId = `invited-${this.run}`;
    const name = `新井 ${'一二三四'[this.run]}`;
    const email = `${loginId}@minato.example`;
    await invites(person, invited(email, { name }));
    await accepts(this.#visitor(), await this.#link(email), loginId);
    await this.#signsIn(loginId, CHOSEN_PASSWORD);
    const { rows } = await this.pool.query<{ id: string }>(
      'select id from accounts where login_id = $1',
      [loginId],
    );
    const { id } = rows[0]!;
    return { id, loginId, name, email, password: CHOSEN_PASSWORD, corporation: undefined! };
  }

  /** The other version knows the notice of this one only where its words are the same. */
  async #changes(person: Visitor, { id }: Member): Promise<void> {
    const department = `第${this.run}営業部`;
    await person.opens(`/accounts/${id}`);
    person.fills('部署', department);
    await person.presses('変更を保存する');
    const { rows } = await this.pool.query(
      'select from accounts where id = $1 and department = $2',
      [id, department],
    );
    check(rows.length === 1 && person.page.status === 200, `the change: ${person.page.text}`);
  }

  async #deletes(person: Visitor, newcomer: Member): Promise<void> {
    await chooses(person, newcomer);
    await person.presses('削除');
    this.#ends(person, 'the deletion', '/accounts/deletion/completed');
    await this.mailbox.mailTo(newcomer.email);
    const { rows } = await this.pool.query<{ state: string }>(
      'select state from accounts where id = $1',
      [newcomer.id],
    );
    check(rows[0]!.state === 'deleted', `the deleted one is ${rows[0]!.state}`);
  }

  /** Everybody of the company comes from the first network; each run adds one. */
  async #restricts(person: Visitor): Promise<void> {
    await drafts(person, this.run === 0 ? '192.0.2.0/24,本社' : `198.51.100.${this.run}/32,支店`);
    await startsTrial(person);
    check(person.page.h1 === 'IPアドレス制限の試行中', `the trial: ${person.page.text}`);
    await person.presses('確定する');
    this.#ends(person, 'the confirmation', '/ip-restriction');
    const outside = new Visitor(this.origin, { address: '203.0.113.9' }, person.jar);
    const { status } = await outside.sends('GET', '/');
    check(status === 403, `from elsewhere the TOP page answers ${status}`);
  }

  async #recovers(email: string): Promise<void> {
    const person = this.#visitor();
    await asks(person, email);
    await person.opens(await this.#link(email));
    await finishes(person, { ...MINATO });
    this.#ends(person, 'the recovery', '/password-reset/completed');
  }

  async #signsOut(person: Visitor): Promise<void> {
    await person.opens('/');
    await person.presses('ログアウト');
    await person.opens('/');
    this.#ends(person, 'the sign-out', '/login');
  }

  async #signsIn(loginId: string, password: string): Promise<Visitor> {
    const person = this.#visitor();
    await signsIn(person, { loginId, password });
    check(person.page.h1 === 'TOPページ', `${loginId} does not get in: ${person.page.text}`);
    return person;
  }

  /** Links lead to the public address; people get there through the proxy. */
  async #link(email: string): Promise<string> {
    for (;;) {
      const { text } = await this.mailbox.mailTo(email);
      const link = /^https?:\/\/\S+\/(?:activation|invitation|password-reset)\/\S+$/m.exec(text);
      if (link) return new URL(link[0]).pathname;
    }
  }

  #visitor(): Visitor {
    return new Visitor(this.origin, { address: `192.0.2.${this.run + 1}` });
  }

  #ends(person: Visitor, what: string, path: string): void {
    const { page } = person;
    const isThere = page.status === 200 && page.path.startsWith(path);
    check(isThere, `${what} ends at ${page.path} (${page.status}): ${page.text}`);
  }
}
