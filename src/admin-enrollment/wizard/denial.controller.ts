import { Body, Controller, Get, Post } from '@nestjs/common';
import { isShown, ParkedLink } from '../../auth/mailed-links/parked-link.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { ActivationLinks } from '../activation/activation-links.js';
import {
  deniedPage,
  mailedTerms,
  newcomerTerms,
  type ApplicationTerms,
} from '../application-terms.js';
import { Denials } from '../applications/denials.js';
import { MailedApplications } from '../applications/mailed-applications.js';
import { CASE_NOT_DECIDED } from '../case-view.js';

const ACTIVATION = '/activation';
const APPLICATION = '/admin-enrollment/application';

interface Denied {
  linkId: string;
  terms: ApplicationTerms;
}

/** 「申し込んでいません」 behind the link that activates an account. The page of the link says what else there is. */
@Controller('activation/denial')
@Public()
export class DenialController {
  readonly #parked = new ParkedLink('activation', ACTIVATION);

  constructor(
    private readonly activation: ActivationLinks,
    private readonly denials: Denials,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.activation.look(this.#parked.tokenOf(visit));
    if (!looked.ok && looked.reason === 'not-applied') return deniedPage(200);
    // Whom the desk named, nobody applied for.
    if (!looked.ok || looked.needs.password) return seeOther(ACTIVATION);
    const terms = newcomerTerms(looked);
    return denialPage(ACTIVATION, { linkId: looked.link.id, terms });
  }

  @Post()
  async deny(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const token = this.#parked.tokenOf(visit);
    const looked = await this.activation.look(token);
    if (looked.ok && !isShown(looked.link, body))
      return this.#parked.unsent(await this.show(visit), body);
    const isLost = looked.ok && !(await this.denials.ofNewcomer(token, visit));
    return isLost ? seeOther(ACTIVATION, CASE_NOT_DECIDED) : seeOther(`${ACTIVATION}/denial`);
  }
}

/** The same behind the link that compares the numbers. */
@Controller('admin-enrollment/application/denial')
@Public()
export class MailedDenialController {
  readonly #parked = new ParkedLink('application', APPLICATION);

  constructor(
    private readonly mailed: MailedApplications,
    private readonly denials: Denials,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.mailed.look(this.#parked.tokenOf(visit));
    if (!looked.ok)
      return looked.reason === 'not-applied' ? deniedPage(200) : seeOther(APPLICATION);
    const { enrollment, sealed, link } = looked;
    const { applicant, pair } = sealed;
    const terms = mailedTerms(enrollment, applicant, pair.corporateNumber);
    return denialPage(APPLICATION, { linkId: link.id, terms });
  }

  @Post()
  async deny(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const token = this.#parked.tokenOf(visit);
    const looked = await this.mailed.look(token);
    if (looked.ok && !isShown(looked.link, body))
      return this.#parked.unsent(await this.show(visit), body);
    const isLost = looked.ok && !(await this.denials.ofMailed(token, visit));
    return isLost ? seeOther(APPLICATION, CASE_NOT_DECIDED) : seeOther(`${APPLICATION}/denial`);
  }
}

function denialPage(path: string, denied: Denied): Answer {
  return page('admin-enrollment/denial', say('申し込んでいません'), { path, ...denied });
}
