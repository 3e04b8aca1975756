import { join } from 'node:path';
import type { Application } from '../application.js';
import { check, type Fault } from '../fault.js';
import type { Stage } from '../stage.js';

const CLOCK = join(import.meta.dirname, '../clock-offset.js');
const OFFSETS = ['+25', '-2'];
const RIGHT = { loginId: 'suzuki-demo', password: 'genkan-demo-2026', next: '/' };
const WRONG = { ...RIGHT, password: 'not-that-2026' };

/** The machine's clock is wrong; the database's is right. */
export const fault: Fault = {
  must: 'clock +25 h / -2 h: nobody is unlocked or thrown out wrongly',
  async run(stage) {
    const right = await stage.startApplication();
    const wrong = [];
    for (const hours of OFFSETS) {
      const environment = { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_OFFSET_HOURS: hours };
      wrong.push({ hours, app: await stage.startApplication(environment) });
    }
    const cookie = await right.signIn();
    for (let failure = 0; failure < 12; failure += 1)
      await right.ask({ path: '/login', form: WRONG });
    // At once, because the first waiting times are short.
    const asked = [right, ...wrong.map(({ app }) => app)];
    const waits = await Promise.all(
      asked.map((app) => app.statusOf({ path: '/login', form: RIGHT })),
    );
    check(
      waits.every((status) => status === 422),
      `the right password is answered with ${waits.join(', ')}`,
    );
    for (const { hours, app } of wrong) {
      const session = await app.statusOf({ path: '/', cookie });
      check(session === 200, `${hours} h: the session answers ${session}`);
      const signedIn = await app.signIn('takahashi-demo');
      const used = await right.statusOf({ path: '/', cookie: signedIn });
      check(used === 200, `${hours} h: a session of there answers ${used} here`);
      const link = await recover(app, stage);
      check(link === 200, `${hours} h: the mailed link answers ${link}`);
    }
    return `${OFFSETS.join(' h, ')} h: waiting time, session, sign-in and mailed link as on a right clock`;
  },
};

async function recover(app: Application, { mailbox, pool }: Stage): Promise<number> {
  await pool.query('delete from limit_counters');
  await app.ask({ path: '/password-reset', form: { email: 'sato@minato.example' } });
  const mail = await mailbox.mailTo('sato@minato.example');
  const visitor = app.visitor();
  const { status } = await visitor.opens(new URL(mailbox.linkIn(mail)).pathname);
  return status;
}
