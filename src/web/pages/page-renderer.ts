import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { Config } from '../../config.js';
import type { Page } from '../answers.js';
import { isEntered } from '../forms/entered.js';
import { FormReading, formView } from '../forms/forms.js';
import { notice as notices, type Notice } from '../notices.js';
import { say } from '../sentence.js';
import { sessionTimeLeft } from '../session-time.js';
import { momentOfDay, translate, type Language } from '../texts.js';
import type { Person, Visit } from '../visit.js';
import { Assets } from './assets.js';
import { withShownMoments } from './shown-moment.js';
import { placeOf } from './chapters.js';
import { Templates } from './templates.js';

const FORM_IS_BACK = notices.info(
  say(
    '入力の途中だった内容を戻しました。まだ送信されていません。内容をご確認のうえ、もう一度送信してください。',
  ),
);

const NOT_SENT = notices.warning(
  say('先ほどの操作は、まだ送信されていません。お手数ですが、もう一度操作してください。'),
);

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
      asksInvoice: config.enrollmentProof === 'invoice',
      asset: assets.urls,
    };
  }

  /** @param emptied fields that were filled in and come back empty */
  render(
    page: Page,
    visit: Visit,
    path: string,
    notice: Notice | undefined,
    emptied: readonly string[],
  ): string {
    const { language, desk } = visit;
    const operator = desk?.operator;
    const title = translate(page.title, language);
    const form = page.model.form;
    const reading = form instanceof FormReading ? form.filledWith(visit.kept ?? {}) : undefined;
    const told = notice ?? noticeOfKept(visit, reading);
    const prefix = reading && reading.problems.length > 0 ? translate('エラー：', language) : '';
    const words = this.config.wordsIn(language);
    const area = desk ? `${translate('担当窓口', language)} | ` : '';
    const shell = {
      ...this.#globals,
      ...words,
      language,
      path,
      hasDemoStyles: this.config.embedded && /^\/dev\b/.test(path),
      title,
      documentTitle: `${prefix}${title} | ${area}${words.serviceName}`,
      place: placeOf(path, visit),
      home: desk ? '/desk' : '/',
      person: visit.person ? personView(visit.person) : null,
      operator: operator ? { name: operator.name, isLead: operator.role === 'lead' } : null,
      banner: withShownMoments(visit.banner ?? null, language),
      notice: told ? noticeView(told, language) : null,
      formId: randomUUID(),
      kept: visit.kept ?? null,
      emptied,
    };
    const model = {
      ...shell,
      ...withShownMoments(page.model, language),
      ...(reading && { form: formView(reading, language) }),
    };
    const drawn = this.templates.render(page.template, language, model);
    const fragment = isRefusal(page) ? drawn + this.#requestOf(visit, drawn, shell) : drawn;
    const body =
      this.templates.render('partials/above', language, shell) +
      fragment +
      this.templates.render('partials/session', language, {
        ...shell,
        session: sessionView(visit, fragment),
      });
    const head = `<title>${Handlebars.escapeExpression(shell.documentTitle)}</title>\n`;
    if (page.isPiece) return fragment;
    if (visit.partial) return head + body;
    return this.templates.render(desk ? 'layouts/desk' : 'layouts/page', language, {
      ...shell,
      body: new Handlebars.SafeString(body),
      languageNext: encodeURIComponent(path),
      ...mainForm(fragment),
    });
  }

  /** What the desk asks for, behind a page that names none of it. */
  #requestOf({ requestId, language, desk }: Visit, fragment: string, shell: object): string {
    const isDeskNamed = desk !== undefined || fragment.includes(' class="gk-desk"');
    const shown = withShownMoments({ requestId, time: new Date(), isDeskNamed }, language);
    return this.templates.render('partials/refused-request', language, { ...shell, ...shown });
  }
}

const REFUSALS = [403, 410, 429];

/** No right to the page, a link that is over, too many tries; forms and pages with a number go on. */
function isRefusal({ status = 200, model }: Page): boolean {
  return REFUSALS.includes(status) && !('requestId' in model) && !('form' in model);
}

/** Of a form that its session's end interrupted: whether this page shows it again. */
function noticeOfKept({ kept }: Visit, reading: FormReading | undefined): Notice | undefined {
  return kept && (reading && isEntered(kept) ? FORM_IS_BACK : NOT_SENT);
}

/** The form whose entries a choice of the language keeps, and the button that Enter presses in it. */
function mainForm(fragment: string): object {
  const [, form] = fragment.split(' id="gk-form"', 2);
  const [button = ''] = /<button [^>]*type="submit"[^>]*>/.exec(form ?? '') ?? [];
  const [enter = ''] = / name="[^"]*" value="[^"]*"/.exec(button) ?? [];
  return { hasForm: form !== undefined, enter: new Handlebars.SafeString(enter) };
}

/** A file is read of people in a session alone, and secrets are kept nowhere. */
function sessionView({ person, desk, language }: Visit, fragment: string): object | null {
  const hasFile = fragment.includes(' enctype="multipart/form-data"');
  const hasForm = hasFile || fragment.includes(' id="gk-form"');
  const isFileAlone = hasFile && !fragment.includes('<textarea ');
  const comesBack = !isFileAlone && !fragment.includes(' type="password"');
  const session = (desk ? desk.operator : person)?.session;
  if (!session) return null;
  const ends = momentOfDay(session.endsAt, session.now, language);
  const path = desk ? '/desk/session' : '/session';
  const shown = { hasForm, hasFile, isFileAlone, comesBack };
  return { ...sessionTimeLeft(session), ends, path, ...shown };
}

function noticeView({ kind, sentence, link }: Notice, language: Language): object {
  const { path } = sentence.values;
  const isLinked = link !== undefined && path !== undefined;
  return {
    kind,
    text: translate(sentence, language),
    link: isLinked ? { path, text: translate(link, language) } : null,
  };
}

function personView({ corporationName, name, role }: Person): object {
  return { corporationName, name, administrator: role === 'administrator' };
}
