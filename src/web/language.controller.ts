import { Body, Controller, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../config.js';
import { Public } from './access.js';
import { seeOther, type Answer } from './answers.js';
import { Cookie } from './cookies.js';
import type { FormBody } from './forms.js';
import { ownPath } from './own-path.js';

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** The reader's choice of language, kept in a cookie. */
@Controller('language')
@Public()
export class LanguageController {
  readonly #cookie: Cookie;

  constructor(config: Config) {
    this.#cookie = new Cookie('language', config);
  }

  @Post()
  choose(@Body() body: FormBody, @Res({ passthrough: true }) response: Response): Answer {
    this.#cookie.set(response, body.language === 'en' ? 'en' : 'ja', YEAR);
    return seeOther(ownPath(body.next), 'language-chosen');
  }
}
