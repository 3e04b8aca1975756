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
import { Visitor, type Visit } from '../web/visit.js';

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
    return wantsJson(request) ? mail : page('demo/mail', 'メール', { mail });
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
  previews(@Visitor() visit: Visit): Answer {
    return page('demo/mails', 'メールの見本', { mails: this.#previews(visit) });
  }

  @Get('mails/:mail')
  @Header('Content-Type', 'text/html; charset=utf-8')
  preview(@Param('mail') name: string, @Visitor() visit: Visit): string {
    const preview = this.#previews(visit).find(({ mail }) => mail === name);
    if (!preview) throw new NotFoundException();
    return preview.html;
  }

  #previews({ language }: Visit) {
    return mailPreviews.map(({ mail, model }) => ({
      mail,
      ...this.queue.render(mail, { email: 'sato@minato.example', language }, model),
    }));
  }
}

function wantsJson(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}
