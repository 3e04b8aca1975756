import { Controller, Get, Query } from '@nestjs/common';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { AdministratorsOnly, IpPages } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { say } from '../../web/sentence.js';
import type { Language } from '../../web/texts.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { differenceView, pageOf, pagination } from '../entry-view.js';
import { difference } from './difference.js';
import { IpVersions, type IpVersion } from './ip-versions.js';

const VERSIONS_ON_A_PAGE = 10;

/** Every list that ever was: who made it, what it changed, what became of it. */
@Controller('ip-restriction/versions')
@AdministratorsOnly()
@IpPages()
export class HistoryController {
  constructor(private readonly versions: IpVersions) {}

  @Get()
  async show(
    @Query('page') number: unknown,
    @Me() { corporationId }: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const total = await this.versions.count(corporationId);
    const here = pageOf(number, VERSIONS_ON_A_PAGE, total);
    const from = here * VERSIONS_ON_A_PAGE;
    const versions = await this.versions.history(corporationId, from, VERSIONS_ON_A_PAGE);
    const inForce = await this.versions.inForce(corporationId);
    const views = await Promise.all(
      versions.map((version) => this.#view(version, version.id === inForce?.id, visit.language)),
    );
    return page('ip-restriction/versions', say('IPアドレス制限の履歴'), {
      versions: views,
      pages:
        total > VERSIONS_ON_A_PAGE
          ? pagination(here, VERSIONS_ON_A_PAGE, total, '/ip-restriction/versions?page=')
          : null,
    });
  }

  async #view(version: IpVersion, isInForce: boolean, language: Language) {
    const before = await this.versions.entriesOf(version.follows ?? undefined);
    const after = await this.versions.entriesOf(version.id);
    const words = (moment: Date | null) => moment && momentInWords(moment, language);
    return {
      number: version.number,
      restricts: version.restricts,
      isInForce,
      outcome: outcomeOf(version),
      authorName: version.authorName,
      created: words(version.createdAt),
      confirmedByName: version.confirmedByName,
      confirmed: words(version.confirmedAt),
      endedByName: version.endedByName,
      ended: words(version.endedAt ?? (version.confirmedAt ? null : version.trialEndsAt)),
      count: after.length,
      difference: differenceView(difference(before, after), language),
    };
  }
}

function outcomeOf({ isOnTrial, confirmedAt, endedBecause }: IpVersion) {
  if (endedBecause) return endedBecause;
  if (confirmedAt) return 'confirmed';
  return isOnTrial ? 'on-trial' : 'lapsed';
}
