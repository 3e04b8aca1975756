import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CASE_OBSTACLES, isCaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Me } from '../../auth/sessions/me.js';
import { Sessions, type SignedIn } from '../../auth/sessions/sessions.js';
import { after, databaseNow } from '../../database/clock.js';
import { RESTORABLE, type Account } from '../../identity/account.entity.js';
import { AdministratorsOnly, FactorForPeople, OpenToNewcomers } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, type FormBody } from '../../web/forms/forms.js';
import { ListOf, TakesLists } from '../../web/forms/repeated-fields.js';
import { notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import { listPath, readCriteria } from './criteria.js';
import { Deletion, type DeletionRefusal } from './deletion.js';
import { memberFacts } from './member-facts.js';
import { Members } from './members.js';

const NOBODY_CHOSEN = notice.warning(
  say(
    '削除する利用者が選ばれていません。削除する方にチェックを付けてから、「削除」を押してください。',
  ),
);
const OWN_ACCOUNT_DELETED = notice.success(say('ご自分のアカウントを削除し、ログアウトしました。'));

const REFUSALS: Record<DeletionRefusal, Sentence> = {
  ...CASE_OBSTACLES,
  'last-administrator': say(
    'ログインできる管理者がいなくなるため、削除できません。先に、ほかの利用者を管理者にしてください。',
  ),
};

const NEWCOMER_ALONE = say(
  'ログインできる管理者がいなくなるため、削除できません。登録されてから間もないため、ほかの方を管理者にすることもできません。担当窓口までご連絡ください。',
);

const CONFIRM = say(
  'ご自分のアカウントが含まれています。よろしければ「自分のアカウントも削除する」にチェックを付けてください。',
);

/** 不要アカウントの削除方法 ②〜④: chosen in the list, confirmed here, done. */
@Controller('accounts/deletion')
@AdministratorsOnly()
@OpenToNewcomers()
@FactorForPeople()
export class DeletionController {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly deletion: Deletion,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  async show(@Query() query: Record<string, unknown>, @Me() person: SignedIn): Promise<Answer> {
    const ids = idsOf(query.accountId ?? person.visit.kept?.accountId);
    const place = typeof query.page === 'string' ? query.page : '';
    const back = listPath('/accounts', readCriteria(query), { page: place });
    if (ids.length === 0) return seeOther(back, NOBODY_CHOSEN);
    const chosen = await this.members.findAll(person.corporationId, ids);
    const people = chosen.filter(({ state }) => state !== 'deleted');
    if (people.length === 0) return seeOther(completedPath(ids));
    return this.#confirmation(people, new FormReading(), person, { back });
  }

  @Post()
  @TakesLists('accountId')
  async delete(
    @ListOf('accountId') ids: string[],
    @Body() body: FormBody,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    if (ids.length === 0) return seeOther('/accounts', NOBODY_CHOSEN);
    const chosen = await this.members.findAll(person.corporationId, ids);
    const isOwn = ids.includes(person.accountId);
    if (isOwn && body.ownAccount !== 'yes') {
      const form = new FormReading({}, { name: 'ownAccount', sentence: CONFIRM });
      return this.#confirmation(chosen, form, person);
    }
    const deleted = await this.deletion.delete(person, ids);
    if (!deleted.ok) return this.#confirmation(chosen, new FormReading(), person);
    if (!isOwn) return seeOther(completedPath(ids));
    await this.sessions.end(person.visit);
    return seeOther('/', OWN_ACCOUNT_DELETED);
  }

  @Get('completed')
  async completed(@Query('accountId') ids: unknown, @Me() person: SignedIn): Promise<Answer> {
    const people = await this.members.findAll(person.corporationId, idsOf(ids));
    if (people.length === 0 || people.some(({ state }) => state !== 'deleted'))
      return seeOther('/accounts');
    const now = await databaseNow(this.em);
    const until = people.find((each) => each.isRestorable(now))?.restorableUntil;
    return page('accounts/members/deleted', '削除完了', {
      people: people.map((each) => memberFacts(each, person)),
      deadline: until,
      isNewcomer: person.isNewcomer,
    });
  }

  /** The chosen people and the consequences; 409 without the button when it must not happen. */
  async #confirmation(
    people: readonly Account[],
    form: FormReading,
    person: SignedIn,
    { back = '/accounts' } = {},
  ): Promise<Answer> {
    const refusal = await this.deletion.obstacle(person, people);
    const model = {
      form,
      people: people.map((each) => memberFacts(each, person)),
      refusal: refusal ? refusalInWords(refusal, person) : null,
      isInCase: refusal !== undefined && isCaseObstacle(refusal),
      asksDesk: isAlone(refusal, person),
      isOwn: people.some(({ id }) => id === person.accountId),
      deadline: after(await databaseNow(this.em), RESTORABLE),
      isNewcomer: person.isNewcomer,
      back,
    };
    return page('accounts/members/deletion', '利用者の削除', model, refusal && { status: 409 });
  }
}

/** A newcomer makes nobody an administrator. */
function isAlone(refusal: DeletionRefusal | undefined, { isNewcomer }: SignedIn): boolean {
  return refusal === 'last-administrator' && isNewcomer;
}

function refusalInWords(refusal: DeletionRefusal, person: SignedIn): Sentence {
  return isAlone(refusal, person) ? NEWCOMER_ALONE : REFUSALS[refusal];
}

function idsOf(given: unknown): string[] {
  return [given ?? []].flat().map(String);
}

function completedPath(ids: readonly string[]): string {
  const query = new URLSearchParams(ids.map((id) => ['accountId', id]));
  return `/accounts/deletion/completed?${query.toString()}`;
}
