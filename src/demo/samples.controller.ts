import { Controller, Get, Header, NotFoundException, Param, Query } from '@nestjs/common';
import { NewestInvoice } from '../corporations/newest-invoice.js';
import { MailQueue } from '../mail/mail-queue.js';
import { Public } from '../web/access.js';
import { page, type Answer } from '../web/answers.js';
import { choicesOf } from '../web/forms/choices.js';
import { typedText } from '../web/forms/fields.js';
import { FormReading } from '../web/forms/forms.js';
import { languages, type Language } from '../web/texts.js';
import { Visitor, type Visit } from '../web/visit.js';
import { demoCompanies } from './demo-companies.js';
import { newestOf } from './demo-invoices.js';
import { invoicePicture } from './invoice-picture.js';
import { LETTER_POLICY, letterView } from './letter.js';
import { mailCatalogue, type ListedMail } from './mail-catalogue.js';
import { MAIL_READERS } from './mail-index.js';
import { mailPreviews } from './mail-previews.js';

/** Mails carry their styles in themselves; the page that says "not found" has its own. */
const MAIL_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'";

/** What reaches the companies of the demo on paper, and whatever could reach anybody by mail. */
@Controller('dev')
@Public()
export class SamplesController {
  constructor(
    private readonly queue: MailQueue,
    private readonly newest: NewestInvoice,
  ) {}

  @Get('invoices')
  invoices(): Answer {
    const companies = demoCompanies.map((company) => ({
      name: company.name,
      corporateNumber: company.corporateNumber,
      transferAccountNumber: company.transferAccountNumber,
      newest: newestOf(company),
      isNumbered: company.invoices[0]!.invoiceNumber !== '',
    }));
    return page('demo/invoices', '請求書の見本', { companies });
  }

  @Get('invoices/:number.svg')
  @Header('Content-Type', 'image/svg+xml; charset=utf-8')
  invoice(@Param('number') number: string): string {
    const company = demoCompanies.find(({ corporateNumber }) => corporateNumber === number);
    if (!company) throw new NotFoundException();
    return invoicePicture(company, this.newest.isAsked, new Date());
  }

  @Get('mails')
  previews(
    @Query('q') typedPart: unknown,
    @Query('to') typedReader: unknown,
    @Visitor() { language }: Visit,
  ): Answer {
    const [q, to] = [typedText(typedPart).trim(), typedText(typedReader).trim()];
    const chapters = mailCatalogue({ q, to }, language);
    return page('demo/mails', 'メールの見本', {
      chapters: chapters.map(({ title, mails }) => ({ title, mails: mails.map(mailView) })),
      form: new FormReading({ q }),
      readers: choicesOf(MAIL_READERS, to),
      count: chapters.reduce((sum, { mails }) => sum + mails.length, 0),
      isNarrowed: q !== '' || to !== '',
    });
  }

  @Get('mails/:name')
  @Header('Content-Security-Policy', LETTER_POLICY)
  preview(
    @Param('name') name: string,
    @Query('language') asked: unknown,
    @Query('view') view: unknown,
    @Visitor() visit: Visit,
  ): Answer {
    const all = mailCatalogue({ q: '', to: '' }, visit.language).flatMap(({ mails }) => mails);
    const place = all.findIndex((each) => each.name === name);
    const mail = all[place];
    if (!mail) throw new NotFoundException();
    const language = languages.find((each) => each === asked) ?? visit.language;
    const written = this.#letter(name, language);
    return page('demo/preview', mail.title, {
      mail: mailView(mail),
      subject: written.subject,
      letter: letterView(written, language, view === 'text'),
      before: all[place - 1]?.name ?? null,
      after: all[place + 1]?.name ?? null,
    });
  }

  /** The mail alone, as it is sent. */
  @Get('mails/:name/:language')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', MAIL_POLICY)
  mail(@Param('name') name: string, @Param('language') language: string): string {
    const known = languages.find((each) => each === language);
    if (!known) throw new NotFoundException();
    return this.#letter(name, known).html;
  }

  #letter(name: string, language: Language) {
    const preview = mailPreviews.find((each) => each.name === name);
    if (!preview) throw new NotFoundException();
    const { mail, model } = preview;
    return this.queue.render(mail, { email: 'sato@minato.example', language }, model);
  }
}

function mailView({ to, ...mail }: ListedMail) {
  return { ...mail, to: MAIL_READERS[to] };
}
