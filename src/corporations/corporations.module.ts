import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { InvoiceProof } from './invoice-proof.js';
import { MasterDataImport } from './master-data-import.js';
import { TransferAccountDigest } from './transfer-account-digest.js';

@Module({
  imports: [LimitsModule],
  providers: [InvoiceProof, MasterDataImport, TransferAccountDigest],
  exports: [InvoiceProof, MasterDataImport, TransferAccountDigest],
})
export class CorporationsModule {}
