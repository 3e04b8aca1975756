import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../../../auth/sessions.js';
import { Config } from '../../../config.js';
import { say, type Sentence } from '../../../web/sentence.js';
import { IpDrafts } from '../../draft/ip-drafts.js';
import { foldEntries, type Entry } from '../../networks/fold-entries.js';
import { shortened } from '../../networks/label.js';
import { networkToRegister } from '../../networks/network.js';
import { readNetwork } from '../../networks/read-network.js';
import { difference, isNone } from '../../versions/difference.js';
import { IpVersions, type IpVersion } from '../../versions/ip-versions.js';
import { NewVersions } from '../../versions/new-versions.js';

export type Added = { ok: true } | { ok: false; sentence: Sentence };

/** Lists with one more entry. An entry only ever lets people in, so it needs no trial. */
@Injectable()
export class AddedEntries {
  constructor(
    private readonly config: Config,
    private readonly newVersions: NewVersions,
    private readonly versions: IpVersions,
    private readonly drafts: IpDrafts,
  ) {}

  /**
   * Makes a confirmed version in the caller's transaction, which holds the company, and adds the
   * entry to the draft too, so that the next list does not lose it.
   * @returns why it cannot be added: the sentence is for the administrator who wants to
   */
  async add(
    author: SignedIn,
    { address, label, endsAt }: { address: string; label: string; endsAt: Date },
  ): Promise<Added> {
    const inForce = await this.versions.inForce(author.corporationId);
    const obstacle = obstacleIn(inForce);
    if (obstacle) return { ok: false, sentence: obstacle };
    const reading = readNetwork(networkToRegister(address), this.config.ipAllowPrivate);
    if (!reading.ok) return reading;
    const network = reading.networks[0]!;
    const entry: Entry = { network, label: shortened(label), endsAt };
    const before = await this.versions.entriesOf(inForce!.id);
    const folded = foldEntries([...before, entry]);
    if (!folded.ok) return folded;
    if (isNone(difference(before, folded.entries))) return { ok: true };
    const { entries } = folded;
    await this.newVersions.add(author, { restricts: true, entries, trial: undefined });
    await this.#addToDraft(author, entry);
    return { ok: true };
  }

  async #addToDraft(author: SignedIn, entry: Entry): Promise<void> {
    const { edition } = await this.drafts.find(author.corporationId);
    if (edition === 0) return;
    await this.drafts.edit(author, edition, (entries) => ({
      entries: [...entries, entry],
      told: [],
    }));
  }
}

function obstacleIn(inForce: IpVersion | undefined): Sentence | undefined {
  if (!inForce?.restricts)
    return say('IPアドレス制限は解除されているため、許可の必要がありません。');
  if (inForce.isOnTrial)
    return say(
      '試行中のため、許可を追加できません。試行を確定するか終了してから、許可してください。',
    );
  return undefined;
}
