import { Controller, Get, Param, Post } from '@nestjs/common';
import { Config } from '../../config.js';
import { accountActivated } from '../../auth/activated.js';
import { ByLink, ParkedLink, type LinkPost } from '../../auth/mailed-links/parked-link.js';
import { refusedLink } from '../../auth/mailed-links/refused-links.js';
import { exhausted } from '../../corporations/refused-proof.js';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { MailedApplications } from '../applications/mailed-applications.js';
import type { MailedLook, MailedOutcome } from '../applications/mailed-outcome.js';
import { Outlooks } from '../activation/outlook.js';
import { deniedPage, mailedTerms } from '../application-terms.js';
import { heldPage, obstacleAtDoor, underReviewPage, unmatchedPage } from '../obstacle-page.js';

const PATH = '/admin-enrollment/application';

/** The mailed link of an application whose numbers are compared there; only its button does that. */
@Controller('admin-enrollment/application')
@Public()
export class MailedApplicationController {
  readonly #parked = new ParkedLink('application', PATH);
  readonly #activation = new ParkedLink('activation', '/activation');

  constructor(
    private readonly config: Config,
    private readonly mailed: MailedApplications,
    private readonly outlooks: Outlooks,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    return this.#page(await this.mailed.look(this.#parked.tokenOf(visit)));
  }

  @Post(['', ':token'])
  @TakesTurns('company-of-link')
  async prove(@ByLink() post: LinkPost): Promise<Answer> {
    const token = this.#parked.keyOf(post);
    const looked = await this.mailed.look(token);
    if (!post.mailed && !looked.ok) return this.#page(looked);
    if (looked.ok && this.#parked.isOfAnother(post, looked.link))
      return this.#parked.unsent(this.#page(looked), post.body);
    const name = looked.ok ? looked.sealed.applicant.name : '';
    return this.#answer(await this.mailed.prove(token, post.visit), name, post.visit);
  }

  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#parked.park(token, visit);
  }

  #answer(outcome: MailedOutcome, name: string, visit: Visit): Answer {
    if (outcome.ok && outcome.heldUntil) return heldPage(outcome.heldUntil);
    // The link stays parked: Back shows that it was used.
    if (outcome.ok)
      return seeOther(
        outcome.isFirst ? '/login' : '/login?next=%2Faccounts',
        accountActivated(name),
      );
    // Another login ID is chosen where every newcomer does that.
    if ('token' in outcome) return this.#activation.park(outcome.token, visit);
    return refusalPage(outcome, this.config);
  }

  #page(looked: MailedLook): Answer {
    if (!looked.ok) return refusalPage(looked, this.config);
    const { enrollment, sealed, link } = looked;
    const { applicant, pair } = sealed;
    const terms = mailedTerms(enrollment, applicant, pair.corporateNumber);
    const outlook = this.outlooks.ofUnknownCompany(enrollment.kind);
    const model = { linkId: link.id, terms, outlook };
    return page('admin-enrollment/mailed-application', say('登録の確認'), model);
  }
}

type Refusal = Exclude<MailedOutcome, { ok: true } | { reason: 'login-id-needed' }>;

function refusalPage(refusal: Refusal, config: Config): Answer {
  switch (refusal.reason) {
    case 'not-applied':
      return deniedPage(410);
    case 'in-review':
      return underReviewPage(refusal.caseNumber);
    case 'numbers-unmatched':
      return unmatchedPage(refusal.kind, config);
    case 'link-unknown':
    case 'link-used':
    case 'link-expired':
    case 'link-replaced':
      return refusedLink('admin-enrollment/mailed-application-refused', refusal.reason);
    case 'administrators-exist':
    case 'no-administrators':
      return obstacleAtDoor(refusal.reason, config);
    case 'login-id-taken':
      throw new Error('A proved mailbox chooses another login ID');
    default:
      return exhausted(refusal, '/login');
  }
}
