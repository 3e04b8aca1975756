import type { Config } from '../../config.js';
import { say } from '../../web/sentence.js';
import { timeline, type Timeline } from '../../web/timeline.js';
import type { SignedIn } from './sessions.js';

/** A newcomer's way to all rights; null for everybody else. */
export function probationLine(
  { isNewcomer, probationEndsAt: at, now }: SignedIn,
  { enrollmentProbation }: Config,
): Timeline | null {
  if (!isNewcomer || !at) return null;
  // Where nobody could be told of the newcomer, the probation goes on beyond its time.
  const start = Math.min(at.getTime() - enrollmentProbation, now.getTime());
  return timeline(now, [
    { label: say('確認期間の開始'), at: new Date(start) },
    { label: say('確認期間の終了'), at },
  ]);
}
