import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../database/sql.js';
import type { Visit } from '../../web/visit.js';
import type { Entry } from '../networks/fold-entries.js';
import { Matcher } from '../networks/matcher.js';
import { difference, isNone, type Difference } from '../versions/difference.js';
import { IpVersions } from '../versions/ip-versions.js';
import { IpDrafts } from './ip-drafts.js';
import { IpReplay, type Replay } from './replay.js';

/** The list to put in force next: the draft, or no restriction at all. */
export type NextList = 'draft' | 'off';

/** The effects of putting a list in force now. */
export interface Preview {
  list: NextList;
  /** The edition of the draft that was previewed. */
  edition: number;
  restricts: boolean;
  entries: Entry[];
  /** Compared with the list in force. */
  difference: Difference;
  /** Ended entries are left out. */
  matcher: Matcher<Entry>;
  /** True when the visitor could still sign in from the present address. */
  admitsVisitor: boolean;
  replay: Replay | undefined;
  /** The reason why a trial cannot start. */
  obstacle: 'trial-running' | 'nothing-changed' | 'no-administrator-admitted' | undefined;
}

/** Computes the effects of a list before it is in force. */
@Injectable()
export class IpPreviews {
  constructor(
    private readonly em: EntityManager,
    private readonly versions: IpVersions,
    private readonly drafts: IpDrafts,
    private readonly replays: IpReplay,
  ) {}

  async of(list: NextList, corporationId: string, { address }: Visit): Promise<Preview> {
    const now = await databaseNow(this.em);
    const inForce = await this.versions.inForce(corporationId);
    const before = await this.versions.entriesOf(inForce?.id);
    const restricts = list === 'draft';
    const draft = await this.drafts.find(corporationId);
    const entries = restricts ? draft.entries : [];
    const matcher = new Matcher(entries.filter(({ endsAt }) => endsAt === null || endsAt > now));
    const found = difference(before, entries);
    const admitsVisitor = !restricts || matcher.find(address) !== undefined;
    const replay = restricts ? await this.replays.of(corporationId, entries, now) : undefined;
    const isSame = (inForce?.restricts ?? false) === restricts && isNone(found);
    const nobody = !admitsVisitor && replay?.administrators === 0;
    const obstacle = inForce?.isOnTrial
      ? 'trial-running'
      : isSame
        ? 'nothing-changed'
        : nobody
          ? 'no-administrator-admitted'
          : undefined;
    const { edition } = draft;
    return {
      list,
      edition,
      restricts,
      entries,
      difference: found,
      matcher,
      admitsVisitor,
      replay,
      obstacle,
    };
  }
}
