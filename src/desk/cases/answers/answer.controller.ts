import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Config } from '../../../config.js';
import type { DeskCase } from '../../../cases/desk-case.entity.js';
import { MailAdvices } from '../../../mail/mail-advice.js';
import { DeskPage } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../../web/forms/forms.js';
import { about, notice } from '../../../web/notices.js';
import { say, type Sentence } from '../../../web/sentence.js';
import { translate } from '../../../web/texts.js';
import { CurrentOperator } from '../../sign-in/current-operator.js';
import type { SignedInOperator } from '../../sign-in/desk-sessions.js';
import { ANSWER_TEMPLATES } from './answer-templates.js';
import { AFTER_ANSWER, AnswerForm } from './answer.form.js';
import { CaseAnswering, type AnswerRefusal } from './case-answering.js';
import { caseEntryView, CaseHistory } from '../case-history.js';
import { CasePages, casePath } from '../case-page.js';
import { readersOf, type CaseReader } from '../subjects/case-readers.js';
import { saidInCase } from '../subjects/succession-facts.js';
import { CaseSubjects, sidesOf } from '../subjects/case-subjects.js';
import { questionView } from '../subjects/subject-views.js';
import { CASE_STATES } from '../case-words.js';

const TITLE = say('お客様に回答する');
const SHOWN_ANSWERS = 3;
const CHOOSE_TEMPLATE = say('入れる文面を選んでください。');
const NO_TEMPLATE = { id: '', title: say('文面を使わない') };

const SENT = notice.success(say('回答をメールでお送りしました（{number}）。'));
const SENT_UNDECIDED = notice.success(
  say(
    '回答をメールでお送りしました（{number}）。判断が済んでいないため、事案は完了にしていません。',
  ),
);
const NOT_SENT = notice.warning(
  say(
    '回答を記録しました（{number}）。以前のメールが戻ってきたため、メールはお送りしていません。お電話などでお伝えください。',
  ),
);

const REFUSALS: Record<AnswerRefusal, Sentence> = {
  'not-entitled': say('この方には、もうメールをお送りできません。別の方を選んでください。'),
  'state-changed': say(
    '事案が先に完了したため、お送りしていません。対応を再開してから、お送りください。',
  ),
};

const AFTER: Record<AnswerForm['after'], Sentence> = {
  waiting: CASE_STATES.waiting.text,
  done: CASE_STATES.done.text,
  stay: say('変えない'),
};

/**
 * Mails to a suppressed person came back, so nothing is sent there (`WaitingMails`); to others whose
 * last mail came back it is.
 */
type Reader = CaseReader & { isSuppressed: boolean; isReturned: boolean };

/** The answer to somebody of a case: a template, changed as needed, and the mail. */
@Controller('desk/cases/:number/answer')
@DeskPage()
export class AnswerController {
  constructor(
    private readonly config: Config,
    private readonly pages: CasePages,
    private readonly subjects: CaseSubjects,
    private readonly history: CaseHistory,
    private readonly answering: CaseAnswering,
    private readonly mailAdvices: MailAdvices,
  ) {}

  /** `template` begins the text, in the language of the reader `to`. */
  @Get()
  async show(
    @Param('number') number: string,
    @Query() { template, to }: Record<string, unknown>,
  ): Promise<Answer> {
    const deskCase = await this.pages.find(number);
    const readers = await this.#readers(deskCase);
    const reader = readers.find(({ key }) => key === to) ?? readers[0];
    if (!reader) return seeOther(casePath(deskCase.caseNumber));
    const answer = this.#textOf(template, reader);
    const form = new FormReading({ to: reader.key, answer, after: 'waiting' });
    return this.#page(deskCase, readers, form);
  }

  /** `act` is `template` where one is put into the text and nothing is sent. */
  @Post()
  async send(
    @Param('number') number: string,
    @Body() body: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const deskCase = await this.pages.find(number);
    const readers = await this.#readers(deskCase);
    if (body.act === 'template') return this.#withTemplate(deskCase, readers, body);
    const read = readForm(AnswerForm, body);
    if (!read.ok) return this.#page(deskCase, readers, read.reading);
    const { caseNumber } = deskCase;
    const answered = await this.answering.answer(caseNumber, read.form, me);
    if (answered.ok) {
      const isUndecided = read.form.after === 'done' && (await this.subjects.isUndecided(deskCase));
      const isSuppressed = readers.find(({ key }) => key === read.form.to)?.isSuppressed;
      const told = isSuppressed ? NOT_SENT : isUndecided ? SENT_UNDECIDED : SENT;
      return seeOther(casePath(caseNumber), about(told, { number: caseNumber }));
    }
    const refusal = { name: 'to', sentence: REFUSALS[answered.reason] };
    return this.#page(deskCase, readers, new FormReading(read.form, refusal));
  }

  /** 文面を入れる: behind what is typed, so that nothing of it is lost. */
  #withTemplate(deskCase: DeskCase, readers: Reader[], body: FormBody): Promise<Answer> {
    const { template, to, answer: typed = '', after } = body;
    const reader = readers.find(({ key }) => key === to) ?? readers[0];
    const text = reader ? this.#textOf(template, reader) : '';
    const answer = [typed.trimEnd(), text].filter((part) => part !== '').join('\n\n');
    const problems = text === '' ? [{ name: 'template', sentence: CHOOSE_TEMPLATE }] : [];
    return this.#page(deskCase, readers, new FormReading({ to, answer, after }, ...problems));
  }

  #textOf(template: unknown, { to: { language } }: CaseReader): string {
    const { paragraphs = [], path } = ANSWER_TEMPLATES.find(({ id }) => id === template) ?? {};
    const words = paragraphs.map((paragraph) => translate(paragraph, language));
    return [...words, ...(path ? [this.config.publicUrl + path] : [])].join('\n\n');
  }

  async #readers(deskCase: DeskCase): Promise<Reader[]> {
    const readers = readersOf(deskCase, await this.subjects.of(deskCase));
    return Promise.all(
      readers.map(async (reader) => {
        const { email, accountId } = reader.to;
        const trouble = await this.mailAdvices.of(email);
        const isSuppressed = accountId !== undefined && trouble?.isSuppressed === true;
        return { ...reader, isSuppressed, isReturned: trouble !== null && !isSuppressed };
      }),
    );
  }

  async #page(deskCase: DeskCase, readers: Reader[], form: FormReading): Promise<Answer> {
    const { caseNumber } = deskCase;
    const subject = await this.subjects.of(deskCase);
    const { question } = subject;
    const isUndecided = await this.subjects.isUndecided(deskCase);
    const said = saidInCase(sidesOf(subject));
    const entries = await this.history.of(deskCase);
    const answers = entries.filter(({ kind }) => kind === 'answer').slice(0, SHOWN_ANSWERS);
    const model = {
      form,
      question: question ? questionView(question) : null,
      said,
      answers: answers.map(caseEntryView),
      isBeside: question !== undefined || said.length > 0 || answers.length > 0,
      path: casePath(caseNumber),
      number: caseNumber,
      readers: readers.map(({ to: { email }, ...reader }) => ({ ...reader, email })),
      templates: [NO_TEMPLATE, ...ANSWER_TEMPLATES].map(({ id, title }) => ({ id, title })),
      states: AFTER_ANSWER.filter((value) => value !== 'done' || !isUndecided).map((value) => {
        return { value, text: AFTER[value] };
      }),
      isUndecided,
    };
    return page('desk/answer', TITLE, model);
  }
}
