import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { AdministratorsOnly, FreshPassword } from '../../../web/access.js';
import { seeOther, type Answer } from '../../../web/answers.js';
import { csvBytes, readEncoding } from '../../../web/csv/csv-bytes.js';
import type { FormBody } from '../../../web/forms/forms.js';
import { listPath, readCriteria } from '../criteria.js';
import { ListPages } from './list-pages.js';
import { memberLines } from './member-lines.js';

@Controller('accounts/export')
@AdministratorsOnly()
export class ExportController {
  constructor(
    private readonly pages: ListPages,
    private readonly audit: Audit,
  ) {}

  /** A reload of the page that asked for the password leads back to the list. */
  @Get()
  show(@Query() query: Record<string, unknown>): Answer {
    return seeOther(listPath('/accounts', readCriteria(query)));
  }

  @Post()
  @HttpCode(200)
  @FreshPassword('file')
  async export(@Body() body: FormBody, @Me() person: SignedIn): Promise<StreamableFile> {
    const encoding = readEncoding(body.encoding);
    const people = this.pages.all(person.corporationId, readCriteria(body));
    await this.audit.done('accounts-export', person);
    const lines = memberLines(people, person.visit.language);
    return new StreamableFile(Readable.from(csvBytes(lines, encoding)), {
      type: `text/csv; charset=${encoding}`,
      disposition: 'attachment; filename="accounts.csv"',
    });
  }
}
