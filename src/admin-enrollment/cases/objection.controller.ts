import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { isShown, ParkedLink } from '../../auth/mailed-links/parked-link.js';
import { LINK_TITLES } from '../../auth/mailed-links/refused-links.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { newForm, readForm, type FormBody, type FormReading } from '../../web/forms/forms.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { caseView } from '../case-view.js';
import { Objections, type ObjectionLook } from './objections.js';
import { StatementForm } from './statement.form.js';

const TITLES = {
  succession: say('追加登録への異議申し立て'),
  initial: say('新規登録への異議申し立て'),
};
const REFUSED = {
  ...LINK_TITLES,
  'not-entitled': LINK_TITLES['link-unknown'],
  'case-approved': say('この登録は承認されています'),
  'case-over': say('この登録は取り消されています'),
};

type Shown = Extract<ObjectionLook, { ok: true }>;

/** The link in the mails to witnesses. GET shows, POST objects. */
@Controller('admin-enrollment/objection')
@Public()
export class ObjectionController {
  readonly #parked = new ParkedLink('objection', '/admin-enrollment/objection');

  constructor(private readonly objections: Objections) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.objections.look(this.#parked.tokenOf(visit));
    if (!looked.ok) return objectionRefused(looked.reason);
    const isReceived = looked.witness.hasObjected || looked.enrollment.isAtDesk;
    return isReceived ? received(looked, visit) : objectionPage(newForm(), looked, visit);
  }

  /** By the page, which posts the link that it shows, or by the link itself. */
  @Post(['', ':token'])
  async object(
    @Param('token') mailed: string | undefined,
    @Body() body: FormBody,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const token = mailed ?? this.#parked.tokenOf(visit);
    const looked = await this.objections.look(token);
    if (!looked.ok) return objectionRefused(looked.reason);
    if (mailed) this.#parked.park(mailed, visit);
    else if (!isShown(looked.link!, body)) return this.show(visit);
    const read = readForm(StatementForm, body);
    if (!read.ok) return objectionPage(read.reading, looked, visit, 422);
    const objected = await this.objections.byLink(token, read.form.statement, visit);
    return objected.ok
      ? seeOther('/admin-enrollment/objection')
      : objectionRefused(objected.reason);
  }

  @Get(':token')
  keep(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#parked.park(token, visit);
  }
}

function objectionPage(form: FormReading, looked: Shown, visit: Visit, status = 200): Answer {
  const { enrollment, link } = looked;
  const title = TITLES[enrollment.kind];
  const model = {
    form,
    linkId: link!.id,
    ...caseView(enrollment, visit.language),
  };
  return page('admin-enrollment/objection', title, model, { status });
}

function received({ enrollment, witness }: Shown, { language }: Visit): Answer {
  const title = witness.hasObjected
    ? say('異議申し立てを受け付けました')
    : say('ほかの方の異議申し立てを受け付けています');
  return page('admin-enrollment/objection-received', title, {
    caseNumber: enrollment.caseNumber,
    applicant: enrollment.applicant,
    frozen: enrollment.isAtDesk,
    time: momentInWords(enrollment.startedAt, language),
  });
}

function objectionRefused(reason: keyof typeof REFUSED): Answer {
  return page('admin-enrollment/objection-refused', REFUSED[reason], { reason }, { status: 410 });
}
