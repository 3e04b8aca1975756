import { Controller, Get, Header, NotFoundException, Param } from '@nestjs/common';
import { NewestInvoice } from '../corporations/newest-invoice.js';
import { MailQueue } from '../mail/mail-queue.js';
import { Public } from '../web/access.js';
import { page, type Answer } from '../web/answers.js';
import { languages, type Language } from '../web/texts.js';
import { demoCompanies } from './demo-companies.js';
import { newestOf } from './demo-invoices.js';
import { invoicePicture } from './invoice-picture.js';
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
  previews(): Answer {
    const mails = mailPreviews.map(({ name }) => ({
      name,
      letters: languages.map((language) => this.#letter(name, language)),
    }));
    return page('demo/mails', 'メールの見本', { mails });
  }

  @Get('mails/:name/:language')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', MAIL_POLICY)
  preview(@Param('name') name: string, @Param('language') language: string): string {
    const known = languages.find((each) => each === language);
    if (!known) throw new NotFoundException();
    return this.#letter(name, known).html;
  }

  #letter(name: string, language: Language) {
    const preview = mailPreviews.find((each) => each.name === name);
    if (!preview) throw new NotFoundException();
    const { mail, model } = preview;
    return {
      language,
      ...this.queue.render(mail, { email: 'sato@minato.example', language }, model),
    };
  }
}
