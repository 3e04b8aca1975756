import { startApp, type RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import { listExists } from './ip-lists.js';
import type { Corporation, Member } from './people.js';
import { signsIn } from './registration.js';

export const OFFICE = '198.51.100.7';
export const HOME = '203.0.113.9';

/** A company whose people come from its office only, and what they need besides. */
export class Restricted {
  running!: RunningApp;
  sakura!: Corporation;
  sato!: Member;
  suzuki!: Member;

  static forThisFile(): Restricted {
    const stage = new Restricted();
    beforeAll(async () => {
      stage.running = await startApp();
      await stage.#people();
    });
    afterAll(() => stage.running.stop());
    return stage;
  }

  /** Signed in at the office, or standing before the page that refuses. */
  async visits(member: Member, address = OFFICE): Promise<Visitor> {
    const person = this.running.visitor({ address });
    await signsIn(person, member);
    return person;
  }

  /** The outcomes of an act in the log, the newest first. */
  async log(act: string): Promise<string[]> {
    const { rows } = await this.running.pool.query<{ reason: string }>(
      'select reason from audit_entries where act = $1 order by id desc',
      [act],
    );
    return rows.map(({ reason }) => reason);
  }

  async #people(): Promise<void> {
    const { people } = this.running;
    const given = { corporateNumber: '1234567', name: '株式会社さくら' };
    const corporation = await people.corporationExists(given);
    this.sakura = corporation;
    this.sato = await people.administratorExists({
      corporation,
      loginId: 'sato',
      name: '佐藤 花子',
    });
    this.suzuki = await people.staffExists({ corporation, loginId: 'suzuki', name: '鈴木 次郎' });
    await listExists(this.running, corporation, ['198.51.100.0/24', '2001:db8:1:2::/64']);
  }
}

/** A day from now on, as a date field has it. */
export async function inDays({ clock }: RunningApp, days: number): Promise<string> {
  const moment = new Date((await clock.now()).getTime() + (days * 24 + 9) * 3_600_000);
  return moment.toISOString().slice(0, 10);
}
