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

/** Which list is to follow: the draft, or no restriction at all. */
export type NextList = 'draft' | 'off';

/** What would happen if a list were put in force now. */
export interface Preview {
  list: NextList;
  /** Of the draft that was looked at. */
  edition: number;
  restricts: boolean;
  entries: Entry[];
  /** Against the list in force. */
  difference: Difference;
  /** Finds the entry that would admit an address; entries that ended admit nobody. */
  matcher: Matcher<Entry>;
  /** Whether the visitor could come from where they are. */
  admitsVisitor: boolean;
  replay: Replay | undefined;
  /** Why it cannot even be tried. */
  obstacle: 'trial-running' | 'nothing-changed' | 'no-administrator-admitted' | undefined;
}

/** Looks at a list before it bites; changes nothing. */
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
