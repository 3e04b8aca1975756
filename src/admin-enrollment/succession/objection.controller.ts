import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { HOUR_MS } from '../../durations.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Cookie } from '../../web/cookies.js';
import { newForm, readForm, type FormBody, type FormReading } from '../../web/forms.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { caseView } from './case-view.js';
import { ObjectionLinks, type ObjectionLinkState } from './objection-links.js';
import { Objections } from './objections.js';
import { StatementForm } from './statement.form.js';

const KEY = /^[\w-]{1,100}$/;
const TITLE = say('追加登録への異議申し立て');
const REFUSED = {
  'link-unknown': say('このURLはご利用いただけません'),
  'link-expired': say('このURLは期限が切れています'),
  'case-approved': say('この追加登録は承認されています'),
  'case-over': say('この追加登録は取り消されています'),
};

/** The link in the mails to administrators who were there before. GET shows, POST objects. */
@Controller('admin-enrollment/objection')
@Public()
export class ObjectionController {
  readonly #link = new Cookie('objection', HOUR_MS);

  constructor(
    private readonly links: ObjectionLinks,
    private readonly objections: Objections,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const link = await this.links.look(this.#link.read(visit));
    if (!link.ok) return objectionRefused(link.reason);
    if (link.objector.objected || link.facts.stage === 'objected') return received(link, visit);
    return objectionPage(newForm(), link, visit);
  }

  @Post()
  object(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    return this.#object(this.#link.read(visit), body, visit);
  }

  /** The key leaves the URL at once. */
  @Get(':token')
  keep(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    if (!KEY.test(token)) return objectionRefused('link-unknown');
    this.#link.set(visit, token);
    return seeOther('/admin-enrollment/objection');
  }

  @Post(':token')
  objectDirectly(
    @Param('token') token: string,
    @Body() body: FormBody,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    if (KEY.test(token)) this.#link.set(visit, token);
    return this.#object(token, body, visit);
  }

  async #object(token: string | undefined, body: FormBody, visit: Visit): Promise<Answer> {
    const read = readForm(StatementForm, body);
    if (!read.ok) {
      const link = await this.links.look(token);
      return link.ok
        ? objectionPage(read.reading, link, visit, 422)
        : objectionRefused(link.reason);
    }
    const objected = await this.objections.byLink(token, read.form.statement, visit);
    return objected.ok
      ? seeOther('/admin-enrollment/objection')
      : objectionRefused(objected.reason);
  }
}

type Link = Extract<ObjectionLinkState, { ok: true }>;

function objectionPage(form: FormReading, { facts }: Link, visit: Visit, status = 200): Answer {
  const model = { form, ...caseView(facts, visit.language) };
  return page('admin-enrollment/objection', TITLE, model, { status });
}

function received({ facts, objector }: Link, { language }: Visit): Answer {
  const title = objector.objected
    ? say('異議申し立てを受け付けました')
    : say('ほかの方の異議申し立てを受け付けています');
  return page('admin-enrollment/objection-received', title, {
    caseNumber: facts.caseNumber,
    applicant: facts.applicant,
    frozen: facts.stage === 'objected',
    time: momentInWords(facts.startedAt, language),
  });
}

function objectionRefused(reason: Extract<ObjectionLinkState, { ok: false }>['reason']): Answer {
  return page('admin-enrollment/objection-refused', REFUSED[reason], { reason }, { status: 410 });
}
