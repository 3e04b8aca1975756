import { Controller, Get } from '@nestjs/common';
import { Me } from '../auth/sessions/me.js';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { AdministratorsOnly, IpPages } from '../web/access.js';
import { page, type Answer } from '../web/answers.js';
import { say } from '../web/sentence.js';
import { IpDrafts } from './draft/ip-drafts.js';
import { EndingEntries } from './lists/ending-entries.js';
import { IpLists } from './lists/ip-lists.js';
import { entryView, trialLine } from './lists/list-views.js';
import { admits } from './networks/matcher.js';
import { IpRequests } from './requests/ip-requests.js';

/** IPアドレス制限: the list in force, with links to all that changes it. */
@Controller('ip-restriction')
@AdministratorsOnly()
@IpPages()
export class OverviewController {
  constructor(
    private readonly lists: IpLists,
    private readonly drafts: IpDrafts,
    private readonly ending: EndingEntries,
    private readonly requests: IpRequests,
  ) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const { corporationId, isEmergency, now, admittedBy } = person;
    const { address } = person.visit;
    const list = await this.lists.inForce(corporationId);
    const suspension = await this.lists.suspension(corporationId);
    const entries = await this.lists.entriesOf(list?.id);
    const kept = list ? await this.ending.keptOf(list.id) : [];
    const lasting = entries.filter(
      ({ endsAt, network }) => endsAt === null || endsAt > now || kept.includes(network),
    );
    const draft = await this.drafts.find(corporationId);
    return page('ip-restriction/overview', say('IPアドレス制限'), {
      state: await this.lists.state(corporationId),
      restricts: list?.restricts ?? false,
      trial: list?.isOnTrial ? trialLine(list, now) : null,
      suspension: suspension && { endsAt: suspension.endsAt, reason: suspension.reason },
      version: list && {
        number: list.number,
        name: list.confirmedByName ?? list.authorName,
        time: list.confirmedAt ?? list.createdAt,
      },
      address,
      ownEntry: list?.restricts ? (admits(lasting, address) ?? null) : null,
      entries: entries.map((entry) => ({
        ...entryView(entry),
        // This request is a use, which is written within a minute.
        lastUsed: entry.network === admittedBy ? now : entry.lastUsedAt,
        kept: kept.includes(entry.network),
      })),
      keptCount: kept.length,
      isEmergency,
      openRequests: (await this.requests.open(corporationId)).length,
      draft: draft.edition > 0 ? { name: draft.editedByName, time: draft.editedAt } : null,
    });
  }
}
