import { Module } from '@nestjs/common';
import { LogModule } from '../../log/log.module.js';
import { DeskLogController } from './desk-log.controller.js';
import { DeskLogExportController } from './desk-log-export.controller.js';
import { DeskLog } from './desk-log.js';

@Module({
  imports: [LogModule],
  controllers: [DeskLogController, DeskLogExportController],
  providers: [DeskLog],
})
export class DeskLogModule {}
