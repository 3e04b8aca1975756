import {
  Controller,
  Get,
  Header,
  NotFoundException,
  Param,
  ParseIntPipe,
  Query,
  Req,
} from '@nestjs/common';
import type { Request } from 'express';
import { Public } from '../web/access.js';
import { page, type Answer } from '../web/answers.js';
import { FormReading } from '../web/forms/forms.js';
import { Mailbox } from './mailbox.js';

/** As any page's, and one mail in a frame. */
const READER_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** Mails carry their styles in themselves. */
const LETTER_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'";

/** Everybody's mailbox: the demo's mails go nowhere else. */
@Controller('dev/mailbox')
@Public()
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get()
  async list(
    @Query('to') typedTo: unknown,
    @Query('q') typedPart: unknown,
    @Req() request: Request,
  ): Promise<Answer | object> {
    const [to, q] = [asText(typedTo), asText(typedPart)];
    const mails = await this.mailbox.search({ to, q });
    if (wantsJson(request)) return mails;
    const recipients = await this.mailbox.recipients();
    return page('demo/mailbox', 'メールボックス', {
      mails,
      form: new FormReading({ q }),
      isNarrowed: to !== '' || q !== '',
      recipients: recipients.map((address) => ({ address, chosen: address === to })),
    });
  }

  @Get(':id')
  @Header('Content-Security-Policy', READER_POLICY)
  async read(
    @Param('id', ParseIntPipe) id: number,
    @Query('view') view: unknown,
    @Req() request: Request,
  ): Promise<Answer | object> {
    const mail = await this.#find(id);
    if (wantsJson(request)) return mail;
    return page('demo/mail', mail.subject, { mail, isText: view === 'text' });
  }

  /** What the frame shows; its links lead the whole page on. */
  @Get(':id/html')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', LETTER_POLICY)
  @Header('X-Frame-Options', 'SAMEORIGIN')
  async letter(@Param('id', ParseIntPipe) id: number): Promise<string> {
    const { html } = await this.#find(id);
    return html.replace('<head>', '<head><base target="_top">');
  }

  async #find(id: number) {
    const mail = await this.mailbox.find(id);
    if (!mail) throw new NotFoundException();
    return mail;
  }
}

function asText(typed: unknown): string {
  return typeof typed === 'string' ? typed.trim() : '';
}

function wantsJson(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}
