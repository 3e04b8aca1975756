import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CarriedNotices } from './carried-notices.js';
import { Flows } from './flows.js';
import { Assets } from './pages/assets.js';
import { ErrorsFilter } from './pages/errors.filter.js';
import { PageRenderer } from './pages/page-renderer.js';
import { PageAnswers } from './pages/page-answers.js';
import { Pages } from './pages/pages.js';
import { Templates } from './pages/templates.js';
import { DuplicateSubmissions } from './requests/duplicate-submissions.js';
import { FaultSteps } from './requests/fault-steps.js';
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
    PageAnswers,
    DuplicateSubmissions,
    FaultSteps,
    { provide: APP_FILTER, useClass: ErrorsFilter },
  ],
  exports: [Flows, KeptForms, Pages, Templates, PageAnswers, DuplicateSubmissions, FaultSteps],
})
export class WebModule {}
