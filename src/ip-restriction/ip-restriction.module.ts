import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { EndingEntries } from './access/ends/ending-entries.js';
import { AccessController } from './access/refused/access.controller.js';
import { RefusedPeople } from './access/refused/refused-people.js';
import { AddedEntries } from './access/requests/added-entries.js';
import { IpRequests } from './access/requests/ip-requests.js';
import { RequestDecisions } from './access/requests/request-decisions.js';
import { RequestsController } from './access/requests/requests.controller.js';
import { Suspensions } from './access/suspensions.js';
import { EmergencyLane } from './access/tickets/emergency-lane.js';
import { EmergencySessions } from './access/tickets/emergency-sessions.js';
import { EmergencyTickets } from './access/tickets/emergency-tickets.js';
import { TicketRenewal } from './access/tickets/ticket-renewal.js';
import { TicketsController } from './access/tickets/tickets.controller.js';
import { CheckController } from './draft/check.controller.js';
import { DraftEditor } from './draft/draft-editor.js';
import { DraftPages } from './draft/draft-page.js';
import { DraftController } from './draft/draft.controller.js';
import { IpDrafts } from './draft/ip-drafts.js';
import { IpPreviews } from './draft/previews.js';
import { IpReplay } from './draft/replay.js';
import { ForwardingWatch } from './forwarding-watch.js';
import { IpUses } from './ip-uses.js';
import { OverviewController } from './overview.controller.js';
import { EndingController } from './versions/ending.controller.js';
import { HistoryController } from './versions/history.controller.js';
import { IpAnnouncements } from './versions/ip-announcements.js';
import { IpChanges } from './versions/ip-changes.js';
import { IpObjections } from './versions/ip-objections.js';
import { IpTrials } from './versions/ip-trials.js';
import { IpVersions } from './versions/ip-versions.js';
import { NewVersions } from './versions/new-versions.js';
import { TrialConfirmationController } from './versions/trial-confirmation.controller.js';
import { TrialEnds } from './versions/trial-ends.js';
import { TrialPages } from './versions/trial-pages.js';
import { TrialController } from './versions/trial.controller.js';

@Module({
  imports: [AuthModule, JobsModule, LimitsModule, MailModule],
  controllers: [
    AccessController,
    RequestsController,
    TicketsController,
    OverviewController,
    DraftController,
    CheckController,
    TrialController,
    TrialConfirmationController,
    EndingController,
    HistoryController,
  ],
  providers: [
    AddedEntries,
    EmergencyLane,
    EmergencySessions,
    EmergencyTickets,
    EndingEntries,
    IpRequests,
    RefusedPeople,
    RequestDecisions,
    Suspensions,
    TicketRenewal,
    DraftEditor,
    DraftPages,
    ForwardingWatch,
    IpAnnouncements,
    IpChanges,
    IpDrafts,
    IpObjections,
    IpPreviews,
    IpReplay,
    IpTrials,
    IpUses,
    IpVersions,
    NewVersions,
    TrialEnds,
    TrialPages,
  ],
  exports: [ForwardingWatch, IpDrafts, IpObjections, IpTrials, IpUses, IpVersions, NewVersions],
})
export class IpRestrictionModule {}
