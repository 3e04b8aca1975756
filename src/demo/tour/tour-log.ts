import type { AuditEntry } from '../../audit/audit-entry.entity.js';
import type { Act } from '../../audit/acts.js';
import type { Reason } from '../../audit/reasons.js';

export type Logged = Pick<AuditEntry, 'act' | 'reason' | 'accountId'>;

/** An act, and how it ended where that is not `done`. */
export type TourDeed = Act | readonly [Act, Reason];

/** What happened in the demo so far, in its order. */
export class TourLog {
  constructor(private readonly entries: readonly Logged[]) {}

  /** The deeds are there, one after the other, about one account. */
  has(...deeds: TourDeed[]): boolean {
    const accounts = Map.groupBy(this.entries, ({ accountId }) => accountId);
    return [...accounts.values()].some((entries) => follow(entries, deeds));
  }
}

function follow(entries: readonly Logged[], deeds: readonly TourDeed[]): boolean {
  let next = 0;
  for (const { act, reason } of entries) {
    const deed = deeds[next];
    if (deed === undefined) break;
    const [wanted, ending] = typeof deed === 'string' ? [deed, 'done'] : deed;
    if (act === wanted && reason === ending) next += 1;
  }
  return next === deeds.length;
}
