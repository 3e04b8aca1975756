import { Controller, Get } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { page, type Answer } from '../../web/answers.js';
import { EmailChanges } from '../email-changes/email-changes.js';
import { OwnAccount } from './own-account.js';

/** 自分の情報とパスワード: what is known of me, and where it is changed. */
@Controller('me')
export class MeController {
  constructor(
    private readonly account: OwnAccount,
    private readonly changes: EmailChanges,
  ) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const account = await this.account.of(person);
    const pending = await this.changes.pending(account.id);
    const { name, nameKana, department, phone, email, loginId, language } = account;
    const known = { name, nameKana, department, phone, email, loginId };
    const corporationName = account.corporation.name;
    const newEmail = pending?.email ?? null;
    const model = { ...known, corporationName, mailLanguage: language, newEmail };
    return page('own/me', '自分の情報とパスワード', model);
  }
}
