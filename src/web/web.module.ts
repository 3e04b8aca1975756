import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { CarriedNotices } from './carried-notices.js';
import { Flows } from './flows.js';
import { Assets } from './pages/assets.js';
import { ErrorsFilter } from './pages/errors.filter.js';
import { PageRenderer } from './pages/page-renderer.js';
import { Pages } from './pages/pages.js';
import { PagesInterceptor } from './pages/pages.interceptor.js';
import { Templates } from './pages/templates.js';
import { DuplicateSubmissionInterceptor } from './requests/duplicate-submission.interceptor.js';
import { FaultStepsInterceptor } from './requests/fault-steps.interceptor.js';
import { FormSubmissions } from './requests/form-submissions.js';
import { KeptForms } from './requests/kept-forms.js';
import { LanguageController } from './requests/language.controller.js';

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
    CarriedNotices,
    KeptForms,
    FormSubmissions,
    { provide: APP_FILTER, useClass: ErrorsFilter },
    { provide: APP_INTERCEPTOR, useClass: PagesInterceptor },
    { provide: APP_INTERCEPTOR, useClass: DuplicateSubmissionInterceptor },
    { provide: APP_INTERCEPTOR, useClass: FaultStepsInterceptor },
  ],
  exports: [Flows, KeptForms, Pages, Templates],
})
export class WebModule {}
