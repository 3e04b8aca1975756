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
import { Templates } from './templates.js';

/** Draws a page: its template is the fragment, and the whole document is the layout around it. */
@Injectable()
export class PageRenderer {
  readonly #globals: Record<string, unknown>;

  constructor(
    config: Config,
    assets: Assets,
    private readonly templates: Templates,
  ) {
    this.#globals = {
      serviceName: config.serviceName,
      operatorName: config.operatorName,
      deskPhone: config.deskPhone,
      deskMail: config.deskMail,
      deskHours: config.deskHours,
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
    const shell = {
      ...this.#globals,
      language,
      path,
      title,
      documentTitle: `${prefix}${title} | ${String(this.#globals.serviceName)}`,
      person: visit.person ? personView(visit.person) : null,
      banner: visit.banner ?? null,
      menu: visit.banner?.menu ?? null,
      notice: notice ? { kind: notice.kind, text: translate(notice.sentence, language) } : null,
      formId: randomUUID(),
    };
    const model = {
      ...shell,
      ...page.model,
      ...(reading && { form: formView(reading, language) }),
    };
    const fragment = this.templates.render(page.template, language, model);
    const above = ['partials/banner', 'partials/notice'].map((partial) =>
      this.templates.render(partial, language, shell),
    );
    const body = above.join('') + fragment;
    const head = `<title>${Handlebars.escapeExpression(shell.documentTitle)}</title>\n`;
    if (page.isPiece) return fragment;
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
