import { Body, Controller, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from './access.js';
import { seeOther, type Answer } from './answers.js';
import type { FormBody } from './forms.js';
import { LanguageCookie } from './language-cookie.js';
import { ownPath } from './own-path.js';

/** The reader's choice of language, kept in a cookie. */
@Controller('language')
@Public()
export class LanguageController {
  constructor(private readonly cookie: LanguageCookie) {}

  @Post()
  choose(@Body() body: FormBody, @Res({ passthrough: true }) response: Response): Answer {
    this.cookie.set(response, body.language === 'en' ? 'en' : 'ja');
    return seeOther(ownPath(body.next), 'language-chosen');
  }
}
