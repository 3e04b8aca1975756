import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { databaseNow } from '../../database/clock.js';
import { InvoiceProof } from '../../corporations/invoice-proof.js';
import { exhausted } from '../../corporations/refused-proof.js';
import { Account } from '../../identity/account.entity.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Flows, STARTED_OVER } from '../../web/flows.js';
import { FormReading, type FormBody } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { timeline } from '../../web/timeline.js';
import { Visitor, type Visit } from '../../web/visit.js';
import type { MailedLink } from '../mailed-links/mailed-link.entity.js';
import { MailedLinks, type LookedUp } from '../mailed-links/mailed-links.js';
import { isShown, ParkedLink } from '../mailed-links/parked-link.js';
import { FactorRemovals } from '../second-factor/factor-removals.js';
import { CompanyProof } from './company-proof.js';
import { lostFactorRefused } from './lost-factor-refused.js';
import { RemovalBeginning } from './removal-beginning.js';

const KIND = 'lost-factor';

interface BegunEntries {
  beganAt: string;
  endsAt: string;
}

/** The link to the only administrator's mailbox, and behind it what only the company has. */
@Controller('lost-factor')
@Public()
export class LossProofController {
  readonly #link = new ParkedLink('lost-factor', '/lost-factor/numbers');

  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly invoice: InvoiceProof,
    private readonly company: CompanyProof,
    private readonly beginning: RemovalBeginning,
    private readonly removals: FactorRemovals,
    private readonly flows: Flows,
  ) {}

  @Get('numbers')
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.links.look('lost-factor', this.#link.tokenOf(visit));
    if (!looked.ok) return this.#refused(looked);
    if (await this.beginning.isOfNewMailbox(looked.link))
      return lostFactorRefused('mailbox-changed');
    const refused = await this.invoice.caseRefusal(looked.link.id);
    return refused ? exhausted(refused, '/login') : proofPage(new FormReading(), looked.link);
  }

  @Post('numbers')
  async prove(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.links.look('lost-factor', this.#link.tokenOf(visit));
    if (!looked.ok) return this.#refused(looked);
    const { link } = looked;
    if (!isShown(link, body)) return this.#link.unsent(await this.show(visit), body);
    if (await this.beginning.isOfNewMailbox(link)) return seeOther(this.#link.path);
    const read = this.company.read(body);
    if (!read.ok) return proofPage(read.reading, link);
    const { corporation } = await this.em.findOneOrFail(Account, link.subject);
    const about = { linkId: link.id, accountId: link.subject, corporationId: corporation.id };
    const proof = await this.company.prove(read.form, about, visit);
    if (proof.ok) return this.#begin(link, visit);
    if (proof.reason !== 'numbers-unmatched') return exhausted(proof, '/login');
    return proofPage(new FormReading(read.form, this.company.unmatched), link);
  }

  async #begin(link: MailedLink, visit: Visit): Promise<Answer> {
    const begun = await this.beginning.byLink(link, visit);
    if (!begun.ok) return lostFactorRefused(begun.reason);
    const entries = {
      beganAt: begun.beganAt.toISOString(),
      endsAt: begun.endsAt.toISOString(),
    };
    const { id } = await this.flows.begin<BegunEntries>(KIND, entries, visit);
    return seeOther(`/lost-factor/begun?flow=${id}`);
  }

  @Get('begun')
  async begun(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const run = await this.flows.find<BegunEntries>(KIND, id, visit);
    if (!run) return seeOther('/login', STARTED_OVER);
    const endsAt = new Date(run.entries.endsAt!);
    const line = timeline(await databaseNow(this.em), [
      { label: say('お手続きの開始'), at: new Date(run.entries.beganAt!) },
      { label: say('解除できる日時'), at: endsAt },
    ]);
    return page('auth/lost-factor/begun', say('お手続きを受け付けました'), { endsAt, line });
  }

  async #refused({ reason, link }: Extract<LookedUp, { ok: false }>): Promise<Answer> {
    const removal = link && (await this.removals.begunBy(link));
    if (removal?.outcome) return lostFactorRefused('removal-over', removal.outcome);
    const running = removal?.stateNow === 'running' ? removal : undefined;
    return lostFactorRefused(reason, null, running);
  }

  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#link.park(token, visit);
  }
}

function proofPage(form: FormReading, { id: link }: MailedLink): Answer {
  const title = say('ご契約の確認');
  return page('auth/lost-factor/numbers', title, { form, link });
}
