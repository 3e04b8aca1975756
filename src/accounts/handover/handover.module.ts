import { Module } from '@nestjs/common';
import { HandoverController } from './handover.controller.js';
import { PeopleReviews } from './people-reviews.js';
import { ReviewReminders } from './review-reminders.js';

@Module({
  controllers: [HandoverController],
  providers: [PeopleReviews, ReviewReminders],
})
export class HandoverModule {}
