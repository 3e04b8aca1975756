import { Body, Controller, Post } from '@nestjs/common';
import { Public } from '../access.js';
import { seeOther, type Answer } from '../answers.js';
import type { FormBody } from '../forms/forms.js';
import { ownPath } from '../own-path.js';
import { Visitor, type Visit } from '../visit.js';
import { LANGUAGE_CHOSEN, LANGUAGE_COOKIE } from './visit-language.js';

@Controller('language')
@Public()
export class LanguageController {
  @Post()
  choose(@Body() body: FormBody, @Visitor() visit: Visit): Answer {
    LANGUAGE_COOKIE.set(visit, body.language === 'en' ? 'en' : 'ja');
    return seeOther(ownPath(body.next), LANGUAGE_CHOSEN);
  }
}
