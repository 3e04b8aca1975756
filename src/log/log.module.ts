import { Module } from '@nestjs/common';
import { AuditExport } from './audit-export.js';
import { CompanyLog } from './company-log.js';
import { LogEntries } from './query/log-entries.js';
import { LogExportController } from './log-export.controller.js';
import { LogPeople } from './query/log-people.js';
import { LogController } from './log.controller.js';
import { OwnLogController } from './own-log.controller.js';

@Module({
  controllers: [LogController, LogExportController, OwnLogController],
  providers: [AuditExport, CompanyLog, LogEntries, LogPeople],
  exports: [LogEntries],
})
export class LogModule {}
