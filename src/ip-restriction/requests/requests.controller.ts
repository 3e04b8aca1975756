import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Day } from '../../web/day.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about, notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import { IP_DRAFT } from '../draft/draft-path.js';
import { networkToRegister } from '../networks/network.js';
import type { IpRequest } from './ip-request.entity.js';
import { IpRequests } from './ip-requests.js';
import { RequestAdditions } from './request-additions.js';
import { RequestDecisions } from './request-decisions.js';
import { RefusalForm } from './request.form.js';

const IP_REQUEST_APPROVED = notice.success(
  say(
    '{name} 様からの依頼（{address}）を許可しました。依頼した方と管理者の方にメールでお知らせしています。取り消すときは、設定の編集で登録を削除してください。',
  ),
  say('設定を編集する'),
);
const IP_REQUEST_REFUSED = notice.success(
  say('{name} 様からの依頼（{address}）を却下し、依頼した方にメールでお知らせしました。'),
);

const TITLE = say('許可の依頼');
const MOST_DECIDED = 20;

/** 許可の依頼: the open requests and the last decisions. The URL names the request to decide. */
@Controller('ip-restriction/requests')
@AdministratorsOnly()
export class RequestsController {
  constructor(
    private readonly requests: IpRequests,
    private readonly additions: RequestAdditions,
    private readonly decisions: RequestDecisions,
  ) {}

  @Get()
  async list(@Me() { corporationId }: SignedIn): Promise<Answer> {
    const open = await this.requests.open(corporationId);
    const decided = await this.requests.decided(corporationId, MOST_DECIDED);
    const obstacle = await this.additions.obstacle(corporationId);
    return page('ip-restriction/requests', TITLE, {
      obstacle: obstacle ?? null,
      open: open.map(viewOf),
      decided: decided.map(decidedView),
    });
  }

  @Get(':id')
  show(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    return this.#page(id, person, new FormReading());
  }

  /** `act=approve`, or `act=refuse` with a word to the person who asked. */
  @Post(':id')
  @FreshPassword()
  async decide(
    @Param('id') id: string,
    @Body() body: FormBody,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    if (!isUuid(id)) throw new NotFoundException();
    const isApproval = body.act === 'approve';
    const read = isApproval ? undefined : readForm(RefusalForm, body);
    if (read && !read.ok) return this.#page(id, person, read.reading);
    const decision = read
      ? await this.decisions.refuse(person, id, read.form.word)
      : await this.decisions.approve(person, id);
    if (decision.ok) return seeOther('/ip-restriction/requests', noticeOf(decision.request));
    if (decision.reason === 'request-over') return this.#page(id, person, new FormReading());
    const form = FormReading.refused(decision.sentence);
    return this.#page(id, person, form);
  }

  async #page(id: string, { corporationId }: SignedIn, form: FormReading): Promise<Answer> {
    const request = isUuid(id) ? await this.requests.find(corporationId, id) : undefined;
    if (request) {
      const addition = await this.additions.of(request);
      const obstacle = addition.ok ? null : addition.obstacle;
      const model = { form, obstacle, request: viewOf(request) };
      return page('ip-restriction/request', TITLE, model);
    }
    const over = isUuid(id) ? await this.requests.findAny(corporationId, id) : undefined;
    if (!over) throw new NotFoundException();
    return page('ip-restriction/request-decided', TITLE, decidedView(over), { status: 409 });
  }
}

function noticeOf({ approved, account: { name }, address }: IpRequest): Notice {
  return approved
    ? about(IP_REQUEST_APPROVED, { name, address, path: IP_DRAFT })
    : about(IP_REQUEST_REFUSED, { name, address });
}

function viewOf(request: IpRequest) {
  return {
    id: request.id,
    name: request.account.name,
    address: request.address,
    network: networkToRegister(request.address),
    purpose: request.purpose,
    until: Day.lastBefore(request.wantedUntil),
    createdAt: request.createdAt,
  };
}

function decidedView(request: IpRequest) {
  const { approved, word, decidedByName, decidedAt } = request;
  const decision = { approved: approved ?? null, word, decidedBy: decidedByName ?? null };
  return { ...viewOf(request), ...decision, decidedAt: decidedAt ?? null };
}
