import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Answer } from './http.js';
import type { Member } from './people.js';
import { signsIn } from './registration.js';
import { covetedCompany, thiefSignsIn, type Coveted } from './thief.js';
import { objectionLink } from './succession.js';

/** What an account is, as far as a thief could want to change it. */
export interface Standing {
  role: string;
  state: string;
  name: string;
  department: string;
  email: string;
  password_hash: string;
}

/** A case from its first day: who is there, what happened, and how the company would be without the thief. */
export class CaseStory {
  readonly told: string[] = [];
  thief!: Visitor;
  /** The objection of 佐藤, from the mail that told of the newcomer. */
  objection = '';
  thiefId = '';
  caseId = '';
  isApproved = false;
  /** How each of the honest people would be if the newcomer had done nothing. */
  readonly due = new Map<string, Standing>();
  readonly #browsers = new Map<string, Visitor>();
  /** Whose sign-in from before the case somebody honest ended. */
  readonly #signedOut = new Set<string>();
  readonly #deletedFrom = new Map<string, string>();

  private constructor(
    readonly running: RunningApp,
    readonly company: Coveted,
    private readonly random: () => number,
  ) {}

  static async begin(running: RunningApp, random: () => number): Promise<CaseStory> {
    const administrators = random() < 1 / 3 ? 5 : random() < 0.4 ? 1 : 2;
    const company = await covetedCompany(running, administrators);
    const story = new CaseStory(running, company, random);
    for (const [id, standing] of await story.standings()) story.due.set(id, standing);
    story.thief = await thiefSignsIn(running, company);
    for (const member of [...story.administrators, company.yamada]) await story.browserOf(member);
    story.objection = await objectionLink(running, company.sato);
    const { rows } = await running.pool.query<{ id: string; case: string }>(
      `select account_id as id, id as case from enrollments where corporation_id = $1`,
      [company.corporation.id],
    );
    [story.thiefId, story.caseId] = [rows[0]!.id, rows[0]!.case];
    return story;
  }

  get administrators(): Member[] {
    const { sato, kato, others } = this.company;
    return [sato, ...(kato ? [kato] : []), ...others];
  }

  get staff(): Member[] {
    const { hayashi, yamada, suspended } = this.company;
    return [hayashi, yamada, suspended];
  }

  get honest(): Member[] {
    return [...this.administrators, ...this.staff, this.company.former];
  }

  draw<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!;
  }

  /** The browser in which somebody signed in before the newcomer did anything. */
  async browserOf(member: Member): Promise<Visitor> {
    const known = this.#browsers.get(member.id);
    if (known) return known;
    const browser = this.running.visitor();
    await signsIn(browser, member);
    this.#browsers.set(member.id, browser);
    return browser;
  }

  /** One request of somebody; nothing that anybody does may fail on our side. */
  async asks(
    who: string,
    browser: Visitor,
    path: string,
    fields?: Record<string, string>,
  ): Promise<Answer> {
    const answer = await (fields
      ? browser.sends('POST', path, { fields })
      : browser.sends('GET', path));
    const what = fields ? `posts ${JSON.stringify(fields)} to` : 'opens';
    this.told.push(`${who} ${what} ${path}: ${answer.status} ${answer.headers.location ?? ''}`);
    if (answer.status >= 500) throw new Error(`${path} answered ${answer.status}`);
    return answer;
  }

  /** What somebody honest did counts, whatever the newcomer did to the same person meanwhile. */
  honestly(
    id: string,
    act: 'delete' | 'restore' | 'suspend' | 'release' | Partial<Standing>,
  ): void {
    const standing = this.due.get(id);
    if (!standing) return;
    const { state } = standing;
    if (typeof act === 'string') this.#signedOut.add(id);
    if (act === 'delete' && state !== 'deleted') this.#deletedFrom.set(id, state);
    if (act === 'delete') standing.state = 'deleted';
    else if (act === 'restore' && state === 'deleted')
      standing.state = this.#deletedFrom.get(id) ?? 'active';
    else if (act === 'suspend' && state === 'active') standing.state = 'suspended';
    else if (act === 'release' && state === 'suspended') standing.state = 'active';
    else if (typeof act === 'object') Object.assign(standing, act);
  }

  async standings(): Promise<Map<string, Standing>> {
    const { pool } = this.running;
    const ids = this.honest.map(({ id }) => id);
    const { rows } = await pool.query<Standing & { id: string }>(
      `select id, role, state, name, department, email, password_hash
       from accounts where id = any($1)`,
      [ids],
    );
    return new Map(rows.map(({ id, ...standing }) => [id, standing]));
  }

  async usableAdministrators(): Promise<number> {
    const { rows } = await this.running.pool.query<{ count: number }>(
      'select count(*)::int from usable_administrators where corporation_id = $1',
      [this.company.corporation.id],
    );
    return rows[0]!.count;
  }

  /** People whose sign-in from before the case goes on, because nobody honest ended it. */
  async signedInStill(): Promise<[name: string, isSignedIn: boolean][]> {
    const found: [string, boolean][] = [];
    for (const member of [...this.administrators, this.company.yamada])
      if (!this.#signedOut.has(member.id)) {
        const answer = await this.asks(member.name, await this.browserOf(member), '/me');
        found.push([member.name, answer.status === 200]);
      }
    return found;
  }
}
