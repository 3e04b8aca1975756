import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { Config } from '../../config.js';
import type { Page } from '../answers.js';
import { FormReading, formView } from '../forms/forms.js';
import type { Notice } from '../notices.js';
import { translate } from '../texts.js';
import type { Person, Visit } from '../visit.js';
import { Assets } from './assets.js';
import { withShownMoments } from './shown-moment.js';
import { placeOf } from './chapters.js';
import { Templates } from './templates.js';

/** Draws a page: its template is the fragment, and the whole document is the layout around it. */
@Injectable()
export class PageRenderer {
  readonly #globals: Record<string, unknown>;

  constructor(
    private readonly config: Config,
    assets: Assets,
    private readonly templates: Templates,
  ) {
    this.#globals = {
      deskPhone: config.deskPhone,
      deskMail: config.deskMail,
      demo: config.embedded && config.smtpUrl === undefined,
      asset: assets.urls,
    };
  }

  render(page: Page, visit: Visit, path: string, notice: Notice | undefined): string {
    const { language } = visit;
    const title = translate(page.title, language);
    const form = page.model.form;
    const reading = form instanceof FormReading ? form : undefined;
    const prefix = reading && reading.problems.length > 0 ? translate('エラー：', language) : '';
    const words = this.config.wordsIn(language);
    const shell = {
      ...this.#globals,
      ...words,
      language,
      path,
      title,
      documentTitle: `${prefix}${title} | ${words.serviceName}`,
      place: placeOf(path, visit.person),
      person: visit.person ? personView(visit.person) : null,
      notice: notice ? { kind: notice.kind, text: translate(notice.sentence, language) } : null,
      formId: randomUUID(),
    };
    const model = {
      ...shell,
      ...withShownMoments(page.model, language),
      ...(reading && { form: formView(reading, language) }),
    };
    const fragment = this.templates.render(page.template, language, model);
    const body = this.templates.render('partials/above', language, shell) + fragment;
    const head = `<title>${Handlebars.escapeExpression(shell.documentTitle)}</title>\n`;
    if (page.isAlert) return fragment;
    if (visit.partial) return head + body;
    return this.templates.render('layouts/page', language, {
      ...shell,
      body: new Handlebars.SafeString(body),
    });
  }
}

function personView({ corporationName, name, role }: Person): object {
  return { corporationName, name, administrator: role === 'administrator' };
}
