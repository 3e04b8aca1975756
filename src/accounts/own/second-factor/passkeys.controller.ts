import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { IsNotEmpty } from 'class-validator';
import { PasskeyChanges, passkeyHolder } from '../../../auth/second-factor/passkey-changes.js';
import { MOST_PASSKEYS, Passkeys } from '../../../auth/second-factor/passkeys.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { FactorFor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { Trimmed } from '../../../web/forms/fields.js';
import { because, FormReading, readForm, type FormBody } from '../../../web/forms/forms.js';
import { AtMostCharacters, HoldsNoLink, IsVisibleLine } from '../../../web/forms/rules.js';
import { about, notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';
import { isUuid } from '../../../web/uuid.js';

const PATH = '/me/second-factor/passkeys';

const ADDED = notice.success(
  say(
    'パスキーを追加しました。次のログインから使えます。ほかの端末からはログアウトし、確認コードの省略も終わりました。',
  ),
);
const RENAMED = notice.success(say('パスキーの名前を変更しました。'));

const REMOVED = notice.success(
  say(
    'パスキー「{name}」を削除しました。このパスキーは、もう使えません。ほかの端末からはログアウトし、確認コードの省略も終わりました。',
  ),
);

const GONE = notice.info(say('このパスキーは、すでに削除されています。'));

const FULL = notice.warning(
  say('パスキーは10個まで登録できます。追加するには、使っていないものを削除してください。'),
);

const NOT_MADE = say(
  'パスキーを登録できませんでした。このページを開いてから別の操作をした場合などに起こります。もう一度「今お使いの端末でパスキーを作成する」を押してください。',
);

class PasskeyForm {
  @Trimmed()
  @IsNotEmpty(because('パスキーの名前を入力してください。'))
  @AtMostCharacters(50, because('パスキーの名前は50文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      'パスキーの名前に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  @HoldsNoLink(
    because(
      'パスキーの名前にURLやメールアドレスは入れられません。「.」のあとに文字を続ける場合は、あいだに空白を入れてください。',
    ),
  )
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

  /** `act=rename` is about `passkeyId`; without an act, `passkey` is a new one. */
  @Post()
  @FactorFor('passkeys', 'rename')
  async act(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const { act, passkeyId: id = '' } = body;
    if (!person.hasFactor) return seeOther('/me/second-factor');
    if (act === 'rename') return this.#rename(person, id, body);
    const read = readForm(PasskeyForm, body);
    if (!read.ok) return this.#page(person, read.reading);
    return this.#add(person, read.form, body);
  }

  /** パスキーの削除: which one, and what ends with it. */
  @Get(':id/removal')
  async showRemoval(@Param('id') id: string, @Me() { accountId }: SignedIn): Promise<Answer> {
    const passkey = (await this.passkeys.of({ account: accountId })).find((each) => each.id === id);
    if (!passkey) return seeOther(PATH, GONE);
    const { name, createdAt, lastUsedAt = null } = passkey;
    const model = { id, name, createdAt, lastUsedAt };
    return page('own/passkey-removal', say('パスキーの削除'), model);
  }

  @Post(':id/removal')
  @FactorFor('passkey-removal')
  async remove(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    const name = isUuid(id) ? await this.changes.remove(person, id) : undefined;
    return seeOther(PATH, name === undefined ? GONE : about(REMOVED, { name }));
  }

  /** Each row has a field of its own, so that its problem stands there. */
  async #rename(person: SignedIn, id: string, body: FormBody): Promise<Answer> {
    const field = fieldOf(id);
    const read = readForm(PasskeyForm, { name: body[field] ?? '' });
    if (!read.ok) {
      const problems = read.reading.problems.map((problem) => ({ ...problem, name: field }));
      const typed = { [field]: read.reading.values.name ?? '' };
      return this.#page(person, new FormReading(typed, ...problems));
    }
    const renamed = isUuid(id) && (await this.changes.rename(person, id, read.form.name)).ok;
    return seeOther(PATH, renamed ? RENAMED : GONE);
  }

  async #add(person: SignedIn, form: PasskeyForm, body: FormBody): Promise<Answer> {
    const added = await this.changes.add(person, form.name, body.passkey ?? '');
    if (added.ok) return seeOther(PATH, ADDED);
    if (added.reason === 'passkeys-full') return seeOther(PATH, FULL);
    const problem = { name: 'name', sentence: NOT_MADE };
    return this.#page(person, new FormReading(form, problem));
  }

  async #page(person: SignedIn, form: FormReading): Promise<Answer> {
    const passkeys = await this.passkeys.of({ account: person.accountId });
    const names = Object.fromEntries(passkeys.map(({ id, name }) => [fieldOf(id), name]));
    const model = {
      form: form.filledWith({ ...names, ...form.values }),
      passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
        id,
        name,
        field: fieldOf(id),
        createdAt,
        lastUsedAt: lastUsedAt ?? null,
      })),
      options: await this.passkeys.registrationOptions(passkeyHolder(person)),
      isFull: passkeys.length >= MOST_PASSKEYS,
    };
    return page('own/passkeys', say('パスキー'), model);
  }
}

function fieldOf(id: string): string {
  return `name-${id}`;
}
