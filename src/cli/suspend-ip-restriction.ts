import { Suspensions } from '../ip-restriction/lists/suspensions.js';
import type { Environment } from '../read-config.js';
import { cleanDigits } from '../web/forms/fields.js';
import { say, type Sentence } from '../web/sentence.js';
import { byOperator } from './by-operator.js';
import { done, refused, type CommandResult } from './command-result.js';
import type { ActOptions } from './decision-options.js';

const REFUSALS = {
  'corporation-unknown': say('この法人番号の法人はありません。'),
  'not-restricted': say('制限がないため、一時停止するものがありません。'),
  'not-suspended': say('一時停止されていません。'),
};

/** `genkan suspend-ip-restriction`: lets the people of a company in from anywhere, for some hours. */
export function suspendIpRestriction(
  environment: Environment,
  typed: string,
  given: ActOptions & { hours: number },
): Promise<CommandResult> {
  const corporateNumber = cleanDigits(typed);
  return byOperator(environment, given, async (app, { operator: by, why: reason }) => {
    const order = { which: { corporateNumber }, hours: given.hours, reason, by };
    const suspended = await app.get(Suspensions).suspend(order);
    if (!suspended.ok) return refused([`${corporateNumber}: `, REFUSALS[suspended.reason]]);
    const { corporationName, endsAt, told } = suspended;
    return done(
      say('{name}：{time}まで制限しません。自動で元に戻ります。', {
        name: corporationName,
        time: endsAt.toISOString(),
      }),
      toldWhy(told),
    );
  });
}

/** `genkan resume-ip-restriction`: ends that before its time. */
export function resumeIpRestriction(
  environment: Environment,
  typed: string,
  given: ActOptions,
): Promise<CommandResult> {
  const corporateNumber = cleanDigits(typed);
  return byOperator(environment, given, async (app, { operator: by, why: reason }) => {
    const resumed = await app.get(Suspensions).resume({ which: { corporateNumber }, reason, by });
    if (!resumed.ok) return refused([`${corporateNumber}: `, REFUSALS[resumed.reason]]);
    const { corporationName: name, told } = resumed;
    return done(say('{name}：IPアドレス制限の一時停止を終えました。', { name }), toldWhy(told));
  });
}

function toldWhy(administrators: number): Sentence {
  return administrators === 1
    ? say('管理者1名に、理由をメールでお知らせします。')
    : say('管理者{count}名に、理由をメールでお知らせします。', { count: administrators });
}
