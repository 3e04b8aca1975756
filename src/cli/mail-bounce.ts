import type { Readable } from 'node:stream';
import { Config } from '../config.js';
import { partOf } from '../mail/bounces/mime-parts.js';
import { beginningOf, linesAsText } from '../mail/bounces/bounce-report.js';
import { Bounces, type BounceOutcome } from '../mail/bounces/bounces.js';
import { ReturnPaths } from '../mail/return-paths.js';
import type { Environment } from '../read-config.js';
import { say, type Sentence } from '../web/sentence.js';
import { done, refused, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

/** EX_TEMPFAIL of sysexits: the mail server keeps the message and comes again. */
const TRY_AGAIN = 75;

/** Where mail servers write to whom they deliver, the surest first. */
const HEADERS = ['x-original-to', 'delivered-to', 'envelope-to', 'x-envelope-to', 'to'];

const WORDS: Record<BounceOutcome, Sentence> = {
  'unknown-address': say('メール不達として記録しました（宛先不明）。'),
  'domain-gone': say('メール不達として記録しました（ドメインなし）。'),
  'mailbox-full': say('メール不達として記録しました（容量超過）。'),
  refused: say('メール不達として記録しました（受信拒否）。'),
  other: say('メール不達として記録しました（その他）。'),
  delayed: say('配送の遅れの知らせです。何も変更しません。'),
  'other-recipient': say('ほかの宛先についての知らせです。何も変更しません。'),
  'no-report': say('不達の知らせではありません。何も変更しません。'),
  over: say('このメールは、不達を記録済みか、送信から7日を過ぎています。何も変更しません。'),
  'unknown-path': say('返送先のアドレスに当てはまるメールがありません。何も変更しません。'),
};

/**
 * `genkan mail bounce`: takes one mail that came back. Whatever prevents it is answered so that the
 * mail server tries again: a wrong configuration loses no bounce either.
 */
export function takeBounce(stdin: Readable) {
  return async (environment: Environment, { recipient }: { recipient?: string }) => {
    try {
      const raw = await beginningOf(stdin);
      const result = await withApp(environment, async (app) => {
        if (app.get(Config).bounceDomain === undefined)
          return refused(say('BOUNCE_DOMAIN が指定されていません。'));
        const path = recipient ?? pathIn(raw, app.get(ReturnPaths));
        if (path === undefined) return done(WORDS['unknown-path']);
        return done(WORDS[await app.get(Bounces).take(path, raw)]);
      });
      return result.done ? result : later(result);
    } catch (error) {
      const { reasonsOf } = await import('../server/reasons-of.js');
      return later(refused(...reasonsOf(error)));
    }
  };
}

function later(result: CommandResult): CommandResult {
  return { ...result, exitCode: TRY_AGAIN };
}

function pathIn(raw: Buffer, paths: ReturnPaths): string | undefined {
  const { headers } = partOf(linesAsText(raw));
  return HEADERS.flatMap((name) => (headers.get(name) ?? '').split(/[\s<>,;]+/)).find((word) =>
    paths.read(word),
  );
}
