import { Controller, Post, Req } from '@nestjs/common';
import { Public } from '../access.js';
import { seeOther, type Answer } from '../answers.js';
import { TakesAnyLists, type FormRequest } from '../forms/repeated-fields.js';
import { ownPath } from '../own-path.js';
import type { VisitedRequest } from '../visit.js';
import { KeptForms } from './kept-forms.js';
import { LANGUAGE_CHOSEN, LANGUAGE_CHOSEN_IN_FORM, LANGUAGE_COOKIE } from './visit-language.js';

/** Chosen beside a form, whose entries come with the choice and stay. */
@Controller('language')
@Public()
export class LanguageController {
  constructor(private readonly keptForms: KeptForms) {}

  @Post()
  @TakesAnyLists()
  async choose(@Req() request: FormRequest & VisitedRequest): Promise<Answer> {
    const { body, visit } = request;
    const { next } = request.query;
    LANGUAGE_COOKIE.set(visit, body.language === 'en' ? 'en' : 'ja');
    const page =
      this.keptForms.refererOf(request) ?? ownPath(typeof next === 'string' ? next : undefined);
    const kept = await this.keptForms.keep(request, page, { accountId: visit.person?.accountId });
    return seeOther(kept ?? page, kept ? LANGUAGE_CHOSEN_IN_FORM : LANGUAGE_CHOSEN);
  }
}
