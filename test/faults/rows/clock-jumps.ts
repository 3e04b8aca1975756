import { join } from 'node:path';
import { check, type Fault } from '../fault.js';

const CLOCK = join(import.meta.dirname, '../clock-offset.js');
const RIGHT = { loginId: 'suzuki-demo', password: 'genkan-demo-2026', next: '/' };
const WRONG = { ...RIGHT, password: 'not-that-2026' };

/** The machine's clock is wrong; the database's is right. */
export const fault: Fault = {
  must: 'clock +25 h / -2 h: nobody is unlocked or thrown out wrongly',
  async run(stage) {
    const right = await stage.startApplication();
    const cookie = await right.signIn();
    let failures = 0;
    for (; failures < 12; failures += 1) await right.ask({ path: '/login', form: WRONG });
    const waits = await right.statusOf({ path: '/login', form: RIGHT });
    check(waits === 422, `after ${failures} failures the right password answers ${waits}`);
    const seen: string[] = [];
    for (const hours of ['25', '-2']) {
      const app = await stage.startApplication({
        NODE_OPTIONS: `--import=${CLOCK}`,
        CLOCK_OFFSET_HOURS: hours,
      });
      const session = await app.statusOf({ path: '/', cookie });
      const locked = await app.statusOf({ path: '/login', form: RIGHT });
      const signsIn = await app.signIn('takahashi-demo');
      const used = await right.statusOf({ path: '/', cookie: signsIn });
      check(session === 200, `${hours} h: the session answers ${session}`);
      check(locked === 422, `${hours} h: the one who waits gets ${locked}`);
      check(used === 200, `${hours} h: the new session answers ${used}`);
      const link = await recover(app, stage);
      check(link === 200, `${hours} h: the mailed link answers ${link}`);
      await app.stop();
      seen.push(`${hours} h: session, waiting time, sign-in, mailed link as before`);
    }
    return seen.join('; ');
  },
};

async function recover(
  app: Awaited<ReturnType<Parameters<Fault['run']>[0]['startApplication']>>,
  { mailbox, pool }: Parameters<Fault['run']>[0],
): Promise<number> {
  await pool.query('delete from limit_counters');
  await app.ask({ path: '/password-reset', form: { email: 'sato@minato.example' } });
  const mail = await mailbox.mailTo('sato@minato.example');
  const visitor = app.visitor();
  const { status } = await visitor.opens(new URL(mailbox.linkIn(mail)).pathname);
  return status;
}
