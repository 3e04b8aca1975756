import { Controller, Get } from '@nestjs/common';
import { Me } from '../auth/me.js';
import type { SignedIn } from '../auth/sessions.js';
import { AdministratorsOnly, IpPages } from '../web/access.js';
import { page, type Answer } from '../web/answers.js';
import { momentInWords } from '../web/moment-in-words.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { EndingEntries } from './access/ends/ending-entries.js';
import { IpRequests } from './access/requests/ip-requests.js';
import { IpDrafts } from './draft/ip-drafts.js';
import { entryView } from './entry-view.js';
import { admits } from './networks/matcher.js';
import { IpVersions } from './versions/ip-versions.js';

/** IPアドレス制限: what holds now, and where it is changed. */
@Controller('ip-restriction')
@AdministratorsOnly()
@IpPages()
export class OverviewController {
  constructor(
    private readonly versions: IpVersions,
    private readonly drafts: IpDrafts,
    private readonly ending: EndingEntries,
    private readonly requests: IpRequests,
  ) {}

  @Get()
  async show(
    @Me() { corporationId, isAdmitted, admittedBy, isEmergency }: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const { language, address } = visit;
    const version = await this.versions.inForce(corporationId);
    const suspension = await this.versions.suspension(corporationId);
    const entries = await this.versions.entriesOf(version?.id);
    const kept = version ? await this.ending.keptOf(version.id) : [];
    const draft = await this.drafts.find(corporationId);
    const words = (moment: Date | null) => moment && momentInWords(moment, language);
    return page('ip-restriction/overview', say('IPアドレス制限'), {
      restricts: version?.restricts ?? false,
      trialEndsAt: version?.isOnTrial ? words(version.trialEndsAt) : null,
      suspension: suspension ? { ...suspension, endsAt: words(suspension.endsAt) } : null,
      version: version
        ? {
            number: version.number,
            name: version.confirmedByName ?? version.authorName,
            time: words(version.confirmedAt ?? version.createdAt),
          }
        : null,
      address,
      isAdmitted,
      ownEntry: admittedBy === null ? null : (admits(entries, address) ?? null),
      entries: entries.map((entry) => ({
        ...entryView(entry, language),
        lastUsed: words(entry.lastUsedAt),
        kept: kept.includes(entry.network),
      })),
      keptCount: kept.length,
      isEmergency,
      openRequests: (await this.requests.open(corporationId)).length,
      draft: draft.edition > 0 ? { name: draft.editedByName, time: words(draft.editedAt) } : null,
    });
  }
}
