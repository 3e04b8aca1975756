import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get, Query } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AdministratorsOnly, IpPages } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import { difference } from './difference.js';
import { IpLists } from './ip-lists.js';
import { IpVersion } from './ip-version.entity.js';
import { differenceView, endView, pageOf, pagination } from './list-views.js';

const LISTS_ON_A_PAGE = 10;

/** IPアドレス制限の履歴: every list with its author, its changes and its end. */
@Controller('ip-restriction/versions')
@AdministratorsOnly()
@IpPages()
export class HistoryController {
  constructor(
    private readonly em: EntityManager,
    private readonly lists: IpLists,
  ) {}

  @Get()
  async show(
    @Query('page') number: unknown,
    @Me() { corporationId: corporation }: SignedIn,
  ): Promise<Answer> {
    const total = await this.em.count(IpVersion, { corporation });
    const here = pageOf(number, LISTS_ON_A_PAGE, total);
    const found = await this.em.find(
      IpVersion,
      { corporation },
      { orderBy: { number: 'desc' }, offset: here * LISTS_ON_A_PAGE, limit: LISTS_ON_A_PAGE },
    );
    const inForce = await this.lists.inForce(corporation);
    const isMany = total > LISTS_ON_A_PAGE;
    return page('ip-restriction/versions', say('IPアドレス制限の履歴'), {
      versions: await Promise.all(found.map((list) => this.#view(list, inForce))),
      pages: isMany
        ? pagination(here, LISTS_ON_A_PAGE, total, '/ip-restriction/versions?page=')
        : null,
    });
  }

  async #view(list: IpVersion, inForce: IpVersion | undefined) {
    const before = await this.lists.entriesOf(list.follows);
    const after = await this.lists.entriesOf(list.id);
    const { number, restricts, authorName, confirmedByName, createdAt, confirmedAt } = list;
    return {
      number,
      restricts,
      isInForce: list.id === inForce?.id,
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
