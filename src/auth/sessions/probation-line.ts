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
  return timeline(now, [
    { label: say('確認期間の開始'), at: new Date(at.getTime() - enrollmentProbation) },
    { label: say('確認期間の終了'), at },
  ]);
}
