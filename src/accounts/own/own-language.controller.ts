import { Body, Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import {
  LANGUAGE_AS_BEFORE,
  LANGUAGE_CHOSEN,
  LANGUAGE_COOKIE,
} from '../../web/requests/visit-language.js';
import { OwnAccount } from './own-account.js';

@Controller('me/language')
export class OwnLanguageController {
  constructor(private readonly account: OwnAccount) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const { language } = await this.account.of(person);
    return page('own/language', '表示とメールの言語', { english: language === 'en' });
  }

  @Post()
  async choose(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const language = body.language === 'en' ? 'en' : 'ja';
    const before = (await this.account.of(person)).language;
    if (language === before && language === person.visit.language)
      return seeOther('/me', LANGUAGE_AS_BEFORE);
    await this.account.changeLanguage(person, language);
    LANGUAGE_COOKIE.set(person.visit, language);
    return seeOther('/me', LANGUAGE_CHOSEN);
  }
}
