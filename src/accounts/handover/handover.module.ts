import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { MailModule } from '../../mail/mail.module.js';
import { HandoverController } from './handover.controller.js';
import { PeopleReviews } from './people-reviews.js';
import { ReviewReminders } from './review-reminders.js';

@Module({
  imports: [JobsModule, MailModule],
  controllers: [HandoverController],
  providers: [PeopleReviews, ReviewReminders],
})
export class HandoverModule {}
