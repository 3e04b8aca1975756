import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { holdForAdministrator } from '../../../corporations/hold-corporation.js';
import { inTransaction } from '../../../database/transaction.js';
import { AdministratorsOnly, FreshPassword } from '../../../web/access.js';
import { seeOther, type Answer } from '../../../web/answers.js';
import { csvBytes, csvType, readEncoding } from '../../../web/csv/csv-bytes.js';
import { Download, GivesFile } from '../../../web/downloads.js';
import type { FormBody } from '../../../web/forms/forms.js';
import { listPath, readCriteria } from '../criteria.js';
import { ListPages } from './list-pages.js';
import { memberLines } from './member-lines.js';

@Controller('accounts/export')
@AdministratorsOnly()
export class ExportController {
  constructor(
    private readonly em: EntityManager,
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
  @GivesFile()
  async export(@Body() body: FormBody, @Me() person: SignedIn): Promise<Download> {
    const encoding = readEncoding(body.encoding);
    const people = this.pages.all(person.corporationId, readCriteria(body));
    await this.#begin(person);
    const lines = memberLines(people, person.visit.language);
    return new Download(csvBytes(lines, encoding), csvType(encoding), 'accounts.csv');
  }

  /** A password that was asked may have waited for its check: the rights are asked once more. */
  async #begin(person: SignedIn): Promise<void> {
    await inTransaction(this.em, async () => {
      await holdForAdministrator(this.em, person);
      await this.audit.done('accounts-export', person);
    });
  }
}
