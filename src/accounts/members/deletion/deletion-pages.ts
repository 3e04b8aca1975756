import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../../../auth/sessions.js';
import { databaseNow } from '../../../database/sql.js';
import { ROLES } from '../../../identity/role.js';
import { page, type Answer } from '../../../web/answers.js';
import type { FormReading } from '../../../web/forms.js';
import { momentInWords } from '../../../web/moment-in-words.js';
import type { Visit } from '../../../web/visit.js';
import { restorableUntil, type Member } from '../member.js';
import { Members } from '../members.js';

/** What the pages of the deletion show. */
@Injectable()
export class DeletionPages {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
  ) {}

  /** Who is chosen and what will happen; 409 without the button when it must not. */
  async confirmation(
    people: readonly Member[],
    form: FormReading,
    { corporationId, accountId }: SignedIn,
    visit: Visit,
    { back = '/accounts', status = 200 },
  ): Promise<Answer> {
    const isRefused = !(await this.members.isDispensable(corporationId, people));
    const until = restorableUntil(await databaseNow(this.em));
    const model = {
      form,
      people: people.map(peopleView),
      isRefused,
      isOwn: people.some(({ id }) => id === accountId),
      deadline: momentInWords(until, visit.language),
      back,
    };
    return page('accounts/members/deletion', '担当者の削除', model, {
      status: isRefused ? 409 : status,
    });
  }

  /** Who was deleted, and until when they can come back. */
  facts(people: readonly Member[], { language }: Visit): Record<string, unknown> {
    const [first] = people.filter(({ isRestorable }) => isRestorable);
    return {
      people: people.map(peopleView),
      deadline: first ? momentInWords(restorableUntil(first.deletedAt!), language) : null,
    };
  }
}

function peopleView({ id, name, nameKana, loginId, role }: Member): object {
  return { id, name, nameKana, loginId, role: ROLES[role] };
}
