import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { InvoiceDigest } from './invoice-digest.js';
import { InvoiceProof } from './invoice-proof.js';
import { InvoiceImport } from './invoices/invoice-import.js';
import { MasterDataImport } from './master-data-import.js';
import { MasterDataChanges } from './master-data-log.js';
import { NewestInvoice } from './newest-invoice.js';
import { ProofAlarm } from './proof-alarm.js';
import { TransferAccountDigest } from './transfer-account-digest.js';

const OFFERED = [
  InvoiceDigest,
  InvoiceImport,
  InvoiceProof,
  MasterDataImport,
  NewestInvoice,
  TransferAccountDigest,
];

@Module({
  imports: [JobsModule, LimitsModule],
  providers: [...OFFERED, MasterDataChanges, ProofAlarm],
  exports: OFFERED,
})
export class CorporationsModule {}
