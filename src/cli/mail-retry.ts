import { WaitingMails } from '../mail/waiting-mails.js';
import { done, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

/**
 * `genkan mail retry`: the running application tries each mail that waits for its next try now.
 * @param bounced instead, the mails that were refused, while their content is kept
 * @param since only those that were refused since then
 */
export function retryMails(
  environment: Record<string, string | undefined>,
  { bounced, since }: { bounced?: true; since?: Date },
): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const mails = app.get(WaitingMails);
    if (!bounced) return done(`${await mails.retryNow()} waiting mails are tried again now.`);
    const count = await mails.retryBounced(since ?? new Date(0));
    return done(`${count} mails that were refused are tried again now.`);
  });
}
