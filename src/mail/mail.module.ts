import { Global, Module } from '@nestjs/common';
import { MailerModule } from '@nestjs-modules/mailer';
import { Pool } from 'pg';
import { Config } from '../config.js';
import { InvitationMails } from './invitation-mails.js';
import { MailDeliveries } from './mail-deliveries.js';
import { MailLimits } from './mail-limits.js';
import { MailQueue } from './mail-queue.js';
import { Mails } from './mails.js';
import { OwnAccountMails } from './own-account-mails.js';
import { transport } from './transport.js';

@Global()
@Module({
  imports: [
    MailerModule.forRootAsync({ imports: [], inject: [Config, Pool], useFactory: transport }),
  ],
  providers: [InvitationMails, MailDeliveries, MailLimits, MailQueue, Mails, OwnAccountMails],
  exports: [InvitationMails, MailDeliveries, MailLimits, MailQueue, Mails, OwnAccountMails],
})
export class MailModule {}
