import { Body, Controller, Get, Post } from '@nestjs/common';
import { IsNotEmpty } from 'class-validator';
import { PasskeyChanges } from '../../../auth/second-factor/passkey-changes.js';
import { MOST_PASSKEYS, Passkeys } from '../../../auth/second-factor/passkeys.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { FreshPassword } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { Trimmed } from '../../../web/forms/fields.js';
import { because, FormReading, readForm, type FormBody } from '../../../web/forms/forms.js';
import { AtMostCharacters } from '../../../web/forms/rules.js';
import { notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';
import { isUuid } from '../../../web/uuid.js';

const PATH = '/me/second-factor/passkeys';

const ADDED = notice.success(say('パスキーを追加しました。次のログインから使えます。'));
const RENAMED = notice.success(say('パスキーの名前を変更しました。'));
const REMOVED = notice.success(say('パスキーを削除しました。このパスキーは、もう使えません。'));
const GONE = notice.info(say('このパスキーは、すでに削除されています。'));

const FULL = notice.warning(
  say('パスキーは10個まで登録できます。追加するには、使っていないものを削除してください。'),
);

const NOT_MADE = say(
  'パスキーを作成できませんでした。今お使いの端末がパスキーに対応しているかを確認し、もう一度お試しください。',
);

class PasskeyForm {
  @Trimmed()
  @IsNotEmpty(because('パスキーの名前を入力してください。'))
  @AtMostCharacters(50, because('パスキーの名前は50文字以内で入力してください。'))
  name = '';
}

/** パスキー: beside an authenticator app, never alone, because they need scripts. */
@Controller('me/second-factor/passkeys')
export class PasskeysController {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly changes: PasskeyChanges,
  ) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    if (!person.hasFactor) return seeOther('/me/second-factor');
    return this.#page(person, new FormReading());
  }

  /** `act=rename` and `act=remove` are about `passkeyId`; without an act, `passkey` is a new one. */
  @Post()
  @FreshPassword()
  async act(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const { act, passkeyId: id = '' } = body;
    if (!person.hasFactor) return seeOther('/me/second-factor');
    if (act === 'remove') {
      const removed = isUuid(id) && (await this.changes.remove(person, id)).ok;
      return seeOther(PATH, removed ? REMOVED : GONE);
    }
    const read = readForm(PasskeyForm, body);
    if (!read.ok) return this.#page(person, read.reading, 422);
    if (act === 'rename') {
      const renamed = isUuid(id) && (await this.changes.rename(person, id, read.form.name)).ok;
      return seeOther(PATH, renamed ? RENAMED : GONE);
    }
    const added = await this.changes.add(person, read.form.name, body.passkey ?? '');
    if (added.ok) return seeOther(PATH, ADDED);
    if (added.reason === 'passkeys-full') return seeOther(PATH, FULL);
    return this.#page(
      person,
      new FormReading(read.form, { name: 'name', sentence: NOT_MADE }),
      422,
    );
  }

  async #page(person: SignedIn, form: FormReading, status = 200): Promise<Answer> {
    const passkeys = await this.passkeys.of(person.accountId);
    const model = {
      form,
      passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
        id,
        name,
        createdAt,
        lastUsedAt: lastUsedAt ?? null,
      })),
      options: await this.passkeys.registrationOptions(person),
      isFull: passkeys.length >= MOST_PASSKEYS,
    };
    return page('own/passkeys', say('パスキー'), model, { status });
  }
}
