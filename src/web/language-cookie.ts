import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../config.js';
import { Cookie } from './cookies.js';
import type { Language } from './texts.js';

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** The language that this browser is answered in. */
@Injectable()
export class LanguageCookie {
  readonly #cookie: Cookie;

  constructor(config: Config) {
    this.#cookie = new Cookie('language', config);
  }

  set(response: Response, language: Language): void {
    this.#cookie.set(response, language, YEAR);
  }
}
