import { WaitingMails } from '../mail/waiting-mails.js';
import type { Environment } from '../read-config.js';
import { say } from '../web/sentence.js';
import { done, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

/**
 * `genkan mail retry`: the running application tries each mail that waits for its next try now.
 * @param bounced instead, the mails that were refused, while their content is kept
 * @param since only those that were refused since then
 */
export function retryMails(
  environment: Environment,
  { bounced, since }: { bounced?: true; since?: Date },
): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const mails = app.get(WaitingMails);
    if (!bounced)
      return done(
        say('待っているメール{count}通を、今から再送します。', { count: await mails.retryNow() }),
      );
    const count = await mails.retryBounced(since);
    return done(say('拒否されたメール{count}通を、今から再送します。', { count }));
  });
}
