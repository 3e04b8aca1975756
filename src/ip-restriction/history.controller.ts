import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, NotFoundException, Post, Query } from '@nestjs/common';
import { Me } from '../auth/sessions/me.js';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { AdministratorsOnly, IpPages } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { FormReading, type FormBody } from '../web/forms/forms.js';
import { notice } from '../web/notices.js';
import { say } from '../web/sentence.js';
import { isUuid } from '../web/uuid.js';
import { IpDrafts } from './draft/ip-drafts.js';
import { LIST_REFUSALS } from './draft/previews.js';
import { difference } from './lists/difference.js';
import { IpLists } from './lists/ip-lists.js';
import { IpVersion } from './lists/ip-version.entity.js';
import { differenceView, endView, pageOf, pagination } from './lists/list-views.js';

const IP_VERSION_RESTORED = notice.success(
  say('選んだ版の内容を下書きにしました。試行を始めるまで、ログインには影響しません。'),
);

const NONE_LEFT = say('この版には、有効な登録がありません。');

const LISTS_ON_A_PAGE = 10;

/** IPアドレス制限の履歴: every list with its author, its changes and its end. */
@Controller('ip-restriction/versions')
@AdministratorsOnly()
@IpPages()
export class HistoryController {
  constructor(
    private readonly em: EntityManager,
    private readonly lists: IpLists,
    private readonly drafts: IpDrafts,
  ) {}

  @Get()
  show(@Query('page') number: unknown, @Me() person: SignedIn): Promise<Answer> {
    return this.#page(person, number);
  }

  /** Makes an earlier list the draft; what ended meanwhile is left out. */
  @Post()
  async restore(@Body() { version, edition }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const { corporationId: corporation, now } = person;
    const wanted = { id: version ?? '', corporation };
    if (!isUuid(version) || !(await this.em.count(IpVersion, wanted)))
      throw new NotFoundException();
    const entries = (await this.lists.entriesOf(version)).filter(
      ({ endsAt }) => endsAt === null || endsAt > now,
    );
    if (entries.length === 0) return this.#page(person, '1', NONE_LEFT, 422);
    const restored = await this.drafts.edit(person, Number(edition), () => ({ entries, told: [] }));
    return restored.ok
      ? seeOther('/ip-restriction/draft', IP_VERSION_RESTORED)
      : this.#page(person, '1', LIST_REFUSALS['edited-meanwhile'], 409);
  }

  async #page(
    { corporationId: corporation }: SignedIn,
    number: unknown,
    refusal?: ReturnType<typeof say>,
    status = 200,
  ): Promise<Answer> {
    const total = await this.em.count(IpVersion, { corporation });
    const here = pageOf(number, LISTS_ON_A_PAGE, total);
    const found = await this.em.find(
      IpVersion,
      { corporation },
      { orderBy: { number: 'desc' }, offset: here * LISTS_ON_A_PAGE, limit: LISTS_ON_A_PAGE },
    );
    const inForce = await this.lists.inForce(corporation);
    const model = {
      form: refusal ? FormReading.refused(refusal) : new FormReading(),
      edition: (await this.drafts.find(corporation)).edition,
      versions: await Promise.all(found.map((list) => this.#view(list, inForce))),
      pages: pagination(here, LISTS_ON_A_PAGE, total, '/ip-restriction/versions?page='),
    };
    return page('ip-restriction/versions', say('IPアドレス制限の履歴'), model, { status });
  }

  async #view(list: IpVersion, inForce: IpVersion | undefined) {
    const before = await this.lists.entriesOf(list.follows);
    const after = await this.lists.entriesOf(list.id);
    const { id, number, restricts, authorName, confirmedByName, createdAt, confirmedAt } = list;
    const isInForce = list.id === inForce?.id;
    return {
      id,
      number,
      restricts,
      isInForce,
      isRestorable: restricts && !isInForce,
      authorName,
      created: createdAt,
      confirmedByName,
      confirmed: confirmedAt,
      end: endView(list),
      count: after.length,
      difference: differenceView(difference(before, after)),
    };
  }
}
