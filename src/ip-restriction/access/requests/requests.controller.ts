import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { Me } from '../../../auth/me.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { AdministratorsOnly, FreshPassword } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import {
  newForm,
  readForm,
  refusedForm,
  type FormBody,
  type FormReading,
} from '../../../web/forms.js';
import { momentInWords } from '../../../web/moment-in-words.js';
import { notice, type Notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';
import type { Language } from '../../../web/texts.js';
import { isUuid } from '../../../web/uuid.js';
import { Visitor, type Visit } from '../../../web/visit.js';
import { IpRequests, type IpRequest } from './ip-requests.js';
import { RequestDecisions, type Decision } from './request-decisions.js';
import { RefusalForm } from './request.form.js';

const IP_REQUEST_APPROVED = notice(
  'ip-request-approved',
  'success',
  '依頼を許可し、依頼した方にメールでお知らせしました。',
);
const IP_REQUEST_REFUSED = notice(
  'ip-request-refused',
  'success',
  '依頼を断り、依頼した方にメールでお知らせしました。',
);

const TITLE = say('許可の依頼');
const MOST_DECIDED = 20;

/** 許可の依頼: who asks to be let in, and what became of the last ones. */
@Controller('ip-restriction/requests')
@AdministratorsOnly()
export class RequestsController {
  constructor(
    private readonly requests: IpRequests,
    private readonly decisions: RequestDecisions,
  ) {}

  @Get()
  async list(@Me() { corporationId }: SignedIn, @Visitor() visit: Visit): Promise<Answer> {
    const open = await this.requests.open(corporationId);
    const decided = await this.requests.decided(corporationId, MOST_DECIDED);
    return page('ip-restriction/requests', TITLE, {
      open: open.map((request) => viewOf(request, visit.language)),
      decided: decided.map((request) => ({
        ...viewOf(request, visit.language),
        approved: request.approved,
        word: request.word,
        decidedBy: request.decidedByName,
        decidedAt: momentInWords(request.decidedAt, visit.language),
      })),
    });
  }

  @Get(':id')
  show(@Param('id') id: string, @Me() person: SignedIn, @Visitor() visit: Visit): Promise<Answer> {
    return this.#page(id, person, visit, newForm());
  }

  /** `act=approve`, or `act=refuse` with a word to whoever asked. */
  @Post(':id')
  @FreshPassword()
  async decide(
    @Param('id') id: string,
    @Body() body: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    if (!isUuid(id)) throw new NotFoundException();
    if (body.act === 'approve')
      return this.#decided(
        await this.decisions.approve(person, id, visit),
        id,
        person,
        visit,
        IP_REQUEST_APPROVED,
      );
    const read = readForm(RefusalForm, body);
    if (!read.ok) return this.#page(id, person, visit, read.reading, 422);
    const decision = await this.decisions.refuse(person, id, read.form.word, visit);
    return this.#decided(decision, id, person, visit, IP_REQUEST_REFUSED);
  }

  async #decided(
    decision: Decision,
    id: string,
    person: SignedIn,
    visit: Visit,
    notice: Notice,
  ): Promise<Answer> {
    if (decision.ok) return seeOther('/ip-restriction/requests', notice);
    if (decision.reason === 'not-addable') {
      const form = refusedForm({}, { name: '', sentence: decision.sentence });
      return this.#page(id, person, visit, form, 422);
    }
    if (decision.reason === 'request-unknown') throw new NotFoundException();
    return page('ip-restriction/request-decided', TITLE, {}, { status: 409 });
  }

  async #page(
    id: string,
    { corporationId }: SignedIn,
    visit: Visit,
    form: FormReading,
    status = 200,
  ): Promise<Answer> {
    const request = (await this.requests.open(corporationId)).find((each) => each.id === id);
    if (request) {
      const model = { form, request: viewOf(request, visit.language) };
      return page('ip-restriction/request', TITLE, model, { status });
    }
    if (!isUuid(id) || !(await this.requests.isKnown(corporationId, id)))
      throw new NotFoundException();
    return page('ip-restriction/request-decided', TITLE, {}, { status: 409 });
  }
}

function viewOf({ wantedUntil, createdAt, ...request }: IpRequest, language: Language) {
  const { id, name, address, purpose } = request;
  return {
    id,
    name,
    address,
    purpose,
    until: momentInWords(wantedUntil, language),
    createdAt: momentInWords(createdAt, language),
  };
}
