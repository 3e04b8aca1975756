import { BadRequestException, Controller, Post, Req } from '@nestjs/common';
import { DeskEntrance, Public } from '../access.js';
import { seeOther, type Answer } from '../answers.js';
import { TakesAnyLists, type FormRequest } from '../forms/repeated-fields.js';
import { ownPath } from '../own-path.js';
import type { VisitedRequest } from '../visit.js';
import { KeptForms } from './kept-forms.js';
import { LANGUAGE_CHOSEN, LANGUAGE_CHOSEN_IN_FORM, LANGUAGE_COOKIE } from './visit-language.js';

const OWN = ['language', 'interrupted'];

/** Chosen beside a form, whose entries come with the choice and stay. */
@Controller()
export class LanguageController {
  constructor(private readonly keptForms: KeptForms) {}

  @Post('language')
  @Public()
  @TakesAnyLists()
  choose(@Req() request: FormRequest & VisitedRequest): Promise<Answer> {
    return this.#choose(request, request.visit.person?.accountId);
  }

  @Post('desk/language')
  @DeskEntrance()
  @TakesAnyLists()
  chooseAtDesk(@Req() request: FormRequest & VisitedRequest): Promise<Answer> {
    return this.#choose(request, request.visit.desk?.operator?.operatorId);
  }

  async #choose(
    request: FormRequest & VisitedRequest,
    accountId: string | undefined,
  ): Promise<Answer> {
    const { body, lists = {}, visit } = request;
    const { next } = request.query;
    // Entries of the form beside it may come more than once; what chooses may not.
    if (Array.isArray(next) || OWN.some((name) => lists[name] !== undefined))
      throw new BadRequestException('What chooses a language is no single text');
    LANGUAGE_COOKIE.set(visit, body.language === 'en' ? 'en' : 'ja');
    const page =
      this.keptForms.refererOf(request) ?? ownPath(typeof next === 'string' ? next : undefined);
    const kept =
      body.interrupted === undefined
        ? await this.keptForms.keep(request, page, { accountId })
        : await this.keptForms.keepQuestion(request, { accountId });
    return seeOther(kept ?? page, kept ? LANGUAGE_CHOSEN_IN_FORM : LANGUAGE_CHOSEN);
  }
}
