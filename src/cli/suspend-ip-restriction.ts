import { userInfo } from 'node:os';
import { Suspensions } from '../ip-restriction/lists/suspensions.js';
import { cleanDigits } from '../web/forms/fields.js';
import { done, refused, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

type Environment = Record<string, string | undefined>;

const REASONS = {
  'corporation-unknown': 'no company has this number.',
  'not-restricted': 'nothing is restricted, so there is nothing to suspend.',
};

/** `genkan suspend-ip-restriction`: lets the people of a company in from anywhere, for some hours. */
export function suspendIpRestriction(
  environment: Environment,
  typed: string,
  { hours, reason }: { hours: number; reason: string },
): Promise<CommandResult> {
  const corporateNumber = cleanDigits(typed);
  return withApp(environment, async (app) => {
    const order = { corporateNumber, hours, reason, by: userInfo().username };
    const suspended = await app.get(Suspensions).suspend(order);
    if (!suspended.ok) return refused(`${corporateNumber}: ${REASONS[suspended.reason]}`);
    const { corporationName, endsAt, told } = suspended;
    return done(
      `${corporationName}: nothing is restricted until ${endsAt.toISOString()}. It ends by itself.`,
      `${told} ${told === 1 ? 'administrator gets' : 'administrators get'} a mail with the reason.`,
    );
  });
}
