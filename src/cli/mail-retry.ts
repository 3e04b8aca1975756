import { MailDeliveries } from '../mail/mail-deliveries.js';
import { done, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

/** `genkan mail retry`: the running application tries each mail that waits for its next try now. */
export function retryMails(
  environment: Record<string, string | undefined>,
): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const count = await app.get(MailDeliveries).retryNow();
    return done(`${count} waiting mails are tried again now.`);
  });
}
