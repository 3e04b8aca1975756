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
import { typedText } from '../web/forms/fields.js';
import { FormReading } from '../web/forms/forms.js';
import { LETTER_POLICY, letterView } from './letter.js';
import { Mailbox } from './mailbox.js';

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
    const [to, q] = [typedText(typedTo).trim(), typedText(typedPart).trim()];
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
  @Header('Content-Security-Policy', LETTER_POLICY)
  async read(
    @Param('id', ParseIntPipe) id: number,
    @Query('view') view: unknown,
    @Req() request: Request,
  ): Promise<Answer | object> {
    const mail = await this.#find(id);
    if (wantsJson(request)) return mail;
    const letter = letterView(mail, mail.language, view === 'text');
    return page('demo/mail', mail.subject, { mail, letter });
  }

  async #find(id: number) {
    const mail = await this.mailbox.find(id);
    if (!mail) throw new NotFoundException();
    return mail;
  }
}

function wantsJson(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}
