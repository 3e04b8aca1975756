import { EntityManager } from '@mikro-orm/postgresql';
import { MailerModule } from '@nestjs-modules/mailer';
import { Module } from '@nestjs/common';
import { Config } from '../config.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { ApplicationMails } from './application-mails.js';
import { BouncePort } from './bounces/bounce-port.js';
import { Bounces } from './bounces/bounces.js';
import { EnrollmentMails } from './enrollment-mails.js';
import { IpRestrictionMails } from './ip-restriction-mails.js';
import { LostFactorMails } from './lost-factor-mails.js';
import { MailAdvices } from './mail-advice.js';
import { MailDeliveries } from './mail-deliveries.js';
import { MailLanes } from './mail-lanes.js';
import { MailLimits } from './mail-limits.js';
import { MailRuns } from './mail-runs.js';
import { MailQueue } from './mail-queue.js';
import { MailTemplates } from './mail-templates.js';
import { Mails } from './mails.js';
import { MemberMails } from './member-mails.js';
import { OperatorMails } from './operator-mails.js';
import { OwnAccountMails } from './own-account-mails.js';
import { RelayState } from './relay-state.js';
import { ReturnPaths } from './return-paths.js';
import { ReturnedMails } from './returned-mails.js';
import { SuppressedMailboxes } from './suppressed-mailboxes.js';
import { transport } from './transport.js';
import { WaitingMails } from './waiting-mails.js';

const mails = [
  ApplicationMails,
  BouncePort,
  Bounces,
  EnrollmentMails,
  IpRestrictionMails,
  LostFactorMails,
  MailAdvices,
  MailDeliveries,
  MailLanes,
  MailLimits,
  MailRuns,
  MailQueue,
  MailTemplates,
  Mails,
  MemberMails,
  OperatorMails,
  OwnAccountMails,
  RelayState,
  ReturnPaths,
  ReturnedMails,
  SuppressedMailboxes,
  WaitingMails,
];

@Module({
  imports: [
    JobsModule,
    LimitsModule,
    MailerModule.forRootAsync({
      imports: [],
      inject: [Config, EntityManager],
      useFactory: transport,
    }),
  ],
  providers: mails,
  exports: mails,
})
export class MailModule {}
