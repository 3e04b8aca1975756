import { Body, Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about, notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { fieldsInWords } from '../changes/member-pages.js';
import { OwnAccount } from './own-account.js';
import { PersonForm } from '../../identity/person.form.js';

const PROFILE_CHANGED = notice.success(say('登録内容（{fields}）を変更しました。'));
const PROFILE_UNCHANGED = notice.info(say('登録内容に変更はありません。'));

@Controller('me/profile')
export class ProfileController {
  constructor(private readonly account: OwnAccount) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const { name, nameKana, department, phone } = await this.account.of(person);
    return profilePage(new FormReading({ name, nameKana, department, phone }));
  }

  @Post()
  async change(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const read = readForm(PersonForm, body);
    if (!read.ok) return profilePage(read.reading);
    const changed = await this.account.changeProfile(person, read.form);
    if (changed.length === 0) return seeOther('/me', PROFILE_UNCHANGED);
    const fields = fieldsInWords(changed, person.visit.language);
    return seeOther('/me', about(PROFILE_CHANGED, { fields }));
  }
}

function profilePage(form: FormReading): Answer {
  return page('own/profile', '登録内容の変更', { form });
}
