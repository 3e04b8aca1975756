import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Config } from '../../config.js';
import { databaseNow } from '../../database/clock.js';
import { say, type Sentence } from '../../web/sentence.js';
import { difference, isNone, type Difference } from '../lists/difference.js';
import { IpLists } from '../lists/ip-lists.js';
import type { IpVersion } from '../lists/ip-version.entity.js';
import { differenceView } from '../lists/list-views.js';
import type { Entry } from '../networks/fold-entries.js';
import { Matcher } from '../networks/matcher.js';
import { networkFrom } from '../networks/network.js';
import { isUnlistable } from '../networks/read-network.js';
import { IpDrafts } from './ip-drafts.js';
import { IpReplay, type Replay } from './replay.js';

/** The list to put in force next: the draft, or no restriction at all. */
export type NextList = 'draft' | 'off';

export interface Preview {
  list: NextList;
  edition: number;
  restricts: boolean;
  entries: Entry[];
  /** Remarks on the last edit. */
  told: Sentence[];
  /** Compared with the list in force. */
  difference: Difference;
  /** The list that decides now is the same. */
  isInForce: boolean;
  /** Ended entries are left out. */
  matcher: Matcher<Entry>;
  /** True when the visitor could still sign in from the present address. */
  admitsVisitor: boolean;
  /** No list takes that address. */
  isUnlistable: boolean;
  replay: Replay | undefined;
  obstacle: 'trial-running' | 'nothing-changed' | 'no-administrator-admitted' | undefined;
}

export interface Proposal {
  list: NextList;
  edition: number;
  /** The length of the trial; undefined to apply the list without one. */
  minutes: number | undefined;
}

export type ListRefusal =
  NonNullable<Preview['obstacle']> | 'edited-meanwhile' | 'address-refused' | 'trial-only';

export const LIST_REFUSALS: Record<ListRefusal, Sentence> = {
  'trial-running': say(
    'すでに別の設定を試行しています。確定するか終了してから、もう一度操作してください。',
  ),
  'edited-meanwhile': say(
    'ページを開いたあとに、下書きが編集されました。最新の内容をご確認のうえ、もう一度操作してください。',
  ),
  'nothing-changed': say('現在の設定と同じ内容のため、反映するものがありません。'),
  'no-administrator-admitted': say(
    'この設定では、管理者の方がどなたもログインできなくなるため、反映できません。管理者の方が使うIPアドレスを追加してください。',
  ),
  'address-refused': say(
    '今お使いのIPアドレスは新しい設定に含まれないため、試行せずに反映することはできません。試行を始めるか、今お使いのIPアドレスを追加してください。',
  ),
  'trial-only': say('緊急用チケットでログインしているあいだは、試行だけを始められます。'),
};

@Injectable()
export class IpPreviews {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly lists: IpLists,
    private readonly drafts: IpDrafts,
    private readonly replays: IpReplay,
  ) {}

  async of(list: NextList, { corporationId, visit }: SignedIn): Promise<Preview> {
    const now = await databaseNow(this.em);
    const inForce = await this.lists.inForce(corporationId);
    const before = await this.lists.entriesOf(inForce?.id);
    const draft = await this.drafts.find(corporationId);
    const restricts = list === 'draft';
    const entries = restricts ? draft.entries : [];
    const lasting = entries.filter(({ endsAt }) => endsAt === null || endsAt > now);
    const matcher = new Matcher(lasting);
    const compared = difference(before, entries);
    const preview = {
      list,
      edition: draft.edition,
      restricts,
      entries,
      told: restricts ? draft.told : [],
      difference: compared,
      isInForce: (inForce?.restricts ?? false) === restricts && isNone(compared),
      matcher,
      admitsVisitor: !restricts || matcher.find(visit.address) !== undefined,
      isUnlistable: isUnlistable(visit.address, this.config.ipAllowPrivate),
      replay: restricts ? await this.replays.of(corporationId, lasting) : undefined,
    };
    return { ...preview, obstacle: obstacleOf(preview, inForce) };
  }
}

function obstacleOf(preview: Omit<Preview, 'obstacle'>, inForce: IpVersion | undefined) {
  const { isInForce, admitsVisitor, replay } = preview;
  if (inForce?.isOnTrial) return 'trial-running';
  if (isInForce) return 'nothing-changed';
  return !admitsVisitor && replay?.administrators === 0 ? 'no-administrator-admitted' : undefined;
}

/** A trial ends by itself; a list for good must be one that the administrator can change again. */
export function refusalOf(
  { isEmergency }: SignedIn,
  { list, edition, minutes }: Proposal,
  preview: Preview,
): ListRefusal | undefined {
  if (preview.obstacle === 'trial-running') return 'trial-running';
  if (list === 'draft' && edition !== preview.edition) return 'edited-meanwhile';
  if (preview.obstacle) return preview.obstacle;
  if (minutes !== undefined) return undefined;
  if (isEmergency) return 'trial-only';
  return preview.admitsVisitor ? undefined : 'address-refused';
}

/** The family by which people signed in and of which the list has no entry. */
export function missingFamily({ replay, entries }: Preview): 'IPv4' | 'IPv6' | null {
  const listed = new Set(entries.map(({ network }) => networkFrom(network).family));
  const missing = replay!.families.find((family) => !listed.has(family));
  return missing && listed.size > 0 ? `IPv${missing}` : null;
}

export function previewView(preview: Preview, { visit: { address } }: SignedIn) {
  const { edition, restricts, entries, obstacle = null, admitsVisitor, isUnlistable } = preview;
  const difference = differenceView(preview.difference);
  const is = { obstacle, admitsVisitor, isUnlistable };
  return { edition, restricts, count: entries.length, difference, ...is, address };
}
