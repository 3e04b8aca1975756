import {
  Controller,
  Get,
  Header,
  NotFoundException,
  Param,
  ParseIntPipe,
  Req,
} from '@nestjs/common';
import type { Request } from 'express';
import { Public } from '../web/access.js';
import { page, type Answer } from '../web/answers.js';
import { demoCompanies } from './demo-companies.js';
import { invoicePicture } from './invoice-picture.js';
import { Mailbox } from './mailbox.js';
import { mailPreviews } from './mail-previews.js';
import { MailQueue } from '../mail/mail-queue.js';
import { languages, type Language } from '../web/texts.js';

/** Mails carry their styles in themselves; the page that says "not found" has its own. */
const MAIL_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'";

/** The demo's surroundings: a mailbox, invoices, previews of mails. */
@Controller('dev')
@Public()
export class DemoController {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly queue: MailQueue,
  ) {}

  @Get('mailbox')
  async mails(@Req() request: Request): Promise<Answer | object> {
    const mails = await this.mailbox.all();
    return wantsJson(request) ? mails : page('demo/mailbox', 'メールボックス', { mails });
  }

  @Get('mailbox/:id')
  async mail(
    @Param('id', ParseIntPipe) id: number,
    @Req() request: Request,
  ): Promise<Answer | object> {
    const mail = await this.mailbox.find(id);
    if (!mail) throw new NotFoundException();
    return wantsJson(request) ? mail : page('demo/mail', mail.subject, { mail });
  }

  @Get('invoices')
  invoices(): Answer {
    return page('demo/invoices', '請求書の見本', {
      companies: demoCompanies.map(({ name, corporateNumber, transferAccountNumber }) => ({
        name,
        corporateNumber,
        transferAccountNumber,
      })),
    });
  }

  @Get('invoices/:number.svg')
  @Header('Content-Type', 'image/svg+xml; charset=utf-8')
  invoice(@Param('number') number: string): string {
    const company = demoCompanies.find(({ corporateNumber }) => corporateNumber === number);
    if (!company) throw new NotFoundException();
    return invoicePicture(company);
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

function wantsJson(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}
