import { Injectable } from '@nestjs/common';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import type { Addressee } from '../../mail/mails.js';
import { applicationFacts, type CaseFacts } from './case-facts.js';
import { Witnesses } from './witnesses.js';

/** Who hears of an objection: both sides and the desk. */
@Injectable()
export class ObjectionNews {
  constructor(
    private readonly witnesses: Witnesses,
    private readonly mails: EnrollmentMails,
  ) {}

  /** @param outcome.first the first objection of the case; the later ones are told to the desk alone */
  async tell(
    facts: CaseFacts,
    objector: { name: string },
    statement: string,
    { frozen, first }: { frozen: boolean; first: boolean },
  ): Promise<void> {
    const known = applicationFacts(facts);
    const command = `genkan enrollment show ${facts.caseNumber}`;
    await this.mails.objectionForDesk(known, {
      objector: objector.name,
      statement,
      frozen,
      command,
    });
    if (!first) return;
    if (frozen) await this.mails.newcomerFrozen(newcomerOf(facts), known);
    for (const to of await this.witnesses.of(facts.id))
      await this.mails.objectionReceived(to, known, frozen);
  }

  /** Both sides hear what the desk decided. */
  async tellDecision(facts: CaseFacts, upheld: boolean): Promise<void> {
    for (const to of [newcomerOf(facts), ...(await this.witnesses.of(facts.id))])
      await this.mails.deskDecided(to, applicationFacts(facts), upheld);
  }
}

/** The newcomer as the addressee of a mail. */
export function newcomerOf(facts: CaseFacts): Addressee {
  const { accountId, corporationId, corporationName, applicant: name, email, language } = facts;
  return { ...(accountId && { accountId }), corporationId, corporationName, name, email, language };
}
