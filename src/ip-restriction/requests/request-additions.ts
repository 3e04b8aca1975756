import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { say, type Sentence } from '../../web/sentence.js';
import { IpLists } from '../lists/ip-lists.js';
import type { IpVersion } from '../lists/ip-version.entity.js';
import { foldEntries, type Entry } from '../networks/fold-entries.js';
import { shortened } from '../networks/label.js';
import { networkToRegister } from '../networks/network.js';
import { readNetwork } from '../networks/read-network.js';
import type { IpRequest } from './ip-request.entity.js';

/** Why a request cannot be granted now, and where that can be changed. */
export interface Obstacle {
  sentence: Sentence;
  path: string;
  act: Sentence;
}

export type Addition =
  { ok: true; entry: Entry; before: Entry[]; entries: Entry[] } | { ok: false; obstacle: Obstacle };

const NOT_RESTRICTED = say('IPアドレス制限は解除されているため、許可の必要がありません。');
const SETTINGS = { path: '/ip-restriction', act: say('現在の設定を確認する') };
const TRIAL = { path: '/ip-restriction/trial', act: say('試行の確定または終了へ進む') };

/** The entry by which a request is granted: the pages ask before they offer it, and the decision asks again. */
@Injectable()
export class RequestAdditions {
  constructor(
    private readonly config: Config,
    private readonly lists: IpLists,
  ) {}

  /** @returns undefined when nothing keeps this company from granting requests */
  async obstacle(corporationId: string): Promise<Obstacle | undefined> {
    return obstacleOf(await this.lists.inForce(corporationId));
  }

  /** The list in force with the requested address, until the requested end. */
  async of({ account, address, purpose, wantedUntil, corporation }: IpRequest): Promise<Addition> {
    const inForce = await this.lists.inForce(corporation.id);
    const obstacle = obstacleOf(inForce);
    if (obstacle) return { ok: false, obstacle };
    const reading = readNetwork(networkToRegister(address), this.config.ipAllowPrivate);
    if (!reading.ok) return refused(reading.sentence);
    const label = shortened(`${account.name}（${purpose}）`);
    const entry: Entry = { network: reading.networks[0]!, label, endsAt: wantedUntil };
    const before = await this.lists.entriesOf(inForce?.id);
    const folded = foldEntries([...before, entry]);
    if (!folded.ok) return refused(folded.sentence);
    return { ok: true, entry, before, entries: folded.entries };
  }
}

function obstacleOf(inForce: IpVersion | undefined): Obstacle | undefined {
  if (!inForce?.restricts) return { ...SETTINGS, sentence: NOT_RESTRICTED };
  if (!inForce.isOnTrial) return undefined;
  const sentence = say(
    '{time}（日本時間）まで設定の試行中のため、依頼を許可できません。試行を確定するか終了してから、許可してください。',
    { time: inForce.trialEndsAt! },
  );
  return { ...TRIAL, sentence };
}

function refused(sentence: Sentence): Addition {
  return { ok: false, obstacle: { ...SETTINGS, sentence } };
}
