import { Module } from '@nestjs/common';
import { CorporationsModule } from '../../corporations/corporations.module.js';
import { JobsModule } from '../../jobs/jobs.module.js';
import { DeskImports } from './desk-imports.js';
import { DeskImportController } from './desk-import.controller.js';
import { ImportFiles } from './import-files.js';
import { ImportReportController } from './import-report.controller.js';
import { ImportRuns } from './import-runs.js';
import { ImportsController } from './imports.controller.js';
import { KeptReports } from './kept-reports.js';

@Module({
  imports: [CorporationsModule, JobsModule],
  controllers: [ImportsController, DeskImportController, ImportReportController],
  providers: [DeskImports, ImportFiles, ImportRuns, KeptReports],
})
export class ImportsModule {}
