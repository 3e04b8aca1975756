import { Global, Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { Assets } from './assets.js';
import { BodyMiddleware } from './body.middleware.js';
import { DuplicateSubmissionInterceptor } from './duplicate-submission.interceptor.js';
import { ErrorsFilter } from './errors.filter.js';
import { Flows } from './flows.js';
import { LanguageController } from './language.controller.js';
import { MethodsMiddleware } from './methods.middleware.js';
import { PageRenderer } from './page-renderer.js';
import { PagesInterceptor } from './pages.interceptor.js';
import { Pages } from './pages.js';
import { SameOriginMiddleware } from './same-origin.middleware.js';
import { Templates } from './templates.js';

/** The parts that every page needs and no feature owns. */
@Global()
@Module({
  controllers: [LanguageController],
  providers: [
    Assets,
    Templates,
    PageRenderer,
    Pages,
    Flows,
    { provide: APP_FILTER, useClass: ErrorsFilter },
    { provide: APP_INTERCEPTOR, useClass: PagesInterceptor },
    { provide: APP_INTERCEPTOR, useClass: DuplicateSubmissionInterceptor },
  ],
  exports: [Flows, Pages, Templates],
})
export class WebModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(MethodsMiddleware, SameOriginMiddleware, BodyMiddleware).forRoutes('{*path}');
  }
}
