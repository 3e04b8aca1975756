import { Module } from '@nestjs/common';
import { CompanyLog } from './company-log.js';
import { LogEntries } from './log-entries.js';
import { LogExportController } from './log-export.controller.js';
import { LogPeople } from './log-people.js';
import { LogController } from './log.controller.js';
import { OwnLogController } from './own-log.controller.js';

@Module({
  controllers: [LogController, LogExportController, OwnLogController],
  providers: [CompanyLog, LogEntries, LogPeople],
  exports: [CompanyLog],
})
export class LogModule {}
