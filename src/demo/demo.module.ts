import { Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { CorporationsModule } from '../corporations/corporations.module.js';
import { IpRestrictionModule } from '../ip-restriction/ip-restriction.module.js';
import { MailModule } from '../mail/mail.module.js';
import { DemoData } from './demo-data.js';
import { DemoFactors } from './demo-factors.js';
import { Elsewhere } from './elsewhere.js';
import { DemoOperators } from './desk/demo-operators.js';
import { EndedByReset } from './ended-by-reset.js';
import { MailboxController } from './mailbox.controller.js';
import { Mailbox } from './mailbox.js';
import { ResetController } from './reset.controller.js';
import { SamplesController } from './samples.controller.js';
import { Cast } from './tour/cast.js';
import { LauncherController } from './tour/launcher.controller.js';
import { Tour } from './tour/tour.js';

/** Exists in the embedded demo alone, with all of its routes. */
@Module({
  imports: [AuthModule, CorporationsModule, IpRestrictionModule, MailModule],
  controllers: [LauncherController, MailboxController, SamplesController, ResetController],
  providers: [Cast, DemoData, DemoFactors, DemoOperators, Mailbox, Tour],
})
export class DemoModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(Elsewhere, EndedByReset).forRoutes('{*path}');
  }
}
