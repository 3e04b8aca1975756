import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { InvoiceProof, type RecoveryProof } from '../../corporations/invoice-proof.js';
import { NewestInvoice } from '../../corporations/newest-invoice.js';
import { readNumbers, type NumbersForm } from '../../corporations/numbers.form.js';
import { unmatchedWhere } from '../../corporations/refused-proof.js';
import type { FormBody, Problem, Read } from '../../web/forms/forms.js';
import type { Visit } from '../../web/visit.js';

/** One mailed link, whose tries count together, and the account that it is about. */
interface ProofCase {
  linkId: string;
  accountId: string;
  corporationId: string;
}

/**
 * The proof of the company that an only administrator gives beside password and mailbox: the two
 * numbers, and the newest invoice where the operator has it asked. All of it is read and compared here
 * and nowhere else; its fields are the partial `company-proof`.
 */
@Injectable()
export class CompanyProof {
  constructor(
    private readonly config: Config,
    private readonly invoice: InvoiceProof,
    private readonly newest: NewestInvoice,
  ) {}

  read(body: FormBody): Read<NumbersForm> {
    return readNumbers(body, this.config, { asksInvoice: this.newest.isAsked });
  }

  /** The one sentence, whatever of it is wrong. */
  get unmatched(): Problem {
    return unmatchedWhere(this.config);
  }

  /** Numbers of another company count as wrong. */
  prove(
    shown: NumbersForm,
    { linkId: caseId, accountId, corporationId }: ProofCase,
    visit: Visit,
  ): Promise<RecoveryProof> {
    const asksInvoice = this.newest.isAsked;
    const counted = { caseId, mailbox: `lost-factor:${accountId}`, asksInvoice };
    return this.invoice.proveRecovery(shown, counted, visit, (company) =>
      Promise.resolve(company?.id === corporationId),
    );
  }
}
