import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { page, seeOther, type Answer } from '../web/answers.js';
import { Public } from '../web/access.js';
import { typedText } from '../web/forms/fields.js';
import { FormReading, readForm, type FormBody } from '../web/forms/forms.js';
import { ownPath } from '../web/own-path.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { ContactForm, OwnContactForm } from './contact.form.js';
import { ContactReceipts } from './contact-receipts.js';
import { Contacts } from './contacts.js';

const TITLE = say('お問い合わせ');

/** Of somebody whom no sign-in leads back to the form. */
const SIGNED_OUT = {
  name: '',
  sentence: say(
    'ログアウトしたため、まだ送信していません。法人名・氏名・メールアドレスも入力して、送信してください。',
  ),
};

/** From anybody to the desk, also about a page that failed. */
@Controller('contact')
@Public()
export class ContactController {
  constructor(
    private readonly contacts: Contacts,
    private readonly receipts: ContactReceipts,
  ) {}

  @Get()
  show(
    @Query('requestNumber') requestNumber: unknown,
    @Query('from') from: unknown,
    @Visitor() visit: Visit,
  ): Answer {
    const form = { requestNumber: typedText(requestNumber), from: ownPath(typedText(from)) };
    return this.#form(new FormReading(form), visit);
  }

  @Post()
  async send(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const read = readForm(visit.person ? OwnContactForm : ContactForm, body);
    if (!read.ok) {
      const isSignedOut = body.ofPerson !== undefined && !visit.person;
      const form = isSignedOut ? read.reading.alsoWith(SIGNED_OUT) : read.reading;
      return this.#form(form, visit);
    }
    const sent = await this.contacts.send(read.form, visit);
    if (sent.ok) return seeOther(await this.receipts.pathFor(sent.question, visit));
    const { retryAfter } = sent;
    const sentence = say(
      'お問い合わせが続いているため、まだ送信していません。およそ{minutes}分後に、もう一度送信してください。お急ぎの場合は、お電話ください。',
      { minutes: Math.ceil(retryAfter / 60) },
    );
    const form = new FormReading(read.form, { name: '', sentence });
    return this.#form(form, visit, { status: 429, retryAfter });
  }

  @Get('sent')
  async sent(
    @Query('number') number: unknown,
    @Query('proof') proof: unknown,
    @Query('flow') flow: unknown,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    if (!this.receipts.isProved(number, proof)) return seeOther('/contact');
    const { email = '', message = [] } = (await this.receipts.find(flow, number, visit)) ?? {};
    const model = { number, email, message };
    return page('help/contact-sent', 'お問い合わせを受け付けました', model);
  }

  #form(
    form: FormReading,
    { person }: Visit,
    answer: { status?: number; retryAfter?: number } = {},
  ): Answer {
    const sender = person ? { corporationName: person.corporationName, name: person.name } : null;
    const isExhausted = answer.retryAfter !== undefined;
    return page('help/contact', TITLE, { form, sender, isExhausted }, answer);
  }
}
