import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { InvoiceProof, type RecoveryProof } from '../../corporations/invoice-proof.js';
import { readNumbers, type NumbersForm } from '../../corporations/numbers.form.js';
import type { FormBody, Read } from '../../web/forms/forms.js';
import type { Visit } from '../../web/visit.js';

/** One mailed link, whose tries count together, and the account that it is about. */
export interface ProofCase {
  linkId: string;
  accountId: string;
  corporationId: string;
}

/**
 * The proof of the company that an only administrator gives beside password and mailbox: the two
 * numbers. All of it is read and compared here and nowhere else, so that the newest invoice, say, can
 * join; its fields are the partial `company-proof`.
 */
@Injectable()
export class CompanyProof {
  constructor(
    private readonly config: Config,
    private readonly invoice: InvoiceProof,
  ) {}

  read(body: FormBody): Read<NumbersForm> {
    return readNumbers(body, this.config);
  }

  /** Numbers of another company count as wrong. */
  prove(
    shown: NumbersForm,
    { linkId: caseId, accountId, corporationId }: ProofCase,
    visit: Visit,
  ): Promise<RecoveryProof> {
    const counted = { caseId, mailbox: `lost-factor:${accountId}` };
    return this.invoice.proveRecovery(shown, counted, visit, (company) =>
      Promise.resolve(company.id === corporationId),
    );
  }
}
