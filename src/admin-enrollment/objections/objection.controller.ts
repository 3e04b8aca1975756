import { Controller, Get, Param, Post } from '@nestjs/common';
import { ByLink, ParkedLink, type LinkPost } from '../../auth/mailed-links/parked-link.js';
import { LINK_TITLES } from '../../auth/mailed-links/refused-links.js';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Flows } from '../../web/flows.js';
import { FormReading, readForm } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { caseView, paragraphsOf } from '../case-view.js';
import type { Enrollment } from '../enrollment.entity.js';
import type { Witness } from '../witness.entity.js';
import { EntitledWitnesses, type ObjectionLook } from './entitled-witnesses.js';
import { Objections } from './objections.js';
import { SAID, statementFormOf } from './statement.form.js';

const PATH = '/admin-enrollment/objection';
/** What an objector sent. */
const SENT = 'objectors-statement';

interface SentEntries {
  witness: string;
  statement: string;
}

const TITLES = {
  succession: say('追加登録への異議申し立て'),
  initial: say('新規登録への異議申し立て'),
};
const OVER = say('この登録は終わっています');
const REFUSED = {
  ...LINK_TITLES,
  'not-entitled': LINK_TITLES['link-unknown'],
  'case-approved': say('この登録は承認されています'),
  'case-over': OVER,
  'administrators-exist': OVER,
  'witness-dismissed': say('このURLからは異議を申し立てられません'),
};

type Shown = Extract<ObjectionLook, { ok: true }>;

@Controller('admin-enrollment/objection')
@Public()
export class ObjectionController {
  readonly #parked = new ParkedLink('objection', PATH);

  constructor(
    private readonly entitled: EntitledWitnesses,
    private readonly objections: Objections,
    private readonly flows: Flows,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.entitled.look(this.#parked.tokenOf(visit));
    if (!looked.ok) return objectionRefused(looked);
    return this.#linked(new FormReading(), looked, await this.#sentBy(looked, visit));
  }

  @Post(['', ':token'])
  @TakesTurns('company-of-link')
  async object(@ByLink() post: LinkPost): Promise<Answer> {
    const { mailed, body, visit } = post;
    const token = this.#parked.keyOf(post);
    const looked = await this.entitled.look(token);
    if (!looked.ok) return objectionRefused(looked);
    if (this.#parked.isOfAnother(post, looked.link!))
      return this.#parked.unsent(await this.show(visit), body);
    if (mailed) this.#parked.park(mailed, visit);
    const read = readForm(statementFormOf(body), body);
    if (!read.ok) return this.#linked(read.reading, looked);
    const words = { ...read.form, isObjection: body.act !== 'explain' };
    const objected = await this.objections.byLink(token, words, visit);
    if (!objected.ok) return objectionRefused(objected);
    const sent = { witness: looked.witness.id, statement: words.statement };
    if (sent.statement !== '' && objected.said !== 'statement-limit')
      await this.flows.begin<SentEntries>(SENT, sent, visit);
    return seeOther(PATH, SAID[objected.said]);
  }

  async #linked(form: FormReading, looked: Shown, sent?: string): Promise<Answer> {
    const { witness, enrollment, link } = looked;
    if (witness.hasObjected || enrollment.isAtDesk) return this.#received(form, looked, sent);
    const isWaiting = await this.entitled.isAnyWaiting(enrollment);
    const model = { form, linkId: link!.id, isWaiting, ...caseView(enrollment) };
    return page('admin-enrollment/objection', TITLES[enrollment.kind], model);
  }

  async #received(
    form: FormReading,
    { enrollment, witness, link }: Shown,
    sent: string | undefined,
  ): Promise<Answer> {
    const { stage, isAtDesk, isUnproved, caseNumber, applicant, createdAt } = enrollment;
    const isStoppedByDesk = isAtDesk && !(await this.entitled.isObjected(enrollment));
    const ofOthers = isStoppedByDesk
      ? say('担当窓口がこの登録を停止しています')
      : say('ほかの方の異議申し立てを受け付けています');
    const title = witness.hasObjected ? say('異議申し立てを受け付けました') : ofOthers;
    const model = {
      form,
      linkId: link!.id,
      said: paragraphsOf(sent),
      isStoppedByDesk,
      hasComeIn: hasComeIn(enrollment, await this.entitled.waiting(enrollment)),
      caseNumber,
      applicant,
      frozen: isAtDesk,
      unproved: isUnproved,
      isInReview: stage === 'review',
      isQueued: stage === 'queued',
      time: createdAt,
    };
    return page('admin-enrollment/objection-received', title, model);
  }

  /** Shown to the browser that sent it alone: newcomer and objector may read one mailbox. */
  async #sentBy({ witness }: Shown, visit: Visit): Promise<string | undefined> {
    const sent = (await this.flows.find<SentEntries>(SENT, undefined, visit))?.entries;
    return sent?.witness === witness.id ? sent.statement : undefined;
  }

  @Get(':token')
  keep(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#parked.park(token, visit);
  }
}

/** Not where an objection waited for the newcomer, who was stopped at the door. */
function hasComeIn({ activatedAt }: Enrollment, objectors: Witness[]): boolean {
  return activatedAt != null && objectors.every(({ objectedAt }) => objectedAt! >= activatedAt);
}

function objectionRefused(looked: Extract<ObjectionLook, { ok: false }>): Answer {
  const { reason, refusal, approval = null } = looked;
  const model = { reason, refusal, approval };
  return page('admin-enrollment/objection-refused', REFUSED[reason], model, { status: 410 });
}
