import { Controller, Get, Param, Post } from '@nestjs/common';
import { PasskeyChanges } from '../../../auth/second-factor/passkey-changes.js';
import { Passkeys } from '../../../auth/second-factor/passkeys.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { FactorFor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { about, notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';
import { isUuid } from '../../../web/uuid.js';
import { PASSKEY_GONE } from './passkey-gone.js';

const PASSKEYS = '/me/second-factor/passkeys';

const REMOVED = notice.success(
  say(
    'パスキー「{name}」を削除しました。このパスキーは、もう使えません。ほかの端末からはログアウトし、確認コードの省略も終わりました。',
  ),
);

/** パスキーの削除: which one, and what ends with it. */
@Controller('me/second-factor/passkeys/:id/removal')
export class PasskeyRemovalController {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly changes: PasskeyChanges,
  ) {}

  @Get()
  async show(@Param('id') id: string, @Me() { accountId }: SignedIn): Promise<Answer> {
    const passkey = (await this.passkeys.of({ account: accountId })).find((each) => each.id === id);
    if (!passkey) return seeOther(PASSKEYS, PASSKEY_GONE);
    const { name, createdAt, lastUsedAt = null } = passkey;
    const model = { id, name, createdAt, lastUsedAt };
    return page('own/passkey-removal', say('パスキーの削除'), model);
  }

  @Post()
  @FactorFor('passkey-removal')
  async remove(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    const name = isUuid(id) ? await this.changes.remove(person, id) : undefined;
    return seeOther(PASSKEYS, name === undefined ? PASSKEY_GONE : about(REMOVED, { name }));
  }
}
