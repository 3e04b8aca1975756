import type { RunningApp } from './app.js';
import { office } from './invitation.js';
import type { Mail } from './mailbox.js';
import { signsIn } from './registration.js';

let people = 0;

/** A colleague of 佐藤, who sends him a notice. */
export async function isNoticed(running: RunningApp) {
  const { person, corporation } = await office(running);
  people += 1;
  const given = { corporation, loginId: `tanaka-bounce-${people}`, name: '田中 健' };
  const tanaka = await running.people.staffExists(given);
  const noticeHim = async () => {
    await signsIn(running.visitor(), tanaka);
    await person.opens(`/accounts/${tanaka.id}`);
    await person.presses('すべての端末からログアウトさせる');
  };
  await noticeHim();
  const mail = await running.mailbox.mailTo(tanaka.email, 'ログアウト');
  await running.mailbox.everythingIsSent();
  return { person, tanaka, mail, noticeHim };
}

/** What became of the mail, why, and in which words of a server. */
export async function deliveryStateOf({ pool }: RunningApp, { messageId }: Mail) {
  const { rows } = await pool.query<{ state: string; why: string | null; said: string }>(
    `select state, bounce_class as why, server_answer as said from mail_deliveries where id = $1`,
    [messageId.slice(1, 37)],
  );
  return rows[0]!;
}
