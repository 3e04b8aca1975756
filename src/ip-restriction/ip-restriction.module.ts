import { Global, Module } from '@nestjs/common';
import { IpAccessModule } from './access/ip-access.module.js';
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

@Global()
@Module({
  imports: [IpAccessModule],
  controllers: [
    OverviewController,
    DraftController,
    CheckController,
    TrialController,
    TrialConfirmationController,
    EndingController,
    HistoryController,
  ],
  providers: [
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
