import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { AccessController } from './access.controller.js';
import { DraftEdits } from './draft/draft-edits.js';
import { DraftCheckController } from './draft/check.controller.js';
import { DraftController } from './draft/draft.controller.js';
import { IpDrafts } from './draft/ip-drafts.js';
import { IpPreviews } from './draft/previews.js';
import { IpReplay } from './draft/replay.js';
import { ForwardingWatch } from './forwarding-watch.js';
import { IpUses } from './ip-uses.js';
import { EndingEntries } from './lists/ending-entries.js';
import { HistoryController } from './history.controller.js';
import { IpLists } from './lists/ip-lists.js';
import { Suspensions } from './lists/suspensions.js';
import { OverviewController } from './overview.controller.js';
import { RefusedPeople } from './refused-people.js';
import { IpRequests } from './requests/ip-requests.js';
import { RequestAdditions } from './requests/request-additions.js';
import { RequestDecisions } from './requests/request-decisions.js';
import { RequestsController } from './requests/requests.controller.js';
import { EmergencyLane } from './tickets/emergency-lane.js';
import { EmergencyTickets } from './tickets/emergency-tickets.js';
import { TicketsController } from './tickets/tickets.controller.js';
import { EndingFromOutside } from './trial/ending-from-outside.js';
import { IpTrials } from './trial/ip-trials.js';
import { TrialVisitors } from './trial/trial-visitors.js';
import { RunningTrial } from './trial/running-trial.js';
import { TrialEndController } from './trial/trial-end.controller.js';
import { TrialController } from './trial/trial.controller.js';

@Module({
  imports: [AuthModule, JobsModule, LimitsModule, MailModule],
  controllers: [
    OverviewController,
    DraftController,
    DraftCheckController,
    TrialController,
    TrialEndController,
    HistoryController,
    AccessController,
    RequestsController,
    TicketsController,
  ],
  providers: [
    DraftEdits,
    EmergencyLane,
    EmergencyTickets,
    EndingEntries,
    EndingFromOutside,
    ForwardingWatch,
    IpDrafts,
    IpLists,
    IpPreviews,
    IpReplay,
    IpRequests,
    IpTrials,
    IpUses,
    RefusedPeople,
    RequestAdditions,
    RequestDecisions,
    RunningTrial,
    Suspensions,
    TrialVisitors,
  ],
  exports: [ForwardingWatch, IpLists, IpUses, Suspensions, TrialVisitors],
})
export class IpRestrictionModule {}
