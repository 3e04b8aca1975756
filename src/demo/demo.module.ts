import { Module } from '@nestjs/common';
import { DemoController } from './demo.controller.js';
import { Mailbox } from './mailbox.js';

@Module({ controllers: [DemoController], providers: [Mailbox] })
export class DemoModule {}
