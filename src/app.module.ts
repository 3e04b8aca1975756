import { Module, type CanActivate, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { AccountsModule } from './accounts/accounts.module.js';
import { AdminEnrollmentModule } from './admin-enrollment/admin-enrollment.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { AbsentPages } from './auth/sessions/absent-pages.js';
import { PostsInTurn } from './auth/sessions/posts-in-turn.js';
import { RightsGuard } from './auth/sessions/rights.guard.js';
import { FactorSetUpGuard } from './auth/second-factor/duty/set-up.guard.js';
import { SessionGuard } from './auth/sessions/session.guard.js';
import { FreshPasswordGuard } from './auth/confirmation/fresh-password.guard.js';
import { Config } from './config.js';
import { DatabaseModule } from './database/database.module.js';
import { DeskGuard } from './desk/sign-in/desk.guard.js';
import { DeskUnknownPathModule } from './desk/desk-unknown-path.controller.js';
import { DeskSignInModule } from './desk/sign-in/desk-sign-in.module.js';
import { ContentModule } from './desk/content/content.module.js';
import { DeskLogModule } from './desk/log/desk-log.module.js';
import { ImportsModule } from './desk/imports/imports.module.js';
import { DeskModule } from './desk/desk.module.js';
import { DemoModule } from './demo/demo.module.js';
import { HealthModule } from './health/health.module.js';
import { HelpModule } from './help/help.module.js';
import { IpRestrictionGuard } from './ip-restriction/ip-restriction.guard.js';
import { IpRestrictionModule } from './ip-restriction/ip-restriction.module.js';
import { KeysModule } from './keys/keys.module.js';
import { LogModule } from './log/log.module.js';
import { CompanyTurns } from './limits/company-turns.js';
import { HeavyWork } from './limits/heavy-work.js';
import { LimitsModule } from './limits/limits.module.js';
import { PostsOfClients } from './limits/posts-of-clients.js';
import { PostsGuard, throttlers } from './limits/throttlers.js';
import { RequestTurns } from './limits/request-turns.js';
import { StrangersTurns } from './limits/strangers-turns.js';
import { PasswordResetModule } from './password-reset/password-reset.module.js';
import { createLog } from './server/logging.js';
import { ListsGuard } from './web/forms/repeated-fields.js';
import { PageAnswers } from './web/pages/page-answers.js';
import { UnknownPathModule } from './web/pages/unknown-path.controller.js';
import { AroundHandlers, type AroundHandler } from './web/around-handlers.js';
import { DuplicateSubmissions } from './web/requests/duplicate-submissions.js';
import { FaultSteps } from './web/requests/fault-steps.js';
import { WebModule } from './web/web.module.js';

/** In the order in which a request meets them; a post that waited meets them again. */
const JUDGES = [
  SessionGuard,
  IpRestrictionGuard,
  FactorSetUpGuard,
  RightsGuard,
  FreshPasswordGuard,
];

@Module({})
export class AppModule {
  /** The application for one configuration; the demo's pages exist only where it is the demo. */
  static for(config: Config, log: Logger = createLog(config)): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.for(config),
        // The log has its own way to tell faults.
        LoggerModule.forRoot({ pinoHttp: { logger: log, wrapSerializers: false }, forRoutes: [] }),
        DatabaseModule,
        ThrottlerModule.forRootAsync({
          imports: [LimitsModule],
          inject: [PostsOfClients],
          useFactory: throttlers,
        }),
        WebModule,
        AuditModule,
        LimitsModule,
        AuthModule,
        AdminEnrollmentModule,
        PasswordResetModule,
        IpRestrictionModule,
        LogModule,
        AccountsModule,
        HelpModule,
        HealthModule,
        DeskSignInModule,
        DeskModule,
        ContentModule,
        DeskLogModule,
        ImportsModule,
        KeysModule,
        ...(config.embedded ? [DemoModule] : []),
        DeskUnknownPathModule,
        UnknownPathModule,
      ],
      // In the order in which a request meets them.
      providers: [
        { provide: APP_GUARD, useClass: PostsGuard },
        { provide: APP_GUARD, useClass: ListsGuard },
        { provide: APP_GUARD, useClass: DeskGuard },
        ...JUDGES,
        ...JUDGES.map((useExisting) => ({ provide: APP_GUARD, useExisting })),
        RequestTurns,
        StrangersTurns,
        AbsentPages,
        {
          provide: PostsInTurn,
          inject: [Reflector, CompanyTurns, ...JUDGES],
          useFactory: (reflector: Reflector, turns: CompanyTurns, ...judges: CanActivate[]) =>
            new PostsInTurn(reflector, turns, judges),
        },
        {
          provide: APP_INTERCEPTOR,
          inject: [
            HeavyWork,
            RequestTurns,
            StrangersTurns,
            PostsInTurn,
            AbsentPages,
            PageAnswers,
            DuplicateSubmissions,
            FreshPasswordGuard,
            FaultSteps,
          ],
          useFactory: (...parts: AroundHandler[]) => new AroundHandlers(parts),
        },
      ],
    };
  }
}

@Module({})
class ConfigModule {
  static for(config: Config): DynamicModule {
    const providers = [{ provide: Config, useValue: config }];
    return { module: ConfigModule, global: true, providers, exports: [Config] };
  }
}
